import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../sandbox/json.ts';
import { LIMITS } from '../../../sandbox/slack/block-kit/limits.ts';
import type { Limit } from '../../../sandbox/slack/block-kit/limits.ts';
import type { Problem } from '../../../sandbox/slack/block-kit/problem.ts';
import { messageProblems, viewProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { group, holderOf, sampleOf } from '../support/block-samples.ts';

const ready = (): boolean => true;

function problemsOf(holder: JsonObject): readonly Problem[] {
  return holder['type'] === undefined ? messageProblems(holder['blocks'] as readonly JsonObject[], ready) : viewProblems(holder, ready);
}

/** The value of a limit's path set in a sample: a text of `size` characters, or a list of `size` items. */
function sized(limit: Limit, size: number): JsonObject {
  return set(sampleOf(limit.kind), limit.path.split('.'), (old) => (limit.unit === 'characters' ? textOf(limit, size) : listOf(limit, size, old))) as JsonObject;
}

function textOf(limit: Limit, size: number): string {
  return limit.path.endsWith('url') ? 'https://x.test/'.padEnd(size, 'x').slice(0, size) : '💥'.repeat(size);
}

function listOf(limit: Limit, size: number, old: Json): readonly Json[] {
  const [item] = (old ?? [group]) as readonly Json[];
  return Array.from({ length: size }, (_, index) => distinct(limit, item ?? null, index));
}

/** Ids and labels in a list must differ. */
function distinct(limit: Limit, item: Json, index: number): Json {
  const unique: JsonObject = typeof item === 'object' && item !== null && 'action_id' in item ? { action_id: `a${index}` } : typeof item === 'object' && item !== null && 'label' in item && limit.kind === 'series' ? { label: `l${index}` } : {};
  if (limit.path === 'categories') return `l${index}`;
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? { ...(item as JsonObject), ...unique } : item;
}

function set(value: Json, path: readonly string[], change: (old: Json) => Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (step === '*') return (value as readonly Json[]).map((item, index) => (index === 0 ? set(item, rest, change) : item));
  const object = value as JsonObject;
  return { ...object, [step]: set(object[step], rest, change) };
}

const name = (limit: Limit): string => `${limit.kind}.${limit.path}`;

describe('every limit of the table', () => {
  it.each(LIMITS.map((limit) => [name(limit), limit] as const))('%s is refused one above, with its place', (_, limit) => {
    const found = problemsOf(holderOf(limit.kind, sized(limit, limit.max + 1))).filter((problem) => problem.rule === `max_${limit.unit}` && problem.expected === limit.max);
    expect(found.map((problem) => problem.got)).toContain(limit.max + 1);
  });

  it.each(LIMITS.filter((limit) => (limit.min ?? 0) > 0).map((limit) => [name(limit), limit] as const))('%s is refused one below its least', (_, limit) => {
    const found = problemsOf(holderOf(limit.kind, sized(limit, (limit.min ?? 0) - 1))).filter((problem) => problem.rule === `min_${limit.unit}`);
    expect(found.length).toBeGreaterThan(0);
  });

  it.each([...new Set(LIMITS.map((limit) => limit.kind))].map((kind) => [kind] as const))('a plain %s is accepted', (kind) => {
    expect(problemsOf(holderOf(kind, sampleOf(kind)))).toEqual([]);
  });

  it.each(LIMITS.filter((limit) => limit.unit === 'characters' && !/^(plain_text|mrkdwn|series|axis_config|point)$/.test(limit.kind)).map((limit) => [name(limit), limit] as const))('%s is accepted at its most', (_, limit) => {
    expect(problemsOf(holderOf(limit.kind, sized(limit, limit.max)))).toEqual([]);
  });
});
