import type { Json } from '../../json.ts';
import type { Limit } from './limits.ts';
import type { Problem } from './problem.ts';
import type { Part } from './walk.ts';
import { listOf, objectOf } from '../values.ts';
import { LIMITS } from './limits.ts';

const byKind = Map.groupBy(LIMITS, (limit) => limit.kind);

/** Texts too long or empty, and lists too long or too short, in one part. */
export function limitProblems(part: Part): readonly Problem[] {
  return (byKind.get(part.kind) ?? []).flatMap((limit) => at(part.value, limit.path.split('.'), part.pointer).flatMap(([pointer, value]) => measure(limit, pointer, value)));
}

/** Characters as Slack counts them: Unicode code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

function at(value: Json, path: readonly string[], pointer: string): readonly (readonly [string, Json])[] {
  const [step, ...rest] = path;
  if (step === undefined) return [[pointer, value]];
  if (step === '*') return (listOf(value) ?? []).flatMap((item, index) => at(item, rest, `${pointer}/${index}`));
  const inner = objectOf(value)?.[step];
  return inner === undefined ? [] : at(inner, rest, `${pointer}/${step}`);
}

function measure(limit: Limit, pointer: string, value: Json): readonly Problem[] {
  const size = limit.unit === 'characters' ? (typeof value === 'string' ? lengthOf(value) : undefined) : listOf(value)?.length;
  if (size === undefined) return [];
  if (size > limit.max) return [{ pointer, message: tooMuch(limit), rule: `max_${limit.unit}`, expected: limit.max, got: size }];
  const min = limit.min ?? 0;
  return size < min ? [{ pointer, message: tooLittle(limit, min), rule: `min_${limit.unit}`, expected: min, got: size }] : [];
}

function tooMuch(limit: Limit): string {
  return limit.unit === 'characters' ? `must be less than ${limit.max + 1} characters` : `no more than ${limit.max} items allowed`;
}

function tooLittle(limit: Limit, min: number): string {
  return limit.unit === 'characters' ? `must be more than ${min - 1} characters` : `must have at least ${min} ${min === 1 ? 'item' : 'items'}`;
}
