import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import type { JsonObject } from '../json.ts';
import type { Seed } from './seed.ts';

/** What is wrong with a seed, in one sentence. */
export class SeedError extends Error {}

/** Generated from the type `Seed` (`seeds/schema/generate.mjs`). */
const schema = JSON.parse(readFileSync(new URL('seeds/schema/seed.schema.json', import.meta.url), 'utf8')) as JsonObject;
const validate = new Ajv({ strict: false, verbose: true }).compile<Partial<Seed>>(schema);

/** A seed file's content, held against its type: what is misspelt or missing would otherwise go unseen, or fail far from here. Throws `SeedError`. */
export function seedFile(content: unknown): Partial<Seed> {
  if (content === undefined || content === null) return {};
  if (!validate(content)) throw new SeedError(wrong(validate.errors?.[0]));
  return content;
}

function wrong(error: ErrorObject | undefined): string {
  if (!error || (error.instancePath === '' && error.keyword === 'type')) return 'A seed must be a JSON object';
  const where = error.instancePath === '' ? 'A seed' : `The seed's ${error.instancePath.slice(1)}`;
  const params = error.params as { readonly missingProperty?: string; readonly additionalProperty?: string; readonly allowedValues?: readonly string[] };
  const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object).filter((name) => name !== '$schema').join(', ');
  if (params.additionalProperty !== undefined) return `${where} has no part "${params.additionalProperty}". Its parts: ${known}`;
  if (params.missingProperty !== undefined) return `${where} lacks "${params.missingProperty}". Its parts: ${known}`;
  return `${where} ${error.message ?? 'is wrong'}${params.allowedValues ? `: ${params.allowedValues.join(', ')}` : ''}`;
}
