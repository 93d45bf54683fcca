import type { Json, JsonObject } from '../../json.ts';
import { listOf, objectOf, objectsOf, textOf } from '../values.ts';

/**
 * Rewrites a schema's unions of things that have a `type` into one choice by that type, so that a fault is told of the
 * kind that was meant, not as a mismatch with each kind there is.
 */
export function withTypedUnions(schema: JsonObject): JsonObject {
  const definitions = objectOf(schema['definitions']) ?? {};
  return objectOf(rewrite(schema, definitions)) ?? schema;
}

function rewrite(value: Json, definitions: JsonObject): Json {
  const list = listOf(value);
  if (list !== undefined) return list.map((item) => rewrite(item, definitions));
  const object = objectOf(value);
  if (object === undefined) return value;
  const rewritten = Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, rewrite(inner, definitions)]));
  return (listOf(object['anyOf']) === undefined ? undefined : choiceByType(object, definitions)) ?? rewritten;
}

function choiceByType(union: JsonObject, definitions: JsonObject): JsonObject | undefined {
  const byType = new Map<string, JsonObject[]>();
  for (const leaf of leavesOf(union, definitions)) {
    const type = typeOf(resolve(leaf, definitions));
    if (type === undefined) return undefined;
    byType.set(type, [...(byType.get(type) ?? []), leaf]);
  }
  if (byType.size < 2) return undefined;
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's own word; nobody awaits a schema
  const cases = [...byType].map(([type, leaves]) => ({ if: { properties: { type: { const: type } }, required: ['type'] }, then: oneOrAny(leaves) }));
  return { type: 'object', required: ['type'], properties: { type: { enum: [...byType.keys()] } }, allOf: cases };
}

/** Members of a union, with unions among them opened; several shapes of one type stay together by their reference. */
function leavesOf(member: JsonObject, definitions: JsonObject): readonly JsonObject[] {
  const target = resolve(member, definitions);
  const inner = objectsOf(target['anyOf']);
  if (inner.length === 0) return [member];
  const leaves = inner.flatMap((each) => leavesOf(each, definitions));
  const types = new Set(leaves.map((leaf) => typeOf(resolve(leaf, definitions))));
  return types.size === 1 && member['$ref'] !== undefined ? [member] : leaves;
}

function oneOrAny(leaves: readonly JsonObject[]): JsonObject {
  const [only, ...more] = leaves;
  return only !== undefined && more.length === 0 ? only : { anyOf: leaves };
}

function resolve(schema: JsonObject, definitions: JsonObject): JsonObject {
  const reference = textOf(schema['$ref']);
  if (reference === undefined) return schema;
  return objectOf(definitions[reference.slice('#/definitions/'.length)]) ?? {};
}

function typeOf(schema: JsonObject): string | undefined {
  const own = textOf(objectOf(objectOf(schema['properties'])?.['type'])?.['const']);
  return own ?? objectsOf(schema['anyOf']).map(typeOf)[0];
}
