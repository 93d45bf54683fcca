import type { Closed } from '../gates/gate.ts';
import type { Time } from '../observation.ts';
import { isOver, type Release } from '../release.ts';
import { endOf, isInForce, lastOver, type Barrier, type Barriers } from './barriers.ts';
import { whoIsAsked } from './open-question.ts';
import { passesAll, passKey } from './pass-key.ts';

/** Open releases that Jack itself keeps from going on for the lock or a freeze of this environment, and that nobody cancels. */
export function heldAtGate(open: readonly Release[], environment: string): readonly Release[] {
  return open.filter((release) => isHeld(release, environment));
}

/** What people say yes or stop to: its execution, or, where it has none, the release itself. */
export function flowId({ id, route }: Pick<Release, 'id' | 'route'>): string {
  return (route.kind === 'pipeline' ? route.executionId : undefined) ?? id;
}

/**
 * The lock or freeze that held the release and is over, while nobody has said yet that it may go in; undefined: nothing
 * is to be asked. One that is in force by now is no yes, whoever holds it; who broke the glass has answered it.
 */
export function unanswered(release: Release, barriers: Barriers, now: Time): Barrier | undefined {
  const since = heldSince(release);
  if (since === undefined || !isHeld(release, barriers.environment)) return undefined;
  const last = lastOver(barriers.all.filter((one) => !isInForce(one, now)));
  if (!last || endOf(last) < since || isLetIn(release, barriers, since)) return undefined;
  return passesAll([passKey(last, barriers.environment)], last.kind, release.passes) ? undefined : last;
}

/** What Jack tells of a release that stands at a gate whose barrier is over. It is asked about once none is in force. */
export function unaskedOf(over: Barrier, { all }: Barriers, now: Time): Extract<Closed, { because: 'unasked' }> {
  const asked = whoIsAsked(over);
  const isLater = all.some((one) => isInForce(one, now));
  return { because: 'unasked', barrier: over.kind, barrierId: over.id, ...(isLater ? { later: true } : asked !== undefined && { asked }) };
}

function isHeld(release: Release, environment: string): boolean {
  const { waiting, cancel } = release;
  if (waiting?.for !== 'gate' || (waiting.gate !== 'lock' && waiting.gate !== 'freeze')) return false;
  return (waiting.environment ?? release.environment) === environment && !isOver(release) && cancel === undefined;
}

/** When a lock or a freeze came in its way last; undefined: none has, it only could not be read. */
function heldSince({ notes }: Release): Time | undefined {
  return notes.findLast(({ what }) => what.kind === 'waiting' && what.waiting.for === 'gate' && (what.waiting.because.because === 'locked' || what.waiting.because.because === 'frozen'))?.at;
}

function isLetIn(release: Release, { all }: Barriers, since: Time): boolean {
  const id = flowId(release);
  return all.some(({ notes }) => notes.some(({ at, what }) => what.kind === 'let-in' && at >= since && what.executionIds.includes(id)));
}
