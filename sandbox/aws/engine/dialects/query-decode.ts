import type { Json, JsonObject } from '../../../json.ts';
import { shapeOf, type ServiceModel, type Shape } from '../model.ts';
import { mapNames, queryName } from './query-names.ts';
import { AwsError } from '../service.ts';

/** A form of the query dialect, and which of its fields have been read. */
interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly read: Set<string>;
}

/** Reads `Action=…&Names.member.1=…` into the values of the model. Fields that the model does not know are refused, where AWS would pass over them. */
export function decodeQuery(model: ServiceModel, reference: Shape | undefined, parameters: URLSearchParams): JsonObject {
  const form: Form = { fields: new Map(parameters), read: new Set(['Action', 'Version']) };
  const decoded = structure(model, shapeOf(model, reference), form, '');
  const unknown = [...form.fields.keys()].find((name) => !form.read.has(name));
  if (unknown !== undefined) throw new AwsError('MalformedQueryString', `Unknown parameter '${unknown}'`);
  return decoded;
}

function structure(model: ServiceModel, shape: Shape, form: Form, path: string): JsonObject {
  const decoded: Record<string, Json> = {};
  for (const [name, reference] of Object.entries(shape.members ?? {})) {
    const place = path === '' ? queryName(model, name, reference) : `${path}.${queryName(model, name, reference)}`;
    if (given(form, place)) decoded[name] = decode(model, reference, form, place);
  }
  return decoded;
}

function decode(model: ServiceModel, reference: Shape, form: Form, place: string): Json {
  const shape = shapeOf(model, reference);
  if (shape.type === 'structure') return structure(model, shape, form, place);
  if (shape.type === 'list') return list(model, shape, form, place);
  if (shape.type === 'map') return map(model, shape, form, place);
  form.read.add(place);
  return scalar(shape, form.fields.get(place) ?? '', place);
}

function list(model: ServiceModel, shape: Shape, form: Form, place: string): Json {
  form.read.add(place);
  const member = shape.member;
  if (!member) return [];
  const base = shape.flattened ? place : `${place}.${member.locationName ?? 'member'}`;
  const items: Json[] = [];
  for (let index = 1; given(form, `${base}.${index}`); index += 1) items.push(decode(model, member, form, `${base}.${index}`));
  return items;
}

function map(model: ServiceModel, shape: Shape, form: Form, place: string): Json {
  const base = shape.flattened ? place : `${place}.entry`;
  const names = mapNames(model, shape);
  const decoded: Record<string, Json> = {};
  for (let index = 1; given(form, `${base}.${index}`); index += 1) {
    const key = `${base}.${index}.${names.key}`;
    form.read.add(key);
    if (shape.value) decoded[form.fields.get(key) ?? ''] = decode(model, shape.value, form, `${base}.${index}.${names.value}`);
  }
  return decoded;
}

function given(form: Form, place: string): boolean {
  if (form.fields.has(place)) return true;
  for (const name of form.fields.keys()) if (name.startsWith(`${place}.`)) return true;
  return false;
}

function scalar(shape: Shape, value: string, place: string): Json {
  switch (shape.type) {
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw malformed(value, place, 'boolean');
      return value === 'true';
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      if (value === '' || Number.isNaN(Number(value))) throw malformed(value, place, shape.type);
      return Number(value);
    case 'timestamp': {
      const made = /^\d+(\.\d+)?$/.test(value) ? new Date(Number(value) * 1000) : new Date(value);
      if (Number.isNaN(made.getTime())) throw malformed(value, place, 'timestamp');
      return made;
    }
    case 'blob':
      return Buffer.from(value, 'base64');
    default:
      return value;
  }
}

function malformed(value: string, place: string, wanted: string): AwsError {
  return new AwsError('MalformedInput', `'${value}' at '${place}' is not a ${wanted}`);
}
