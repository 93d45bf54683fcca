import type { App } from '../domain/app.ts';
import { Fault } from '../domain/faults.ts';
import { aheadOf } from '../domain/occupancy.ts';
import type { Effect, Intent } from '../domain/effect.ts';
import type { Release } from '../domain/release.ts';
import type { EffectCall, EffectResult, World } from '../ports.ts';
import type { Plan } from './plan/plan-facts.ts';
import type { Run } from './reconcile.ts';
import { takeInResult } from './take-in/take-in-result.ts';

/**
 * Writes the decision down before the call. Two releases that decided at the same moment see each other now, and the
 * later one steps back (its release then has no intent).
 */
export async function decide(release: Release, planned: NonNullable<Plan['effect']>, run: Run): Promise<Release> {
  const { world } = run;
  const intent: Intent = { effect: planned.effect, t0: world.clock.now(), ...(planned.by !== undefined && { by: planned.by }) };
  const decided = await world.store.saveRelease({ ...release, intent }, run.claim);
  if (!enters(planned.effect) || !(await isOvertakenAtTheDoor(decided, world))) return decided;
  const { intent: _withdrawn, ...without } = decided;
  return world.store.saveRelease(without, run.claim);
}

function enters(effect: Effect): boolean {
  return effect.kind === 'update-environment' || (effect.kind === 'answer-approval' && effect.approved);
}

async function isOvertakenAtTheDoor(release: Release, world: World): Promise<boolean> {
  const inside = aheadOf(release, await world.store.openReleases(release.app)).filter((other) => other.number < release.number);
  return release.purpose === 'rollback' ? inside.some((other) => other.purpose === 'rollback') : inside.length > 0;
}

/**
 * Carries out an effect that is written down. After a crash, or when nobody knows the outcome, it is looked for first:
 * a repeat must cost nothing.
 */
export async function settleIntent(release: Release, app: App, run: Run & { readonly recovering: boolean }): Promise<Release> {
  const { intent } = release;
  if (!intent) return release;
  const { world, log } = run;
  const call = callOf(release, intent);
  log.info({ release: release.number, effect: intent.effect.kind }, 'settling an effect');
  const done = run.recovering ? await lookForEffect(release, app, intent, call, run) : undefined;
  const result = done ?? (await performOnce(app, intent, call, run));
  log.info({ release: release.number, effect: intent.effect.kind, result: result.kind }, 'effect settled');
  return world.store.saveRelease(takeInResult(release, intent, result, world.clock.now()), run.claim);
}

/** An execution that carries another release is not the one that was looked for. */
async function lookForEffect(release: Release, app: App, intent: Intent, call: EffectCall, run: Run): Promise<EffectResult | undefined> {
  const found = await run.world.aws.findEffect(app, intent.effect, call);
  if (found?.kind !== 'started' || release.route.kind !== 'pipeline') return found;
  const owners = await run.world.store.releaseByExecution(release.route.pipeline, found.executionId);
  return owners.some((owner) => owner.id !== release.id) ? undefined : found;
}

async function performOnce(app: App, intent: Intent, call: EffectCall, run: Run): Promise<EffectResult> {
  try {
    return await run.world.aws.perform(app, intent.effect, call);
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.retryable || fault.unknownOutcome || !endsTheRelease(intent.effect)) throw fault;
    return { kind: 'refused', text: fault.message };
  }
}

/** Effects without which the release cannot go on: AWS's no is its end, in AWS's words. */
function endsTheRelease(effect: Effect): boolean {
  return effect.kind === 'start-execution' || effect.kind === 'update-environment';
}

function callOf(release: Release, intent: Intent): EffectCall {
  return {
    t0: intent.t0,
    token: `jack-${release.id}-${release.attempt}`,
    releaseNumber: release.number,
    ...(intent.by !== undefined && { by: intent.by }),
  };
}
