import type { Json } from '../../../json.ts';
import { misfit } from './misfit.ts';
import { shapeOf, type ServiceModel, type Shape } from '../model.ts';
import { mapNames, queryName } from './query-names.ts';
import { isList, isObject } from '../values.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for inside an element. Control characters that XML 1.0 has no way to say become U+FFFD. */
export function escapeXml(value: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters that XML forbids
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd').replace(/[&<>"]/g, (found) => entities[found] ?? found).replaceAll('\r', '&#xD;');
}

/** One element for a value of the model; throws where a handler's answer does not fit it. */
export function encodeXml(model: ServiceModel, reference: Shape, value: Json, name: string, path: string): string {
  const shape = shapeOf(model, reference);
  switch (shape.type) {
    case 'structure':
      return element(name, members(model, shape, value, path));
    case 'list':
      return list(model, shape, value, name, path);
    case 'map':
      return map(model, shape, value, name, path);
    default:
      return element(name, escapeXml(scalar(shape, value, path)));
  }
}

/** The members of a structure without the element around them; those that travel as headers are left out. */
export function members(model: ServiceModel, shape: Shape, value: Json, path: string): string {
  if (!isObject(value)) throw misfit(path, 'a structure', value);
  let written = '';
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue;
    const member = shape.members?.[name];
    if (!member) throw misfit(`${path}.${name}`, 'a modelled member', item);
    if (member.location !== undefined || member.streaming) continue;
    written += encodeXml(model, member, item, queryName(model, name, member), `${path}.${name}`);
  }
  return written;
}

function list(model: ServiceModel, shape: Shape, value: Json, name: string, path: string): string {
  if (!isList(value)) throw misfit(path, 'a list', value);
  const member = shape.member ?? {};
  const itemName = shape.flattened ? name : (member.locationName ?? 'member');
  const items = value.map((item, index) => encodeXml(model, member, item, itemName, `${path}.${index}`)).join('');
  return shape.flattened ? items : element(name, items);
}

function map(model: ServiceModel, shape: Shape, value: Json, name: string, path: string): string {
  if (!isObject(value)) throw misfit(path, 'a map', value);
  const names = mapNames(model, shape);
  const entries = Object.entries(value).map(
    ([key, item]) => element(names.key, escapeXml(key)) + encodeXml(model, shape.value ?? {}, item, names.value, `${path}.${key}`),
  );
  if (shape.flattened) return entries.map((entry) => element(name, entry)).join('');
  return element(name, entries.map((entry) => element('entry', entry)).join(''));
}

/** A leaf as XML says it, unescaped. */
function scalar(shape: Shape, value: Json, path: string): string {
  switch (shape.type) {
    case 'timestamp':
      if (!(value instanceof Date)) throw misfit(path, 'a Date', value);
      return value.toISOString();
    case 'blob':
      if (!(value instanceof Uint8Array)) throw misfit(path, 'bytes', value);
      return Buffer.from(value).toString('base64');
    case 'boolean':
      if (typeof value !== 'boolean') throw misfit(path, 'a boolean', value);
      return String(value);
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      if (typeof value !== 'number' || Number.isNaN(value)) throw misfit(path, 'a number', value);
      return String(value);
    default:
      if (typeof value !== 'string') throw misfit(path, 'a string', value);
      if (shape.enum && !shape.enum.includes(value)) throw misfit(path, `one of ${shape.enum.join(', ')}`, value);
      return value;
  }
}

export function element(name: string, inside: string): string {
  return `<${name}>${inside}</${name}>`;
}
