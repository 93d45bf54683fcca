import type { App } from '../domain/app.ts';
import { Fault } from '../domain/faults.ts';
import { aheadOf } from '../domain/occupancy.ts';
import type { Effect, Intent } from '../domain/effect.ts';
import type { Release } from '../domain/release.ts';
import type { EffectCall, EffectResult, World } from '../ports.ts';
import type { Plan } from './plan/plan-facts.ts';
import { waitingFor } from './plan/waiting.ts';
import type { Run } from './reconcile.ts';
import { takeInResult } from './take-in/take-in-result.ts';

/**
 * Writes the decision down before the call, and looks once more who else is inside or has written the same: whoever
 * finds anybody steps back into the queue (its release then has no intent). Each writes before it looks, so of two that
 * decide at the same moment at least one sees the other. Where both do, both step back, and the lower number comes first.
 */
export async function decide(release: Release, planned: NonNullable<Plan['effect']>, run: Run): Promise<Release> {
  const { world } = run;
  const intent: Intent = { effect: planned.effect, t0: world.clock.now(), ...(planned.by !== undefined && { by: planned.by }) };
  const decided = await world.store.saveRelease({ ...release, intent }, run.claim);
  const others = enters(planned.effect) ? await othersAtTheDoor(decided, world) : [];
  const [first] = others;
  if (!first) return decided;
  const { intent: _withdrawn, ...without } = decided;
  return world.store.saveRelease(waitingFor(without, { for: 'queue', behind: first.number, place: others.length }, { now: world.clock.now() }), run.claim);
}

function enters(effect: Effect): boolean {
  return effect.kind === 'update-environment' || (effect.kind === 'answer-approval' && effect.approved);
}

/** As the queue counts: a rollback lets only rollbacks pass. */
async function othersAtTheDoor(release: Release, world: World): Promise<readonly Release[]> {
  const ahead = aheadOf(release, await world.store.openReleases(release.app));
  return release.purpose === 'rollback' ? ahead.filter((other) => other.purpose === 'rollback') : ahead;
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
    if (!(fault instanceof Fault) || fault.retryable || fault.unknownOutcome || !takesNoForAnAnswer(intent.effect)) throw fault;
    return { kind: 'refused', text: fault.message };
  }
}

/**
 * What is forbidden for good is AWS's no, also where it forbids the look before the call: it ends the release, or is
 * told while the release goes on without.
 */
function takesNoForAnAnswer({ kind }: Effect): boolean {
  return kind === 'start-execution' || kind === 'update-environment' || kind === 'hold-transition' || kind === 'free-transition';
}

function callOf(release: Release, intent: Intent): EffectCall {
  return {
    t0: intent.t0,
    token: `jack-${release.id}-${release.attempt}`,
    releaseNumber: release.number,
    ...(intent.by !== undefined && { by: intent.by }),
  };
}
