import type { Json, JsonObject } from '../json.ts';

/** The value if it is an object (not a list, date or bytes), else undefined. */
export function objectOf(value: Json): JsonObject | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) || value instanceof Date || value instanceof Uint8Array) return undefined;
  return value as JsonObject;
}

/** The value if it is a list, else undefined. */
export function listOf(value: Json): readonly Json[] | undefined {
  return Array.isArray(value) ? (value as readonly Json[]) : undefined;
}

/** The value if it is text, else undefined. */
export function textOf(value: Json): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: Json): readonly JsonObject[] {
  return (listOf(value) ?? []).map(objectOf).filter((item) => item !== undefined);
}

/** The texts of a list; anything else in it is left out. */
export function textsOf(value: Json): readonly string[] {
  return (listOf(value) ?? []).map(textOf).filter((item) => item !== undefined);
}

/** A number, also one written as text (forms carry only text). */
export function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** A yes or no, also as forms write it. */
export function flagOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : undefined;
}

/** A deep copy of plain JSON, without its undefined members. */
export function copyOf(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
