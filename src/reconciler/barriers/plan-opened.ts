import type { Barrier, BarrierHold, Barriers } from '../../domain/barriers/barriers.ts';
import type { Principal } from '../../domain/app.ts';
import { onBehalfOf } from '../../domain/effect.ts';
import { isOver, type Release } from '../../domain/release.ts';
import { isClosed, lastEnded, noted, type BarrierPlan } from './barrier-plan.ts';
import { barOf, holdAt, withHoldAt, type AtTransition, type BarrierFacts, type Transition } from './transition.ts';
import { isToldNo } from './try-again.ts';
import { isWorkedBehind } from './worked-behind.ts';

/**
 * Nothing is in force any more: what Jack holds is opened, once nobody works behind it and once somebody agreed to all
 * that would flow in. What is closed for another's word is none of it.
 */
export function planOpened(barriers: Barriers, transition: Transition, facts: BarrierFacts): BarrierPlan {
  const bar = barOf(transition, barriers, facts);
  const theirs = facts.neighbours.some((one) => isClosed(one, facts));
  if (!theirs && bar.kind === 'release' && isOver(bar.release)) return leftBehind(bar.release, barriers, transition, facts);
  if (theirs || bar.kind !== 'ended' || !bar.own) return { barriers: withHoldAt(barriers, transition, undefined), audit: [] };
  const before = holdAt(barriers, transition);
  const isNo = before?.state === 'stuck' && isToldNo(before, barriers, facts.now);
  const hold = isNo ? before : heldStill(barriers, transition);
  const known = withHoldAt(barriers, transition, hold);
  if (isNo || isWorkedBehind(transition, facts)) return { barriers: known, audit: [] };
  return isAgreed(known, hold, transition.waiting) ? free(known, hold, whoLetsIn(lastEnded(barriers))) : ask(known, hold, transition, facts);
}

function heldStill(barriers: Barriers, transition: Transition): BarrierHold {
  const before = holdAt(barriers, transition);
  return { ...(before ?? { pipeline: transition.pipeline, stage: transition.stage, reason: transition.disabled?.reason ?? '' }), state: 'held' };
}

/** A release ended and its hold stayed, because AWS or a crash would have it so. Tried again, ever more seldom. */
function leftBehind(release: Release, barriers: Barriers, transition: Transition, facts: BarrierFacts): BarrierPlan {
  const reason = transition.disabled?.reason ?? '';
  const before = holdAt(barriers, transition);
  if (before?.state === 'stuck' && before.reason === reason && isToldNo(before, barriers, facts.now)) return { barriers, audit: [] };
  if (isWorkedBehind(transition, facts)) return { barriers, audit: [] };
  return free(barriers, { pipeline: transition.pipeline, stage: transition.stage, reason, state: 'held' }, onBehalfOf(release));
}

/** Nothing waits, or nothing but what somebody was shown and said yes to. */
function isAgreed(barriers: Barriers, hold: BarrierHold, waiting: readonly AtTransition[]): boolean {
  const agreed = new Set([...(hold.agreed ?? []), ...(lastEnded(barriers)?.ended?.agreed ?? [])]);
  return waiting.every(({ executionId }) => agreed.has(executionId));
}

function free(barriers: Barriers, { pipeline, stage, reason }: BarrierHold, by: Principal | undefined): BarrierPlan {
  return { barriers, audit: [], effect: { effect: { kind: 'free-transition', pipeline, stage, reason }, ...(by !== undefined && { by }) } };
}

/** Who said that it may flow in, else who ended the barrier. */
function whoLetsIn(barrier: Barrier | undefined): Principal | undefined {
  const said = barrier?.notes.findLast(({ what }) => what.kind === 'let-in')?.what;
  return said?.kind === 'let-in' ? said.by : barrier?.ended?.by;
}

/** Somebody said stop: it goes without a word more, and the way stays closed until it has gone. */
function isBeingStopped({ executionId }: AtTransition, open: readonly Release[]): boolean {
  const own = open.filter(({ route }) => route.kind === 'pipeline' && route.executionId === executionId);
  return own.length > 0 && own.every(({ cancel }) => cancel !== undefined && cancel.refused === undefined);
}

/** What waits is asked about once; when something else waits, anew. */
function ask(barriers: Barriers, hold: BarrierHold, { pipeline, stage, waiting: all }: Transition, { now, open }: BarrierFacts): BarrierPlan {
  const waiting = all.filter((one) => !isBeingStopped(one, open));
  if (waiting.length === 0) return { barriers, audit: [] };
  const asked = waiting.map(({ executionId }) => executionId);
  const shown = waiting.map(({ executionId, number, what }) => ({ executionId, ...(number !== undefined && { number }), what }));
  const known = withHoldAt(barriers, hold, { ...hold, asked });
  const key = `may-flow-in:${pipeline}/${stage}:${asked.map((id) => id.slice(-8)).join(',')}`;
  return { barriers: noted(known, lastEnded(barriers)?.id, key, now, { kind: 'may-flow-in', pipeline, stage, waiting: shown }), audit: [] };
}
