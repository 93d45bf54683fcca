import { isInForce, type Barrier, type BarrierNoteKind, type Barriers } from '../../domain/barriers/barriers.ts';
import { bearing, noted } from './barrier-plan.ts';
import { isAt, isLetPassBy, type AtTransition, type BarrierFacts } from './transition.ts';

type Inside = Extract<BarrierNoteKind, { readonly kind: 'inside' }>;
type Named = Inside['releases'][number];

/**
 * Once the transitions are closed, for each barrier: what had come in before is not held, and is named. What came in
 * later, while somebody had opened the way or AWS did not let Jack close it, is named too, each execution once; so is
 * what was retried there.
 */
export function withInside(barriers: Barriers, facts: BarrierFacts): Barriers {
  const { now } = facts;
  const inside = insideOf(facts);
  const first = barriers.all.filter((one) => isInForce(one, now)).reduce((so, { id }) => noted(so, id, 'inside', now, { kind: 'inside', releases: inside.map(asNamed) }), barriers);
  return lookedInside(withLate(withRetried(withApprovals(first, inside), facts), inside, facts), facts);
}

/** Each once; none where nobody had to look. */
function insideOf({ transitions }: BarrierFacts): readonly AtTransition[] {
  const inside = transitions.flatMap((transition) => transition.inside);
  return inside.filter(({ executionId }, index) => inside.findIndex((one) => one.executionId === executionId) === index);
}

function asNamed({ executionId, number, approvalId, deploying, what }: AtTransition): Named {
  return { executionId, ...(number !== undefined && { number }), ...(approvalId !== undefined && { approvalId }), ...(deploying && { deploying }), what };
}

/** In the thread of the barrier for which the way is closed. What an owner let pass came in by its right. */
function withLate(barriers: Barriers, inside: readonly AtTransition[], { now }: BarrierFacts): Barriers {
  const inForce = barriers.all.filter((one) => isInForce(one, now));
  const known = new Set(barriers.all.flatMap(namedIn).map(({ executionId }) => executionId));
  const late = inside.filter((one) => !known.has(one.executionId) && !isLetPassBy(inForce, barriers.environment, one));
  const [one] = late;
  return one ? noted(barriers, bearing(barriers, now)?.id, `inside:${one.executionId}`, now, { kind: 'inside', late: true, releases: late.map(asNamed) }) : barriers;
}

/** No transition holds a stage that is retried. */
function withRetried(barriers: Barriers, { now, transitions }: BarrierFacts): Barriers {
  const inForce = barriers.all.filter((one) => isInForce(one, now));
  const again = barriers.holds.flatMap((hold) => transitions.filter((one) => isAt(hold, one)).flatMap(({ inside }) => inside.filter(({ executionId }) => hold.retried?.includes(executionId))));
  const told = again.filter((one) => !isLetPassBy(inForce, barriers.environment, one));
  return told.reduce((so, one) => noted(so, bearing(so, now)?.id, `retried:${one.executionId}`, now, { kind: 'inside', late: 'retried', releases: [asNamed(one)] }), barriers);
}

function namedIn({ notes }: Barrier): readonly Named[] {
  return notes.flatMap(({ what }) => (what.kind === 'inside' ? what.releases : []));
}

/** What was named before Jack knew its approval can be rejected from then on. */
function withApprovals(barriers: Barriers, inside: readonly AtTransition[]): Barriers {
  const all = barriers.all.map((barrier) => (namedIn(barrier).some((one) => knownBetter(one, inside) !== one) ? { ...barrier, notes: barrier.notes.map((note) => (note.what.kind === 'inside' ? { ...note, what: better(note.what, inside) } : note)) } : barrier));
  return { ...barriers, all };
}

function better(note: Inside, inside: readonly AtTransition[]): Inside {
  return { ...note, releases: note.releases.map((one) => knownBetter(one, inside)) };
}

function knownBetter(named: Named, inside: readonly AtTransition[]): Named {
  const seen = inside.find(({ executionId }) => executionId === named.executionId);
  return named.approvalId === undefined && seen?.approvalId !== undefined ? asNamed(seen) : named;
}

/** Nothing is left to be seen there, but for an approval of which Jack does not know yet. */
function lookedInside(barriers: Barriers, { transitions }: BarrierFacts): Barriers {
  const holds = barriers.holds.map((hold) => {
    const { lookInside, retried: _told, ...seen } = hold;
    return lookInside && !transitions.some((one) => isAt(hold, one) && one.inside.some(({ asks }) => asks)) ? seen : hold;
  });
  return { ...barriers, holds };
}
