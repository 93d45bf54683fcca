// Writes seed.schema.json from the type `Seed`: `node sandbox/aws/seeds/schema/generate.mjs`, after each change of it.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const schema = createGenerator({
  path: here('../../seed.ts'),
  tsconfig: here('../../../slack/schema/tsconfig.json'),
  type: 'Seed',
  additionalProperties: false,
  skipTypeCheck: true,
  jsDoc: 'none',
  topRef: false,
}).createSchema('Seed');
// A file is always plain JSON, may leave any part out, and cannot choose when it is loaded.
const { startedAt: _startedAt, ...properties } = schema.properties;
const { required: _required, ...rest } = schema;
const file = {
  ...rest,
  properties: { $schema: { type: 'string' }, ...properties },
  definitions: { ...schema.definitions, Json: {}, JsonObject: { type: 'object' } },
};
writeFileSync(here('seed.schema.json'), `${JSON.stringify(file, null, 1)}\n`);
process.stdout.write(`${Object.keys(file.definitions).length} definitions\n`);
