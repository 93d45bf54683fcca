import type { AwsState } from '../door/aws-shapes.ts';
import type { Message } from '../door/shapes.ts';

/** What a stranger does first, in order. Each step is found in what can be seen, never assumed. */
export type StepName = 'deploy' | 'approve' | 'watch' | 'break' | 'rollback' | 'done';

export interface StoryFacts {
  /** The channel's messages, oldest first. */
  readonly messages: readonly Message[];
  /** The bot's user id. */
  readonly bot: string;
  readonly aws: AwsState | undefined;
}

const FAILED = /\b(?:failed|mixed versions|rolled back by)\b/i;
const MOVING = /\b(?:getting ready|waiting|on its way|checking that it is true|being (?:stopped|cancelled))\b/i;

/** The bot's releases, oldest first: its root messages with blocks. */
export function findThreads(messages: readonly Message[], bot: string): readonly Message[] {
  return messages.filter((message) => message.user === bot && !message.ephemeral && isRoot(message));
}

/** Where the story stands: the newest thread of the bot tells. */
export function findStep({ messages, bot, aws }: StoryFacts): StepName {
  const threads = findThreads(messages, bot);
  const last = threads.at(-1);
  if (!last) return 'deploy';
  if (hasButton(last, 'Approve') || /waiting for approval/i.test(last.text)) return 'approve';
  const updating = aws?.environments.some((environment) => environment.status === 'Updating') ?? false;
  if (updating || (MOVING.test(last.text) && !FAILED.test(last.text))) return 'watch';
  if (FAILED.test(last.text)) return 'rollback';
  return threads.some((message) => FAILED.test(message.text)) ? 'done' : 'break';
}

function isRoot(message: Message): boolean {
  return message.blocks !== undefined && message.blocks.length > 0 && (message.thread_ts === undefined || message.thread_ts === message.ts);
}

function hasButton(message: Message, label: string): boolean {
  return (message.blocks ?? []).some((block) => block.type === 'actions' && block.elements.some((element) => element.type === 'button' && element.text.text.includes(label)));
}
