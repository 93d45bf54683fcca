import type { Json, JsonObject } from '../json.ts';
import { ControlError } from './route.ts';

/** Reading the arguments of the door's routes: a query gives text, a body what JSON has. */
export function needText(args: JsonObject, name: string): string {
  const value = args[name];
  if (typeof value !== 'string' || value === '') throw new ControlError(`"${name}" is missing: give it as text`);
  return value;
}

export function optionalText(args: JsonObject, name: string): string | undefined {
  return args[name] === undefined || args[name] === null ? undefined : needText(args, name);
}

export function optionalNumber(args: JsonObject, name: string): number | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  const made = Number(value);
  if (Number.isNaN(made)) throw new ControlError(`"${name}" must be a number`);
  return made;
}

export function optionalFlag(args: JsonObject, name: string): boolean | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (value !== true && value !== false && value !== 'true' && value !== 'false') throw new ControlError(`"${name}" must be true or false`);
  return value === true || value === 'true';
}

export function needObject(args: JsonObject, name: string): JsonObject {
  const value = optionalObject(args, name);
  if (!value) throw new ControlError(`"${name}" is missing: give it as an object`);
  return value;
}

export function optionalObject(args: JsonObject, name: string): JsonObject | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (!isPlainObject(value)) throw new ControlError(`"${name}" must be an object`);
  return value;
}

export function oneOf<Word extends string>(args: JsonObject, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === args[name]);
  if (found === undefined) throw new ControlError(`"${name}" must be one of ${words.join(', ')}`);
  return found;
}

export function isPlainObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);
}
