import type { Json, JsonObject } from '../../json.ts';

/** A structure or map: neither list, date nor bytes. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A value where only text can stand, such as a header: anything else as JSON. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The member, which validation has shown to be text, or undefined where it is not given. */
export function text(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  return typeof value === 'string' ? value : undefined;
}

/** For members that the model requires: the engine has refused the call where they are missing. */
export function requiredText(input: JsonObject, member: string): string {
  const value = text(input, member);
  if (value === undefined) throw new TypeError(`${member} is required by the model, yet missing`);
  return value;
}

export function number(input: JsonObject, member: string): number | undefined {
  const value = input[member];
  return typeof value === 'number' ? value : undefined;
}

export function flag(input: JsonObject, member: string): boolean | undefined {
  const value = input[member];
  return typeof value === 'boolean' ? value : undefined;
}

export function time(input: JsonObject, member: string): Date | undefined {
  const value = input[member];
  return value instanceof Date ? value : undefined;
}

export function object(input: JsonObject, member: string): JsonObject | undefined {
  const value = input[member];
  return isObject(value) ? value : undefined;
}

/** The structures of a list; empty where the member is not given. */
export function objects(input: JsonObject, member: string): readonly JsonObject[] {
  const value = input[member];
  return isList(value) ? value.filter(isObject) : [];
}

/** The strings of a list; undefined where the member is not given. */
export function texts(input: JsonObject, member: string): readonly string[] | undefined {
  const value = input[member];
  return isList(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
