import type { Json } from '../../../json.ts';
import { shapeOf, type ServiceModel, type Shape } from '../model.ts';
import { misfit } from './misfit.ts';
import type { Plain } from './decode-plain.ts';
import { isList, isObject } from '../values.ts';

/**
 * Turns what a handler returned into what JSON or CBOR carries, and throws where it does not fit the model, so that a
 * handler cannot drift from AWS. CBOR keeps `Date` and bytes; the codec writes them.
 */
export function encodePlain(model: ServiceModel, reference: Shape, value: Json, form: Plain, path: string): Json {
  const shape = shapeOf(model, reference);
  switch (shape.type) {
    case 'structure':
      return structure(model, shape, value, form, path);
    case 'map':
      if (!isObject(value)) throw misfit(path, 'a map', value);
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, shape.value ? encodePlain(model, shape.value, item, form, `${path}.${key}`) : item]),
      );
    case 'list':
      if (!isList(value)) throw misfit(path, 'a list', value);
      return value.map((item, index) => (shape.member ? encodePlain(model, shape.member, item, form, `${path}.${index}`) : item));
    default:
      return scalar(shape, value, form, path);
  }
}

function structure(model: ServiceModel, shape: Shape, value: Json, form: Plain, path: string): Json {
  if (!isObject(value)) throw misfit(path, 'a structure', value);
  const encoded: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue;
    const member = shape.members?.[name];
    if (!member) throw misfit(`${path}.${name}`, 'a modelled member', item);
    encoded[name] = encodePlain(model, member, item, form, `${path}.${name}`);
  }
  return encoded;
}

function scalar(shape: Shape, value: Json, form: Plain, path: string): Json {
  switch (shape.type) {
    case 'timestamp':
      if (!(value instanceof Date)) throw misfit(path, 'a Date', value);
      return form === 'cbor' ? value : value.getTime() / 1000;
    case 'blob':
      if (!(value instanceof Uint8Array)) throw misfit(path, 'bytes', value);
      return form === 'cbor' ? value : Buffer.from(value).toString('base64');
    case 'boolean':
      if (typeof value !== 'boolean') throw misfit(path, 'a boolean', value);
      return value;
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      if (typeof value !== 'number' || Number.isNaN(value)) throw misfit(path, 'a number', value);
      return value;
    default:
      if (typeof value !== 'string') throw misfit(path, 'a string', value);
      if (shape.enum && !shape.enum.includes(value)) throw misfit(path, `one of ${shape.enum.join(', ')}`, value);
      return value;
  }
}
