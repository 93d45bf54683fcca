import type { AuditFact } from '../../domain/audit.ts';
import { factOfEffect } from '../../domain/auditing/facts.ts';
import { barrierIn, type BarrierHold, type Barriers } from '../../domain/barriers/barriers.ts';
import type { Effect, Intent } from '../../domain/effect.ts';
import type { Time } from '../../domain/observation.ts';
import type { EffectResult } from '../../ports.ts';
import { bearing, isAnyInForce, lastEnded, noted } from './barrier-plan.ts';
import { holdAt, withHoldAt } from './transition.ts';

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
  if (effect.kind === 'hold-transition') return withHoldAt(rest, effect, heldFor(rest, effect));
  return withHoldAt(rest, effect, isAnyInForce(rest, now) ? ajar(rest, effect) : undefined);
}

/** What was put back once is remembered: not twice. */
function heldFor(barriers: Barriers, { pipeline, stage, reason }: TransitionEffect): BarrierHold {
  const before = holdAt(barriers, { pipeline, stage });
  const again = before?.reason === reason && (before.state === 'drifted' || before.putBack === true);
  return { pipeline, stage, reason, state: 'held', ...(again && { putBack: true as const }) };
}

/** Opened for what was let pass: what was known of the hold stays known until it is closed again. */
function ajar(barriers: Barriers, { pipeline, stage, reason }: TransitionEffect): BarrierHold {
  return { ...(holdAt(barriers, { pipeline, stage }) ?? { pipeline, stage, reason }), state: 'ajar' };
}

function refused(barriers: Barriers, { kind, pipeline, stage, reason }: TransitionEffect, text: string, now: Time): Barriers {
  const what = kind === 'hold-transition' ? ('hold' as const) : ('free' as const);
  const known = withHoldAt(barriers, { pipeline, stage }, { pipeline, stage, reason, state: what === 'hold' ? 'refused' : 'stuck' });
  const whose = barriers.all.find((one) => one.id === barrierIn(reason)) ?? bearing(barriers, now) ?? lastEnded(barriers);
  return noted(known, whose?.id, `refused:${what}:${pipeline}/${stage}`, now, { kind: 'refused-by-aws', what, pipeline, stage, text });
}

/** The line of the audit: whose word it was, and what AWS said. `busy` is no answer, and no line. */
export function factOfTransition({ app, environment }: Barriers, intent: Intent, result: EffectResult, answered: { readonly at: Time; readonly found: boolean }): readonly AuditFact[] {
  const { effect } = intent;
  if (!isOfTransition(effect) || result.kind === 'busy') return [];
  const barrier = barrierIn(effect.reason);
  return [factOfEffect(intent, result, { ...answered, on: { app, environment, ...(barrier !== undefined && { barrier }) } })];
}
