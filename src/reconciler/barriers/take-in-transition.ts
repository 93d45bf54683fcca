import type { AuditFact } from '../../domain/audit.ts';
import { factOfEffect } from '../../domain/auditing/facts.ts';
import { barrierIn, type BarrierHold, type Barriers } from '../../domain/barriers/barriers.ts';
import type { Effect, Intent } from '../../domain/effect.ts';
import type { Time } from '../../domain/observation.ts';
import type { EffectResult } from '../../ports.ts';
import { withNo, withYes } from './aws-said.ts';
import { bearing, isAnyInForce, lastEnded } from './barrier-plan.ts';
import { holdAt, withHoldAt } from './transition.ts';
import { isSameNo, oneMoreNo } from './try-again.ts';

export type TransitionEffect = Extract<Effect, { kind: 'hold-transition' | 'free-transition' }>;

/** Barriers change nothing in AWS but transitions. */
export function isOfTransition(effect: Effect): effect is TransitionEffect {
  return effect.kind === 'hold-transition' || effect.kind === 'free-transition';
}

/** Records what AWS answered, and that the change is not open any more. `overtaken` leaves the truth to the next look. */
export function takeInTransition(barriers: Barriers, intent: Intent, result: EffectResult, now: Time): Barriers {
  const { intent: _done, ...rest } = barriers;
  const { effect } = intent;
  if (!isOfTransition(effect) || result.kind === 'busy') return rest;
  if (result.kind === 'refused') return refused(rest, effect, result.text, now);
  if (result.kind !== 'done') return withHoldAt(rest, effect, undefined);
  const { pipeline, stage } = effect;
  const told = withYes(rest, now, { kind: 'allowed-by-aws', what: whatOf(effect), pipeline, stage });
  if (effect.kind === 'hold-transition') return withHoldAt(told, effect, heldFor(rest, effect));
  return withHoldAt(told, effect, isAnyInForce(rest, now) ? ajar(rest, effect) : undefined);
}

function whatOf({ kind }: TransitionEffect): 'hold' | 'free' {
  return kind === 'hold-transition' ? 'hold' : 'free';
}

/** It may have stood open before: what is inside now is looked at. */
function heldFor(barriers: Barriers, effect: TransitionEffect): BarrierHold {
  const { pipeline, stage, reason } = effect;
  return { pipeline, stage, reason, state: 'held', ...(isPuttingBack(barriers, effect) && { putBack: true as const }), lookInside: true };
}

/** What was put back once is remembered: not twice. */
function isPuttingBack(barriers: Barriers, { pipeline, stage, reason }: TransitionEffect): boolean {
  const before = holdAt(barriers, { pipeline, stage });
  return before?.reason === reason && (before.state === 'drifted' || before.putBack === true);
}

/** Opened for what was let pass: what was known of the hold stays known until it is closed again. */
function ajar(barriers: Barriers, { pipeline, stage, reason }: TransitionEffect): BarrierHold {
  const { tried: _before, ...hold } = holdAt(barriers, { pipeline, stage }) ?? { pipeline, stage, reason };
  return { ...hold, state: 'ajar' };
}

/** What is known of the hold stays known: AWS is asked again. */
function refused(barriers: Barriers, effect: TransitionEffect, text: string, now: Time): Barriers {
  const { pipeline, stage, reason } = effect;
  const what = whatOf(effect);
  const before = holdAt(barriers, { pipeline, stage });
  const hold = what === 'free' ? { ...before, state: 'stuck' as const } : { state: 'refused' as const, ...(isPuttingBack(barriers, effect) && { putBack: true as const }) };
  const known = withHoldAt(barriers, { pipeline, stage }, { ...hold, pipeline, stage, reason, tried: oneMoreNo(before, text, barriers, now) });
  const whose = barriers.all.find((one) => one.id === barrierIn(reason)) ?? bearing(barriers, now) ?? lastEnded(barriers);
  return withNo(known, whose?.id, now, { kind: 'refused-by-aws', what, pipeline, stage, text });
}

/** The line of the audit: whose word it was, and what AWS said. `busy` is no answer, and no line; nor is the same no again. */
export function factOfTransition(barriers: Barriers, intent: Intent, result: EffectResult, answered: { readonly at: Time; readonly found: boolean }): readonly AuditFact[] {
  const { app, environment } = barriers;
  const { effect } = intent;
  if (!isOfTransition(effect) || result.kind === 'busy' || (result.kind === 'refused' && isSameNo(holdAt(barriers, effect), result.text))) return [];
  const barrier = barrierIn(effect.reason);
  return [factOfEffect(intent, result, { ...answered, on: { app, environment, ...(barrier !== undefined && { barrier }) } })];
}
