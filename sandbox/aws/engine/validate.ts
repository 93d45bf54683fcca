import type { Json } from '../../json.ts';
import { shapeOf, type ServiceModel, type Shape } from './model.ts';
import { isList, isObject } from './values.ts';

/**
 * What is wrong with a decoded input, in the words of AWS's own front ends: "Value 'x' at 'name' failed to satisfy
 * constraint: Member must …". Empty when all is well.
 */
export function violations(model: ServiceModel, reference: Shape, value: Json, path = ''): string[] {
  const shape = shapeOf(model, reference);
  if (isObject(value) && shape.type === 'structure') return structure(model, shape, value, path);
  if (isObject(value) && shape.type === 'map') return map(model, shape, value, path);
  if (isList(value)) return list(model, shape, value, path);
  return scalar(shape, value).map((constraint) => says(value, path, constraint));
}

/** "2 validation errors detected: …; …" */
export function sentence(found: readonly string[]): string {
  return `${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`;
}

function structure(model: ServiceModel, shape: Shape, value: { readonly [key: string]: Json }, path: string): string[] {
  const missing = (shape.required ?? []).filter((name) => value[name] === undefined || value[name] === null);
  const found = missing.map((name) => says(null, below(path, name), 'Member must not be null'));
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const given = value[name];
    if (given !== undefined && given !== null) found.push(...violations(model, member, given, below(path, name)));
  }
  return found;
}

function map(model: ServiceModel, shape: Shape, value: { readonly [key: string]: Json }, path: string): string[] {
  const found = sizes(shape, Object.keys(value).length).map((constraint) => says(value, path, constraint));
  for (const [key, item] of Object.entries(value)) {
    if (shape.key) found.push(...violations(model, shape.key, key, path));
    if (shape.value) found.push(...violations(model, shape.value, item, `${path}.${key}.member`));
  }
  return found;
}

function list(model: ServiceModel, shape: Shape, value: readonly Json[], path: string): string[] {
  const found = sizes(shape, value.length).map((constraint) => says(value, path, constraint));
  value.forEach((item, index) => {
    if (shape.member) found.push(...violations(model, shape.member, item, `${path}.${index + 1}.member`));
  });
  return found;
}

function scalar(shape: Shape, value: Json): string[] {
  if (typeof value === 'string') return string(shape, value);
  if (typeof value === 'number') {
    return [
      ...(shape.max !== undefined && value > shape.max ? [`Member must have value less than or equal to ${shape.max}`] : []),
      ...(shape.min !== undefined && value < shape.min ? [`Member must have value greater than or equal to ${shape.min}`] : []),
    ];
  }
  return value instanceof Uint8Array ? sizes(shape, value.length) : [];
}

function string(shape: Shape, value: string): string[] {
  if (shape.enum && !shape.enum.includes(value)) return [`Member must satisfy enum value set: [${shape.enum.join(', ')}]`];
  const found = sizes(shape, Array.from(value).length);
  if (shape.pattern !== undefined && !expression(shape.pattern).test(value)) {
    found.push(`Member must satisfy regular expression pattern: ${shape.pattern}`);
  }
  return found;
}

function sizes(shape: Shape, size: number): string[] {
  return [
    ...(shape.max !== undefined && size > shape.max ? [`Member must have length less than or equal to ${shape.max}`] : []),
    ...(shape.min !== undefined && size < shape.min ? [`Member must have length greater than or equal to ${shape.min}`] : []),
  ];
}

const expressions = new Map<string, RegExp>();

/** The models' patterns are Java's: whole-string, and looser about escapes than a `u` expression allows. */
function expression(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const made = new RegExp(`^(?:${pattern})$`, /\\p\{/.test(pattern) ? 'u' : '');
  expressions.set(pattern, made);
  return made;
}

function says(value: Json, path: string, constraint: string): string {
  return `Value ${shown(value)} at '${path}' failed to satisfy constraint: ${constraint}`;
}

function shown(value: Json): string {
  if (value === null || value === undefined) return 'null';
  if (isList(value)) return `'[${value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ')}]'`;
  return isObject(value) ? `'${JSON.stringify(value)}'` : `'${String(value)}'`;
}

function below(path: string, name: string): string {
  const shownName = name.charAt(0).toLowerCase() + name.slice(1);
  return path === '' ? shownName : `${path}.${shownName}`;
}
