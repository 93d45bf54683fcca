import type { Json, JsonObject } from '../../../json.ts';
import { badToken, notBuilt } from '../errors.ts';

/** The engine has checked the input against AWS's model; these only narrow the types. */
export function text(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export function texts(input: JsonObject, name: string): readonly string[] | undefined {
  const value = input[name];
  return Array.isArray(value) ? value.filter((each: Json): each is string => typeof each === 'string') : undefined;
}

export function number(input: JsonObject, name: string): number | undefined {
  const value = input[name];
  return typeof value === 'number' ? value : undefined;
}

export function flag(input: JsonObject, name: string): boolean {
  return input[name] === true;
}

/** Epoch ms. */
export function time(input: JsonObject, name: string): number | undefined {
  const value = input[name];
  return value instanceof Date ? value.getTime() : undefined;
}

export function object(input: JsonObject, name: string): JsonObject | undefined {
  const value = input[name];
  return isObject(value) ? value : undefined;
}

export function objects(input: JsonObject, name: string): readonly JsonObject[] {
  const value = input[name];
  return Array.isArray(value) ? value.filter((each: Json): each is JsonObject => isObject(each)) : [];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);
}

/** Refuses what the sandbox would have to pass over in silence. */
export function refuseGiven(input: JsonObject, unplayed: Readonly<Record<string, string>>): void {
  for (const [member, what] of Object.entries(unplayed)) if (input[member] !== undefined) throw notBuilt(what);
}

/** One page of `all`: as Beanstalk does, everything where MaxRecords is missing. The token is the offset. */
export function page<T>(all: readonly T[], input: JsonObject, most = 1000): { readonly items: readonly T[]; readonly NextToken?: string } {
  const from = Number(text(input, 'NextToken') ?? '0');
  if (!Number.isInteger(from) || from < 0) throw badToken();
  const size = number(input, 'MaxRecords') ?? most;
  const next = from + size;
  return { items: all.slice(from, next), ...(next < all.length && { NextToken: String(next) }) };
}
