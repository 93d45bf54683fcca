import type { JsonObject } from '../../json.ts';
import type { Problem, Surface } from './problem.ts';
import type { Part } from './walk.ts';
import { listOf, numberOf, objectOf, objectsOf, textOf } from '../values.ts';
import { lengthOf } from './limit-problems.ts';

/** Blocks that not every surface takes. Sources: docs.slack.dev/blocks.json; `table` and its like from libraries (README). */
const SURFACES: Readonly<Record<string, readonly Surface[]>> = {
  alert: ['modal'],
  carousel: ['message', 'home'],
  container: ['message'],
  context_actions: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  file: ['message'],
  markdown: ['message'],
  plan: ['message'],
  table: ['message'],
  task_card: ['message'],
};

/** At most so many of a kind in one message. */
const MOST: Readonly<Record<string, number>> = { table: 1, data_visualization: 2 };

/** The rules that are neither shape nor length. */
export function ruleProblems(surface: Surface, parts: readonly Part[], root: JsonObject): readonly Problem[] {
  const blocks = parts.filter((part) => part.isBlock);
  return [
    ...blocks.flatMap((block) => surfaceProblem(surface, block)),
    ...Object.entries(MOST).flatMap(([kind, most]) => blocks.filter((block) => block.kind === kind).slice(most).map((block) => problem(block, 'max_of_kind', `no more than ${most} ${kind} blocks allowed`, most))),
    ...repeated(blocks, 'block_id', (id) => `block_id ${id} already exists`),
    ...blocks.flatMap((block) => repeated(elementsOf(block, parts), 'action_id', (id) => `action_id ${id} already exists for this block`)),
    ...parts.flatMap((part) => partProblem(part)),
    ...inputProblems(surface, blocks, root),
    ...focusProblems(parts),
    ...markdownProblem(blocks),
  ];
}

function problem(part: Part, rule: string, message: string, expected: string | number, suffix = ''): Problem {
  return { pointer: part.pointer + suffix, message, rule, expected };
}

function surfaceProblem(surface: Surface, block: Part): readonly Problem[] {
  const allowed = SURFACES[block.kind];
  return allowed === undefined || allowed.includes(surface) ? [] : [problem(block, 'surface', `unsupported type: ${block.kind}`, allowed.join(' or '), '/type')];
}

function repeated(parts: readonly Part[], key: string, message: (id: string) => string): readonly Problem[] {
  const seen = new Set<string>();
  return parts.flatMap((part) => {
    const id = textOf(part.value[key]);
    if (id === undefined) return [];
    if (seen.has(id)) return [problem(part, `unique_${key}`, message(id), 'unique', `/${key}`)];
    seen.add(id);
    return [];
  });
}

function elementsOf(block: Part, parts: readonly Part[]): readonly Part[] {
  return parts.filter((part) => part.value['action_id'] !== undefined && part.pointer.startsWith(`${block.pointer}/`) && !/\/child_blocks\//.test(part.pointer.slice(block.pointer.length)));
}

function partProblem(part: Part): readonly Problem[] {
  const { value } = part;
  switch (part.kind) {
    case 'section':
      return value['text'] === undefined && value['fields'] === undefined ? [problem(part, 'required', 'missing required field: text or fields', 'text or fields')] : [];
    case 'static_select':
    case 'multi_static_select':
      return (value['options'] === undefined) === (value['option_groups'] === undefined) ? [problem(part, 'required', 'must have either options or option_groups', 'one of options, option_groups')] : [];
    case 'plain_text_input':
      return (numberOf(value['max_length']) ?? 0) > 3000 ? [problem(part, 'maximum', 'must be less than 3001', 3000, '/max_length')] : [];
    case 'file_input':
      return outside(part, 'max_files', 1, 10);
    case 'data_table':
      return outside(part, 'page_size', 1, 100);
    case 'bar':
    case 'area':
    case 'line':
      return uncovered(part);
    default:
      return [];
  }
}

function outside(part: Part, key: string, min: number, max: number): readonly Problem[] {
  const number = numberOf(part.value[key]);
  return number === undefined || (number >= min && number <= max) ? [] : [problem(part, 'range', `must be between ${min} and ${max}`, `${min}..${max}`, `/${key}`)];
}

/** Each series has one value for exactly each category. */
function uncovered(part: Part): readonly Problem[] {
  const categories = listOf(objectOf(part.value['axis_config'])?.['categories']) ?? [];
  return objectsOf(part.value['series']).flatMap((series, index) => {
    const labels = objectsOf(series['data']).map((point) => point['label']);
    const fits = labels.length === categories.length && categories.every((category) => labels.includes(category));
    return fits ? [] : [problem(part, 'categories', 'series data must match axis_config categories', 'the categories', `/series/${index}/data`)];
  });
}

function inputProblems(surface: Surface, blocks: readonly Part[], root: JsonObject): readonly Problem[] {
  const first = blocks.find((block) => block.kind === 'input');
  if (surface !== 'modal' || first === undefined || root['submit'] !== undefined) return [];
  return [problem(first, 'required', 'must define `submit` to use `input` block', 'submit', '/input')];
}

function focusProblems(parts: readonly Part[]): readonly Problem[] {
  return parts.filter((part) => part.value['focus_on_load'] === true).slice(1).map((part) => problem(part, 'unique_focus', 'only one element can have focus_on_load', 1, '/focus_on_load'));
}

function markdownProblem(blocks: readonly Part[]): readonly Problem[] {
  const markdown = blocks.filter((block) => block.kind === 'markdown');
  const [first] = markdown;
  const total = markdown.reduce((sum, block) => sum + lengthOf(textOf(block.value['text']) ?? ''), 0);
  return first === undefined || total <= 12_000 ? [] : [problem(first, 'max_characters', 'must be less than 12001 characters', 12_000, '/text')];
}
