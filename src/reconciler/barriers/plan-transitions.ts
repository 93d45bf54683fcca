import type { Barriers } from '../../domain/barriers/barriers.ts';
import { isAnyInForce, type BarrierPlan } from './barrier-plan.ts';
import type { BarrierFacts, Transition } from './transition.ts';
import { planClosed } from './plan-closed.ts';
import { planOpened } from './plan-opened.ts';
import { withInside } from './plan-inside.ts';

/**
 * Brings what is recorded of the transitions up to what is seen, and decides on the first change that one of them needs.
 * Pure. Every plan starts from what is true, so it does not matter what became of the last.
 */
export function planTransitions(barriers: Barriers, facts: BarrierFacts): BarrierPlan {
  const plan = facts.transitions.reduce<BarrierPlan>((so, transition) => (so.effect ? so : joined(so, planTransition(so.barriers, transition, facts))), { barriers: withoutGone(barriers, facts), audit: [] });
  return plan.effect ? plan : { ...plan, barriers: withInside(plan.barriers, facts) };
}

function planTransition(barriers: Barriers, transition: Transition, facts: BarrierFacts): BarrierPlan {
  return isAnyInForce(barriers, facts.now) ? planClosed(barriers, transition, facts) : planOpened(barriers, transition, facts);
}

function joined(before: BarrierPlan, next: BarrierPlan): BarrierPlan {
  return { ...next, audit: [...before.audit, ...next.audit], ...(before.soon && { soon: true }) };
}

/** The pipeline or the stage is not there any more. */
function withoutGone(barriers: Barriers, { transitions }: BarrierFacts): Barriers {
  const holds = barriers.holds.filter((hold) => transitions.some((transition) => transition.pipeline === hold.pipeline && transition.stage === hold.stage));
  return holds.length === barriers.holds.length ? barriers : { ...barriers, holds };
}
