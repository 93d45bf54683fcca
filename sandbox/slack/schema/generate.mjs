// Writes blocks.schema.json from @slack/types: `node sandbox/slack/schema/generate.mjs`, after each update of the types.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const schema = createGenerator({
  path: here('entry.ts'),
  tsconfig: here('tsconfig.json'),
  type: 'BlockKit',
  additionalProperties: false,
  skipTypeCheck: true,
  jsDoc: 'none',
}).createSchema('BlockKit');
writeFileSync(here('blocks.schema.json'), `${JSON.stringify(schema, null, 1)}\n`);
process.stdout.write(`${Object.keys(schema.definitions ?? {}).length} definitions\n`);
