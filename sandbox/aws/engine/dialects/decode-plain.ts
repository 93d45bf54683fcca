import type { Json, JsonObject } from '../../../json.ts';
import { shapeOf, type ServiceModel, type Shape } from '../model.ts';
import { AwsError } from '../service.ts';
import { isList, isObject } from '../values.ts';

/** How dates and bytes come in: JSON has epoch seconds and base64, CBOR has its own of both. */
export type Plain = 'json' | 'cbor';

/**
 * Turns a parsed JSON or CBOR body into the values of the model. A value of the wrong type is refused in AWS's words; so
 * is a member that the model does not know, where AWS itself would pass over it: a misspelt member must not go unseen.
 */
export function decodePlain(model: ServiceModel, reference: Shape | undefined, value: Json, form: Plain): JsonObject {
  if (!isObject(value)) throw unreadable('Start of structure or map not found');
  return structure(model, shapeOf(model, reference), value, form);
}

function structure(model: ServiceModel, shape: Shape, value: JsonObject, form: Plain): JsonObject {
  const decoded: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value)) {
    if (item === null || item === undefined) continue;
    const member = shape.members?.[name];
    if (!member) throw unreadable(`Unknown member '${name}' (known: ${Object.keys(shape.members ?? {}).join(', ')})`);
    decoded[name] = decode(model, member, item, form);
  }
  return decoded;
}

function decode(model: ServiceModel, reference: Shape, value: Json, form: Plain): Json {
  const shape = shapeOf(model, reference);
  switch (shape.type) {
    case 'structure':
      if (!isObject(value)) throw unexpected(value, 'structure');
      return structure(model, shape, value, form);
    case 'map':
      if (!isObject(value)) throw unexpected(value, 'map');
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, shape.value ? decode(model, shape.value, item, form) : item]),
      );
    case 'list':
      if (!isList(value)) throw unexpected(value, 'list');
      return value.map((item) => (shape.member ? decode(model, shape.member, item, form) : item));
    default:
      return scalar(shape, value, form);
  }
}

function scalar(shape: Shape, value: Json, form: Plain): Json {
  switch (shape.type) {
    case 'timestamp':
      return date(value);
    case 'blob':
      if (value instanceof Uint8Array && form === 'cbor') return value;
      if (typeof value === 'string') return Buffer.from(value, 'base64');
      throw unexpected(value, 'blob');
    case 'boolean':
      if (typeof value !== 'boolean') throw unexpected(value, 'Boolean');
      return value;
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      if (typeof value !== 'number') throw unexpected(value, shape.type === 'integer' ? 'Integer' : capital(shape.type));
      return value;
    default:
      if (typeof value !== 'string') throw unexpected(value, 'String');
      return value;
  }
}

function date(value: Json): Date {
  if (value instanceof Date) return value;
  const made = typeof value === 'number' ? new Date(value * 1000) : new Date(Number.NaN);
  if (Number.isNaN(made.getTime())) throw unexpected(value, 'Timestamp');
  return made;
}

function unexpected(value: Json, wanted: string): AwsError {
  if (isList(value)) return unreadable('Start of list found where not expected');
  if (isObject(value)) return unreadable('Start of structure or map found where not expected.');
  const found = typeof value === 'string' ? 'STRING_VALUE' : typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : 'NUMBER_VALUE';
  return unreadable(`${found} can not be converted to a${/^[AEIOU]/.test(wanted) ? 'n' : ''} ${wanted}`);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** AWS's name for a body that does not fit the model. */
export function unreadable(message: string): AwsError {
  return new AwsError('SerializationException', message);
}
