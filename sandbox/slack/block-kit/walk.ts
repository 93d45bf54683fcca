import type { Json, JsonObject } from '../../json.ts';
import { listOf, objectOf, textOf } from '../values.ts';

/** One object inside of blocks or a view, with its kind and its place. */
export type Part = {
  /** Its `type`, or for composition objects, which have none: 'option', 'option_group', 'confirm'. */
  readonly kind: string;
  readonly pointer: string;
  readonly value: JsonObject;
  /** The kind of what holds it, and under which key. */
  readonly parent?: { readonly kind: string; readonly key: string };
  /** A block stands in a list of blocks. */
  readonly isBlock: boolean;
};

const COMPOSITION: Readonly<Record<string, string>> = { options: 'option', initial_options: 'option', initial_option: 'option', option_groups: 'option_group', confirm: 'confirm', series: 'series', segments: 'point', data: 'point', axis_config: 'axis_config' };
const BLOCK_LISTS = new Set(['blocks', 'child_blocks']);

/** Every object in a tree, outermost first. */
export function* partsOf(value: JsonObject, kind: string, pointer: string, place?: { readonly parent: { readonly kind: string; readonly key: string }; readonly isBlock: boolean }): Generator<Part> {
  yield { kind, pointer, value, isBlock: place?.isBlock ?? false, ...(place === undefined ? {} : { parent: place.parent }) };
  for (const [key, inner] of Object.entries(value)) yield* innerParts(inner, `${pointer}/${key}`, { kind, key });
}

function* innerParts(value: Json, pointer: string, parent: { readonly kind: string; readonly key: string }): Generator<Part> {
  const list = listOf(value);
  if (list !== undefined) {
    for (const [index, item] of list.entries()) yield* innerParts(item, `${pointer}/${index}`, parent);
    return;
  }
  const object = objectOf(value);
  if (object === undefined) return;
  const kind = textOf(object['type']) ?? COMPOSITION[parent.key] ?? parent.key;
  yield* partsOf(object, kind, pointer, { parent, isBlock: BLOCK_LISTS.has(parent.key) });
}
