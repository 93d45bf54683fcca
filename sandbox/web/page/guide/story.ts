import type { AwsState } from '../door/aws-shapes.ts';
import type { Message } from '../door/shapes.ts';

/** What a stranger does first, in order. Each step is found in what can be seen, never assumed. */
export type StepName = 'deploy' | 'approve' | 'watch' | 'break' | 'rollback' | 'done';

export interface StoryFacts {
  readonly me: string;
  /** The channel's messages, oldest first. */
  readonly messages: readonly Message[];
  readonly bot: string;
  readonly aws: AwsState | undefined;
}

/** Where the story stands. */
export function findStep({ messages, bot, aws }: StoryFacts): StepName {
  const threads = messages.filter((message) => message.user === bot && !message.ephemeral && !message.broadcast && message.metadata !== null && hasBlocks(message));
  const last = threads.at(-1);
  if (!last) return 'deploy';
  if (hasButton(last, /^approve\b/i)) return 'approve';
  const failed = /failed|mixed versions|rolled back by/i.test(last.text);
  if (failed) return 'rollback';
  const moving = aws?.environments.some((environment) => environment.status !== 'Ready') ?? false;
  if (moving || /waiting|running|verifying|deploying|building/i.test(last.text)) return 'watch';
  const sawFailure = threads.some((message) => /failed|mixed versions/i.test(message.text));
  return sawFailure ? 'done' : 'break';
}

function hasBlocks(message: Message): boolean {
  return (message.blocks?.length ?? 0) > 0 && message.thread_ts === undefined || (message.thread_ts === message.ts && (message.blocks?.length ?? 0) > 0);
}

function hasButton(message: Message, label: RegExp): boolean {
  return (message.blocks ?? []).some((block) => block.type === 'actions' && block.elements.some((element) => element.type === 'button' && label.test(element.text.text.replace(/^\P{L}+/u, ''))));
}
