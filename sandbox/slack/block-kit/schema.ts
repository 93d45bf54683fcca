import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../../json.ts';
import type { Problem, Surface } from './problem.ts';
import { listOf, objectOf } from '../values.ts';
import { dataVisualization } from './data-visualization.ts';
import { withTypedUnions } from './typed-unions.ts';

/** The shape of what is written: generated from Slack's published types (`schema/generate.mjs`). */
const validators = compile();

/** What does not fit Slack's types. `root` is the pointer of the value in the arguments ('' or '/view'). */
export function shapeProblems(surface: Surface, value: JsonObject, root: string): readonly Problem[] {
  const validate = validators[surface];
  if (validate(value)) return [];
  return (validate.errors ?? []).flatMap((error) => toProblem(error, value, root));
}

function compile(): Record<Surface, ValidateFunction> {
  const schema = withTypedUnions(withCharts(JSON.parse(readFileSync(new URL('../schema/blocks.schema.json', import.meta.url), 'utf8')) as JsonObject));
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  ajv.addSchema({ ...schema, $id: 'block-kit' });
  const validator = (surface: Surface): ValidateFunction => ajv.compile({ $ref: `block-kit#/definitions/BlockKit/properties/${surface}` });
  return { message: validator('message'), modal: validator('modal'), home: validator('home') };
}

function withCharts(schema: JsonObject): JsonObject {
  const definitions = objectOf(schema['definitions']) ?? {};
  const known = listOf(objectOf(definitions['KnownBlock'])?.['anyOf']) ?? [];
  const reference = { $ref: '#/definitions/DataVisualizationBlock' };
  return { ...schema, definitions: { ...definitions, DataVisualizationBlock: dataVisualization, KnownBlock: { anyOf: [...known, reference] } } };
}

/** In Slack's words. Faults inside of an `anyOf` are told as that one mismatch, as Slack does. */
function toProblem(error: ErrorObject, value: JsonObject, root: string): readonly Problem[] {
  const pointer = root + error.instancePath;
  if (error.keyword === 'if' || /\/anyOf\/\d+\//.test(error.schemaPath)) return [];
  const params = error.params as { readonly missingProperty?: string; readonly additionalProperty?: string; readonly type?: string };
  const got = describe(error.data as Json);
  switch (error.keyword) {
    case 'required':
      return [{ pointer, message: `missing required field: ${params.missingProperty ?? ''}`, rule: 'required', expected: params.missingProperty ?? '' }];
    case 'additionalProperties':
      return [{ pointer, message: `invalid additional property: ${params.additionalProperty ?? ''}`, rule: 'additional_property', expected: 'absent', got: params.additionalProperty ?? '' }];
    case 'enum':
    case 'const':
      return [misnamed(pointer, error, got, value)];
    case 'type':
      return [{ pointer, message: `must provide ${article(params.type ?? 'value')}`, rule: 'type', expected: params.type ?? '', got }];
    default:
      return [{ pointer, message: 'failed to match all allowed schemas', rule: error.keyword, expected: 'a known shape' }];
  }
}

function misnamed(pointer: string, error: ErrorObject, got: string, value: JsonObject): Problem {
  const isBlock = /^(\/view)?\/blocks\/\d+\/type$/.test(error.instancePath) || error.instancePath === '/type' || value['type'] === error.data;
  const message = error.instancePath.endsWith('/type') || isBlock ? `unsupported type: ${got}` : 'must be a valid enum value';
  return { pointer, message, rule: 'enum', expected: 'one of the allowed values', got };
}

function describe(value: Json): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
