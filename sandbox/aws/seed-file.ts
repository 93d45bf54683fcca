import { isObject } from './engine/values.ts';
import type { Seed } from './seed.ts';

const parts = ['accountId', 'region', 'keys', 'roles', 'repositories', 'projects', 'pipelines', 'applications', 'alarms', 'queues', 'rules'] as const;

/** A seed file's content after a look at its top level: a misspelt part would otherwise go unseen. Throws with what is wrong. */
export function seedFile(content: unknown): Partial<Seed> {
  if (content === undefined || content === null) return {};
  if (!isObject(content)) throw new TypeError('A seed must be a JSON object');
  for (const [name, value] of Object.entries(content)) {
    if (name === '$schema') continue;
    if (!parts.some((part) => part === name)) throw new TypeError(`A seed has no part "${name}". Its parts: ${parts.join(', ')}`);
    if (Array.isArray(value) === (name === 'accountId' || name === 'region')) throw new TypeError(`The seed's "${name}" must be ${Array.isArray(value) ? 'text' : 'a list'}`);
  }
  const checked: Partial<Seed> & typeof content = content;
  return checked;
}
