import type { Problem } from './problem.ts';
import type { Part } from './walk.ts';
import { textOf } from '../values.ts';

/** Whether a file may be shown in a block: it exists, and Slack has finished with it. */
export type FileReady = (id: string) => boolean;

/** `slack_file` of an image. Too early, or no such file: `invalid slack file` (slackapi/python-slack-sdk#1521). */
export function fileProblems(part: Part, ready: FileReady): readonly Problem[] {
  if (part.kind !== 'slack_file') return [];
  const id = textOf(part.value['id']);
  if (id === undefined || ready(id)) return [];
  return [{ pointer: `${part.pointer}/id`, message: 'invalid slack file', rule: 'slack_file', expected: 'a file that is ready', got: id }];
}
