import type { JsonObject } from '../../json.ts';
import type { FileReady } from './file-rules.ts';
import type { Problem, Surface } from './problem.ts';
import { fileProblems } from './file-rules.ts';
import { limitProblems } from './limit-problems.ts';
import { ruleProblems } from './rules.ts';
import { shapeProblems } from './schema.ts';
import { tableProblems } from './table-rules.ts';
import { partsOf } from './walk.ts';

/** What Slack refuses in the blocks of a message; `root` is where they hang ('' or '/attachments/0'). */
export function messageProblems(blocks: readonly JsonObject[], fileReady: FileReady, root = ''): readonly Problem[] {
  return problemsOf('message', { blocks }, root, fileReady);
}

/** What Slack refuses in a view, a modal or a home tab by its `type`. */
export function viewProblems(view: JsonObject, fileReady: FileReady): readonly Problem[] {
  const surface = view['type'];
  if (surface !== 'modal' && surface !== 'home') return [{ pointer: '/view/type', message: 'must be a valid enum value', rule: 'enum', expected: 'modal or home' }];
  return problemsOf(surface, view, '/view', fileReady);
}

function problemsOf(surface: Surface, value: JsonObject, root: string, fileReady: FileReady): readonly Problem[] {
  const parts = [...partsOf(value, surface, root)];
  const all = [
    ...shapeProblems(surface, value, root),
    ...parts.flatMap((part) => [...limitProblems(part), ...tableProblems(part), ...fileProblems(part, fileReady)]),
    ...ruleProblems(surface, parts, value),
  ];
  return [...new Map(all.map((problem) => [`${problem.pointer} ${problem.message}`, problem])).values()];
}
