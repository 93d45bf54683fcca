import { PASSABLE, type Closed } from '../../domain/gates/gate.ts';
import { isOver, ownDeploy, type Release, type Waiting } from '../../domain/release.ts';
import { atWords, closedWords, goesOnWords } from './gate-words.ts';
import type { WantedMessage } from '../message.ts';
import { replyMessage } from '../replies.ts';
import { mention, plain } from '../words.ts';

type AtGate = Extract<Waiting, { for: 'gate' }>;

/** A gate closed in front of the release: who or what keeps it closed, when it goes on, and what can be done. Nobody is called but who closed it. */
export function heldReply(release: Release, key: string, waiting: Waiting): readonly WantedMessage[] {
  if (waiting.for !== 'gate') return [];
  const name = plain(waiting.environment ?? release.environment, 60);
  return [replyMessage(release, key, `:no_entry: Held in front of *${name}*: it ${closedWords(waiting.gate, waiting.because)}.${onwardWords(release, waiting, name)}`)];
}

/** Of what is held no more only that it is over; of what ended before it came in, nothing. */
function onwardWords(release: Release, waiting: AtGate, name: string): string {
  if (isHeld(release, waiting)) return ` ${goesOnWords(waiting.because)}.${nextWords(release, waiting, name)}`;
  return isOver(release) && ownDeploy(release)?.startedAt === undefined ? '' : ' _It waits for that no more._';
}

function isHeld({ status, waiting }: Release, { gate, because }: AtGate): boolean {
  if (status !== 'waiting' || waiting?.for !== 'gate' || waiting.gate !== gate) return false;
  return waiting.because.because === because.because || waiting.because.because === 'unknown';
}

/** Whom to ask before that, what to do, and the way around. */
function nextWords(release: Release, { gate, because }: AtGate, name: string): string {
  const closer = closerOf(because);
  const own = closer !== undefined && release.requesters.some(({ user }) => user === closer);
  if (own && because.because === 'locked') return ` It is your own: \`/deploy unlock ${name}\` ends it.`;
  if (because.because === 'unasked') return '';
  if (because.because === 'role') return rollbackWords(release, name);
  const first = because.because === 'not-yet-on' ? bringWords(release, because.environments[0] ?? '') : closer === undefined || own ? '' : ` Ask ${mention(closer)}, or wait.`;
  return PASSABLE.has(gate) ? `${first} In an emergency an owner can break the glass.` : first;
}

/** The very rollback: another one is refused while this one waits. */
function rollbackWords({ purpose, route }: Release, name: string): string {
  return purpose === 'rollback' && route.kind === 'version' ? ` \`/rollback ${name} @${plain(route.label, 100)}\` does.` : '';
}

/** The very revision: without it the newest would come. */
function bringWords({ revision }: Release, environment: string): string {
  const which = atWords(revision);
  return which === '' ? '' : ` \`/deploy ${plain(environment, 60)}${which}\` brings it there.`;
}

function closerOf(closed: Closed): string | undefined {
  const by = closed.because === 'locked' ? closed.by : closed.because === 'frozen' ? closed.freeze.by : undefined;
  return by === 'jack.yml' ? undefined : by;
}
