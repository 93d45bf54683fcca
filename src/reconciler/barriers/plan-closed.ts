import type { AuditFact } from '../../domain/audit.ts';
import { barrierIn, barrierReason, isInForce, type Barrier, type BarrierHold, type Barriers } from '../../domain/barriers/barriers.ts';
import { bearing, isClosed, noted, personOf, type BarrierPlan } from './barrier-plan.ts';
import { barOf, holdAt, intends, isLetPassBy, withHoldAt, type BarrierFacts, type Transition } from './transition.ts';
import { isToldNo } from './try-again.ts';
import { isWorkedBehind } from './worked-behind.ts';

/**
 * A barrier is in force: the transition is to be closed. What somebody else closed is left as it is; what is closed for one of
 * Jack's releases, or for a barrier that is over, is taken over.
 */
export function planClosed(barriers: Barriers, transition: Transition, facts: BarrierFacts): BarrierPlan {
  const barrier = bearing(barriers, facts.now);
  if (!barrier) return { barriers, audit: [] };
  const bar = barOf(transition, barriers, facts);
  switch (bar.kind) {
    case 'ours':
      return kept(barriers, transition, facts);
    case 'foreign':
      return foreign(barriers, barrier, transition, facts);
    case 'release':
      return intends(bar.release, 'free-transition', transition) ? { barriers, audit: [], soon: true } : close(barriers, barrier, transition, facts);
    case 'ended':
      return close(barriers, barrier, transition, facts);
    case 'open':
      return foundOpen(barriers, barrier, transition, facts);
    default:
      return bar satisfies never;
  }
}

/** What is known of a hold stays known while its reason stays the same; what people were asked is over. */
function keptHold(barriers: Barriers, transition: Transition): BarrierHold {
  const reason = transition.disabled?.reason ?? '';
  const before = holdAt(barriers, transition);
  const same = before !== undefined && barrierIn(before.reason) === barrierIn(reason);
  const putBack = same && (before.putBack === true || before.state === 'drifted');
  const agreed = same ? before.agreed : undefined;
  return { pipeline: transition.pipeline, stage: transition.stage, reason: same ? before.reason : reason, state: 'held', ...(putBack && { putBack: true as const }), ...(agreed && { agreed }), ...(before?.lookInside && { lookInside: true as const }), ...(before?.retried && { retried: before.retried }), ...(same && before.state === 'stuck' && before.tried && { tried: before.tried }) };
}

/** Closed, but for what an owner let pass: for exactly that it is opened, and closed again behind it. */
function kept(barriers: Barriers, transition: Transition, facts: BarrierFacts): BarrierPlan {
  const hold = keptHold(barriers, transition);
  const known = withHoldAt(barriers, transition, hold);
  if (!isLetPass(known, transition, facts) || isWorkedBehind(transition, facts)) return { barriers: known, audit: [] };
  const before = holdAt(barriers, transition);
  if (before?.state === 'stuck' && isToldNo(before, barriers, facts.now)) return { barriers, audit: [] };
  const by = transition.waiting.flatMap(({ passes = [] }) => passes).at(-1)?.by;
  const effect = { kind: 'free-transition' as const, pipeline: transition.pipeline, stage: transition.stage, reason: transition.disabled?.reason ?? hold.reason };
  return { barriers: known, audit: [], effect: { effect, ...(by !== undefined && { by }) } };
}

/** Something waits, and all that waits was let pass: by name, or through each of the barriers that are in force. */
function isLetPass(barriers: Barriers, transition: Transition, { app, now, neighbours }: BarrierFacts): boolean {
  if (neighbours.some((one) => isClosed(one, { app, now }))) return false;
  const agreed = holdAt(barriers, transition)?.agreed ?? [];
  const inForce = barriers.all.filter((one) => isInForce(one, now));
  return transition.waiting.length > 0 && transition.waiting.every((one) => agreed.includes(one.executionId) || isLetPassBy(inForce, barriers.environment, one));
}

function close(barriers: Barriers, barrier: Barrier, { pipeline, stage }: Transition, { environment }: BarrierFacts): BarrierPlan {
  const by = personOf(barrier.by);
  const effect = { kind: 'hold-transition' as const, pipeline, stage, reason: barrierReason(barrier, environment.name) };
  return { barriers, audit: [], effect: { effect, ...(by !== undefined && { by }) } };
}

function foreign(barriers: Barriers, barrier: Barrier, transition: Transition, { now }: BarrierFacts): BarrierPlan {
  const { pipeline, stage, disabled } = transition;
  const reason = disabled?.reason ?? '';
  const without = withHoldAt(barriers, transition, undefined);
  const what = { kind: 'foreign' as const, pipeline, stage, reason, ...(disabled?.by !== undefined && { by: disabled.by }) };
  return { barriers: noted(without, barrier.id, `foreign:${pipeline}/${stage}:${reason.slice(0, 100)}`, now, what), audit: [] };
}

/** Not closed yet, or opened by somebody: put back once, then left. What AWS refused is asked again, ever more seldom. */
function foundOpen(barriers: Barriers, barrier: Barrier, transition: Transition, facts: BarrierFacts): BarrierPlan {
  const hold = holdAt(barriers, transition);
  const holding = hold && barriers.all.find((one) => one.id === barrierIn(hold.reason));
  if (!hold || !holding || !isInForce(holding, facts.now)) return close(barriers, barrier, transition, facts);
  if (hold.state === 'ajar') return isLetPass(barriers, transition, facts) ? { barriers, audit: [] } : close(barriers, barrier, transition, facts);
  if (hold.state === 'drifted') return close(barriers, holding, transition, facts);
  if (hold.state === 'held' || hold.state === 'stuck') return drifted(barriers, hold, holding, transition, facts);
  const stays = hold.state === 'left' || isToldNo(hold, barriers, facts.now);
  return stays && holding.id === barrier.id ? { barriers, audit: [] } : close(barriers, barrier, transition, facts);
}

function drifted(barriers: Barriers, hold: BarrierHold, barrier: Barrier, transition: Transition, facts: BarrierFacts): BarrierPlan {
  const next = hold.putBack ? ('left' as const) : ('put-back' as const);
  const { pipeline, stage, changedBy: by } = transition;
  const known = withHoldAt(barriers, transition, { ...hold, state: hold.putBack ? 'left' : 'drifted' });
  const told = noted(known, barrier.id, `drift:${pipeline}/${stage}:${next}`, facts.now, { kind: 'drift', pipeline, stage, next, ...(by !== undefined && { by }) });
  const audit = [driftFact(barrier, transition, next, facts)];
  return next === 'left' ? { barriers: told, audit } : { ...close(told, barrier, transition, facts), audit };
}

function driftFact(barrier: Barrier, { pipeline, stage, changedBy }: Transition, rule: string, { app, environment, now }: BarrierFacts): AuditFact {
  return { at: now, who: changedBy ?? 'somebody in AWS', what: 'transition.drift', on: { app: app.name, environment: environment.name, barrier: barrier.id }, outcome: 'done', rule, detail: `${pipeline}/${stage} was enabled` };
}
