import type { Json } from '../../json.ts';
import type { Problem } from './problem.ts';
import type { Part } from './walk.ts';
import { listOf, objectOf } from '../values.ts';
import { lengthOf } from './limit-problems.ts';

/** Characters in all cells of a table together. */
const MOST_CHARACTERS: Readonly<Record<string, number>> = { table: 10_000, data_table: 20_000 };

export function tableProblems(part: Part): readonly Problem[] {
  const most = MOST_CHARACTERS[part.kind];
  if (most === undefined || !part.isBlock) return [];
  const total = characters(part.value['rows']);
  return total <= most ? [] : [{ pointer: `${part.pointer}/rows`, message: `must be less than ${most + 1} characters`, rule: 'max_characters', expected: most, got: total }];
}

function characters(value: Json): number {
  const list = listOf(value);
  if (list !== undefined) return list.reduce<number>((sum, item) => sum + characters(item), 0);
  const object = objectOf(value);
  if (object === undefined) return 0;
  const own = object['text'];
  return typeof own === 'string' || typeof own === 'number' ? lengthOf(String(own)) : characters(object['elements']);
}
