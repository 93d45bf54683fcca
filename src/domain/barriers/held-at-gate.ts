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
  const over = barriers.all.filter((one) => !isInForce(one, now));
  const isOpen = over.some((one) => endOf(one) >= since && !isPassed(one, release, barriers.environment));
  return isOpen && !isLetIn(release, barriers, since) ? lastOver(over) : undefined;
}

/** What Jack tells of a release that stands at a gate whose barrier is over. It is asked about once none is in force. */
export function unaskedOf(over: Barrier, release: Release, barriers: Barriers, now: Time): Extract<Closed, { because: 'unasked' }> {
  const asked = whoIsAsked(over);
  const isLater = isBarred(release, barriers, now);
  return { because: 'unasked', barrier: over.kind, barrierId: over.id, ...(isLater ? { later: true } : asked !== undefined && { asked }) };
}

/** Something in force keeps it out; the own lock of who asked for a rollback, taken with it, does not. */
export function isBarred({ requesters, purpose }: Release, { all }: Barriers, now: Time): boolean {
  const isOwn = ({ kind, by }: Barrier): boolean => kind === 'lock' && purpose === 'rollback' && requesters.some(({ user }) => user === by);
  return all.some((one) => isInForce(one, now) && !isOwn(one));
}

/** An owner let it pass this very one, or broke the glass here for another one since this was over. */
function isPassed(over: Barrier, { environment: own, passes = [] }: Release, environment: string): boolean {
  const since = passes.some((pass) => (pass.gate === 'lock' || pass.gate === 'freeze') && (pass.environment ?? own) === environment && pass.at >= endOf(over));
  return since || passesAll([passKey(over, environment)], over.kind, passes);
}

function isHeld(release: Release, environment: string): boolean {
  const { waiting, cancel } = release;
  if (waiting?.for !== 'gate') return false;
  // Another gate may have come in between; what was held once is asked about all the same.
  if (waiting.gate !== 'lock' && waiting.gate !== 'freeze' && heldSince(release) === undefined) return false;
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
