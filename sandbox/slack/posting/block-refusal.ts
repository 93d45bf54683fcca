import type { JsonObject } from '../../json.ts';
import type { Problem } from '../block-kit/problem.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { problemLine } from '../block-kit/problem.ts';
import { messageProblems, viewProblems } from '../block-kit/validate.ts';
import { SlackRefusal } from '../refusal.ts';
import { objectOf, objectsOf } from '../values.ts';
import { newBlockId } from '../workspace/ids.ts';

/** Throws `invalid_blocks` in Slack's shape (python-slack-sdk#1521) if a message may not have these blocks. */
export function assertMessageBlocks(workspace: Workspace, blocks: readonly JsonObject[], root = ''): void {
  const problems = messageProblems(blocks, (id) => fileReady(workspace, id), root);
  if (problems.length > 0) throw blocksRefusal(problems);
}

/** Throws `invalid_arguments` in Slack's shape (slackblocks#36, node-slack-sdk#875) if a view may not be so. */
export function assertView(workspace: Workspace, view: JsonObject): void {
  const problems = viewProblems(view, (id) => fileReady(workspace, id));
  if (problems.length === 0) return;
  const lines = ['failed to match all allowed schemas [json-pointer:/view]', ...problems.map(problemLine)];
  throw new SlackRefusal('invalid_arguments', { response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) } });
}

/** Only a finished image may be used in a block (`mimetype` is set). */
export function fileReady(workspace: Workspace, id: string): boolean {
  return /^image\/(png|jpeg|gif)$/.test(workspace.files.find(id)?.mimetype ?? '');
}

/** Blocks as Slack keeps them: each has a `block_id`, and each element an `action_id`. */
export function withBlockIds(blocks: readonly JsonObject[]): readonly JsonObject[] {
  return blocks.map((block) => ({ ...block, ...namedElements(block), block_id: block['block_id'] ?? newBlockId() }));
}

function namedElements(block: JsonObject): JsonObject {
  const element = objectOf(block['element']);
  const accessory = objectOf(block['accessory']);
  return {
    ...(element === undefined ? {} : { element: named(element) }),
    ...(accessory === undefined || accessory['type'] === 'image' ? {} : { accessory: named(accessory) }),
    ...(block['type'] === 'actions' ? { elements: objectsOf(block['elements']).map(named) } : {}),
    ...(block['child_blocks'] === undefined ? {} : { child_blocks: withBlockIds(objectsOf(block['child_blocks'])) }),
  };
}

function named(element: JsonObject): JsonObject {
  return { ...element, action_id: element['action_id'] ?? newBlockId() };
}

function blocksRefusal(problems: readonly Problem[]): SlackRefusal {
  const errors = problems.map(problemLine);
  return new SlackRefusal('invalid_blocks', { errors, response_metadata: { messages: errors.map((line) => `[ERROR] ${line}`) } });
}
