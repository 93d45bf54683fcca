import type { Json, JsonObject } from '../../json.ts';
import type { Arguments } from './arguments.ts';
import { SlackRefusal } from '../refusal.ts';

/** One page of a list by `cursor` and `limit`, with the `response_metadata` that leads on. */
export function pageOf<Item extends Json>(items: readonly Item[], args: Arguments, most: number): { readonly items: readonly Item[]; readonly more: boolean; readonly metadata: JsonObject } {
  const limit = Math.min(most, args.number('limit') ?? most);
  if (!(limit >= 1)) throw new SlackRefusal('invalid_limit');
  const start = readCursor(args.text('cursor') ?? '');
  const next = start + limit < items.length ? Buffer.from(`next:${start + limit}`).toString('base64') : '';
  return { items: items.slice(start, start + limit), more: next !== '', metadata: { response_metadata: { next_cursor: next } } };
}

function readCursor(cursor: string): number {
  if (cursor === '') return 0;
  const start = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (start === undefined) throw new SlackRefusal('invalid_cursor');
  return Number(start);
}
