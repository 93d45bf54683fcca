import { createRequire } from 'node:module';
import { models, shapeOf, type ServiceModel, type Shape } from '../../../sandbox/aws/engine/model.ts';

/** What a line for AWS's command line asks for, held against AWS's own models. */
export interface Call {
  readonly service: string;
  /** 'GetPipelineState'; a waiter's is the one that it asks again and again. */
  readonly operation: string;
  readonly waiter?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly query?: string;
  readonly output: string;
  readonly mostItems?: number;
}

const GLOBAL = ['region', 'query', 'output'];
const SWITCHES = ['no-paginate'];
const WAITERS: Readonly<Record<string, string>> = { 'environment-updated': 'DescribeEnvironments' };

/** Reads the arguments behind `aws` as AWS's command line (version 2) does. Throws what is wrong with them. */
export function parseCall(args: readonly string[]): Call {
  const [service = '', second = '', ...rest] = args;
  const waiter = second === 'wait' ? rest.shift() : undefined;
  const model = models()[service];
  if (!model) throw new Error(`no service ${service}`);
  const operation = waiter === undefined ? pascal(second) : WAITERS[waiter];
  const shape = shapeOf(model, model.operations[operation ?? '']?.input);
  if (operation === undefined || !model.operations[operation]) throw new Error(`no operation ${service} ${second} ${waiter ?? ''}`);
  const given = optionsOf(rest);
  const input = inputOf(model, shape, given);
  for (const name of shape.required ?? []) if (!(name in input)) throw new Error(`${operation} needs ${name}`);
  const [query] = given.get('query') ?? [];
  return {
    service, operation, input,
    output: given.get('output')?.[0] ?? 'json',
    ...(query !== undefined && { query }),
    ...(waiter !== undefined && { waiter }),
    ...(given.has('max-items') && { mostItems: Number(given.get('max-items')?.[0]) }),
  };
}

/** The value under a JMESPath, with dates as text; the very library of the older SDK. */
export function picked(query: string | undefined, answer: object): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(answer));
  if (query === undefined) return plain;
  const load = createRequire(createRequire(import.meta.url).resolve('aws-sdk'));
  const jmespath = load('jmespath') as { search(data: unknown, query: string): unknown };
  return jmespath.search(plain, query);
}

function optionsOf(args: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const given = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const arg of args) {
    const [, name, , value] = /^--([a-z0-9-]+)(=([\s\S]*))?$/.exec(arg) ?? [];
    if (name === undefined && !last) throw new Error(`${arg} stands alone`);
    if (name === undefined) last?.push(arg);
    else given.set(name, (last = value === undefined ? [] : [value]));
  }
  return given;
}

function inputOf(model: ServiceModel, shape: Shape, given: ReadonlyMap<string, readonly string[]>): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const paged = ['max-items'];
  for (const [name, values] of given) {
    if (GLOBAL.includes(name) || paged.includes(name) || SWITCHES.includes(name)) continue;
    const no = name.replace(/^no-/, '');
    const member = Object.keys(shape.members ?? {}).find((one) => dashed(one) === name || (dashed(one) === no && shapeOf(model, shape.members?.[one]).type === 'boolean'));
    if (member === undefined) throw new Error(`unknown option --${name}`);
    input[member] = valueOf(model, shapeOf(model, shape.members?.[member]), values, name === dashed(member));
  }
  return input;
}

function valueOf(model: ServiceModel, shape: Shape, values: readonly string[], isSet: boolean): unknown {
  if (shape.type === 'boolean') {
    if (values.length > 0) throw new Error(`a switch takes no value: ${values.join(' ')}`);
    return isSet;
  }
  if (shape.type === 'list') return values.map((one) => valueOf(model, shapeOf(model, shape.member), [one], true));
  const [value, ...more] = values;
  if (value === undefined || more.length > 0) throw new Error(`one value is wanted: ${values.join(' ')}`);
  if (shape.type === 'integer' || shape.type === 'long') return Number(value);
  if (shape.type === 'structure') return Object.fromEntries(value.split(',').map((part) => pair(model, shape, part)));
  if (shape.type !== 'string') throw new Error(`a value of ${shape.type ?? 'nothing'} is not read here`);
  if (value.length < (shape.min ?? 0)) throw new Error(`too short: ${JSON.stringify(value)}`);
  return value;
}

/** The shorthand: `a=b,c=d`. */
function pair(model: ServiceModel, shape: Shape, part: string): readonly [string, unknown] {
  const [, name = '', value = ''] = /^(\w+)=([^,]*)$/.exec(part) ?? [];
  const member = shape.members?.[name];
  if (!member) throw new Error(`no member in ${part}`);
  return [name, valueOf(model, shapeOf(model, member), [value], true)];
}

function pascal(words: string): string {
  return words.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function dashed(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
