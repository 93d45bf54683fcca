import type { Json, JsonObject } from '../../json.ts';
import type { Problem } from '../block-kit/problem.ts';
import type { Call, Method } from './method.ts';
import { messageProblems, viewProblems } from '../block-kit/validate.ts';
import { fileReady } from '../posting/block-refusal.ts';
import { SlackRefusal } from '../refusal.ts';
import { listOf, objectOf, objectsOf } from '../values.ts';
import { invalidArguments } from './arguments.ts';

/** blocks.validate: needs no token; takes `blocks`, a `view` or a `message`. */
export const blocksMethods: readonly Method[] = [{ name: 'blocks.validate', scopes: [], tier: 'free', mutates: false, token: 'none', run: validate }];

function validate(call: Call): JsonObject {
  const blocks = listOf(call.args.structured('blocks', 'invalid_blocks_format'));
  const view = objectOf(call.args.structured('view', 'invalid_view'));
  const message = objectOf(call.args.structured('message', 'invalid_message'));
  const ready = (id: string): boolean => fileReady(call.workspace, id);
  if (blocks !== undefined) return judge('invalid_blocks', messageProblems(asObjects(blocks), ready));
  if (view !== undefined) return judge('invalid_view', viewProblems(view, ready));
  if (message === undefined) throw invalidArguments(['missing required field: blocks, view or message']);
  const extra: readonly Problem[] = message['text'] === undefined ? [] : [{ pointer: '/message/text', message: 'invalid additional property: text', rule: 'additional_property', expected: 'absent', got: 'text' }];
  return judge('invalid_message', [...extra, ...messageProblems(objectsOf(message['blocks']), ready, '/message')]);
}

function judge(error: string, problems: readonly Problem[]): JsonObject {
  if (problems.length === 0) return {};
  const errors = problems.map(({ pointer, message, rule, expected, got }) => ({ pointer, code: rule, message, constraint: { type: rule, expected, ...(got === undefined ? {} : { got }) } }));
  throw new SlackRefusal(error, { errors });
}

function asObjects(list: readonly Json[]): readonly JsonObject[] {
  if (list.some((item) => objectOf(item) === undefined)) throw new SlackRefusal('invalid_blocks_format');
  return objectsOf(list);
}
