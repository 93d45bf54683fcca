import { PASSABLE, type Closed } from '../../domain/gates/gate.ts';
import { isOver, type Release, type Waiting } from '../../domain/release.ts';
import { closedWords, goesOnWords } from './gate-words.ts';
import type { WantedMessage } from '../message.ts';
import { replyMessage } from '../replies.ts';
import { mention, plain } from '../words.ts';

type AtGate = Extract<Waiting, { for: 'gate' }>;

/** A gate closed in front of the release: who or what keeps it closed, when it goes on, and what can be done. Nobody is called but who closed it. */
export function heldReply(release: Release, key: string, waiting: Waiting): readonly WantedMessage[] {
  if (waiting.for !== 'gate') return [];
  const name = plain(waiting.environment ?? release.environment, 60);
  const onward = isOver(release) ? '' : ` ${goesOnWords(waiting.because)}.${nextWords(release, waiting, name)}`;
  return [replyMessage(release, key, `:no_entry: Held in front of *${name}*: it ${closedWords(waiting.gate, waiting.because)}.${onward}`)];
}

/** Whom to ask before that, and the way around. */
function nextWords(release: Release, { gate, because }: AtGate, name: string): string {
  const closer = closerOf(because);
  const own = closer !== undefined && release.requesters.some(({ user }) => user === closer);
  if (own && because.because === 'locked') return ` It is your own: \`/deploy unlock ${name}\` ends it.`;
  const ask = closer === undefined || own ? '' : ` Ask ${mention(closer)}, or wait.`;
  return PASSABLE.has(gate) ? `${ask} In an emergency an owner can break the glass.` : ask;
}

function closerOf(closed: Closed): string | undefined {
  const by = closed.because === 'locked' ? closed.by : closed.because === 'frozen' ? closed.freeze.by : undefined;
  return by === 'jack.yml' ? undefined : by;
}
