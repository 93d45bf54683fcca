import { environmentOf, type App } from '../domain/app.ts';
import { factOfEffect, onRelease } from '../domain/auditing/facts.ts';
import { Fault } from '../domain/faults.ts';
import { entranceOf } from '../domain/occupancy.ts';
import type { Effect, Intent } from '../domain/effect.ts';
import type { Time } from '../domain/observation.ts';
import type { Release, Waiting } from '../domain/release.ts';
import type { EffectCall, EffectResult, World } from '../ports.ts';
import { yieldedToBarriers } from './barriers/hand-over.ts';
import { lookAtAskers, lookAtBarriers, lookAtForeign, lookFurther, lookWhoIsAhead } from './look.ts';
import type { Plan, PlanFacts } from './plan/plan-facts.ts';
import { UNLISTED, waitingFor, waitsAtBarrier, waitsToStart } from './plan/waiting.ts';
import type { Run } from './reconcile.ts';
import { takeInResult } from './take-in/take-in-result.ts';

/**
 * Writes the decision down before the call, and looks once more who else is inside or has written the same: whoever
 * finds anybody steps back into the queue (its release then has no intent). Each writes before it looks, so of two that
 * decide at the same moment at least one sees the other. Where both do, both step back, and the lower number comes first.
 * What is decided `again` is looked for since its first try.
 */
export async function decide(release: Release, planned: NonNullable<Plan['effect']>, run: Run, again?: Intent): Promise<Release> {
  const { world } = run;
  const intent: Intent = { effect: planned.effect, t0: again?.t0 ?? world.clock.now(), ...(planned.by !== undefined && { by: planned.by }) };
  const decided = await world.store.saveRelease({ ...release, intent }, run.claim);
  return (await steppedBack(decided, planned.effect, run)) ?? decided;
}

/** Somebody else is there, or something closed, since the plan was made. */
async function inTheWay(decided: Release, effect: Effect, now: Time, world: World): Promise<Waiting | undefined> {
  const app = world.apps.all().find((one) => one.name === decided.app);
  const others = app && enters(effect) ? await othersAtTheDoor(decided, app, world) : [];
  const [first] = others;
  return first ? { for: 'queue', behind: first.number, place: others.length } : barredNow(decided, effect, now, world);
}

/**
 * Without its intent, if anything is in its way: it decides anew once the way is free. It waits since the look began:
 * who lets it in while Jack looks is not taken to have done so before.
 */
async function steppedBack(decided: Release, effect: Effect, { world, claim }: Run): Promise<Release | undefined> {
  const now = world.clock.now();
  const waiting = await inTheWay(decided, effect, now, world);
  const { intent: _withdrawn, ...release } = decided;
  return waiting && world.store.saveRelease(waitingFor(release, waiting, { now }), claim);
}

/** A lock, a freeze or a transition that somebody closed since the plan was made; or jack.yml names the environment no more. */
async function barredNow(release: Release, effect: Effect, now: Time, world: World): Promise<Waiting | undefined> {
  const app = world.apps.all().find((one) => one.name === release.app);
  const entrance = entranceOf(release);
  const environment = app && environmentOf(app, entrance);
  if (!(enters(effect) || effect.kind === 'start-execution')) return undefined;
  if (!environment) return UNLISTED;
  const facts: PlanFacts = { app, now, ahead: [], door: { ...(await lookAtBarriers(release, environment, app, world)), ...(await lookAtForeign(release, environment, app, world)), ...(await lookAtAskers(release, app, world)) }, further: await lookFurther(release, app, world), newId: () => world.ids.next(), ...(entrance !== release.environment && { onTheWay: { environment: entrance } }) };
  return effect.kind === 'start-execution' ? waitsToStart(release, undefined, facts) : waitsAtBarrier(release, facts);
}

function enters(effect: Effect): boolean {
  return effect.kind === 'update-environment' || (effect.kind === 'answer-approval' && effect.approved);
}

/** As the queue counts: a rollback lets only rollbacks pass. */
async function othersAtTheDoor(release: Release, app: App, world: World): Promise<readonly Release[]> {
  const ahead = await lookWhoIsAhead(release, app, world);
  return release.purpose === 'rollback' ? ahead.filter((other) => other.purpose === 'rollback') : ahead;
}

/** What AWS shows late is looked for through so many fast looks before it is made again: 12 s at the usual rhythm. */
const HIDDEN_LOOKS = 4;

/** What became of a decision that was written down. */
export interface Settled {
  readonly release: Release;
  /** It has not been carried out, and is not without a new plan; until that is saved it stands in the release. */
  readonly unmade?: Intent;
}

/**
 * Carries out an effect that is written down. After a crash, or when nobody knows the outcome, it is looked for first:
 * a repeat must cost nothing. While AWS may still hide it, the intent stays open and nothing is made. What was not made
 * and lets something in, starts or aborts it, is left to a new plan: what it was decided on may not hold any more.
 */
export async function settleIntent(release: Release, app: App, run: Run & { readonly recovering: boolean }): Promise<Settled> {
  const { intent } = release;
  if (!intent) return { release };
  const { world, log } = run;
  const call = callOf(release, intent);
  log.info({ release: release.number, effect: intent.effect.kind }, 'settling an effect');
  const done = run.recovering ? await lookForEffect(release, app, intent, call, run) : undefined;
  if (run.recovering && !done) {
    if (isHidden(intent, run)) return { release: await missing(release, intent, run) };
    if (isDecidedAnew(intent.effect)) return { release, unmade: intent };
  }
  const yielded = done ? undefined : await yieldedToBarriers(app, intent.effect, world);
  const result = done ?? yielded ?? (await performOnce(app, intent, call, run));
  log.info({ release: release.number, effect: intent.effect.kind, result: result.kind }, 'effect settled');
  const at = world.clock.now();
  // Busy is no answer: the same is decided again later. What was left to a lock or a freeze AWS was never asked.
  const audit = result.kind === 'busy' || yielded ? [] : [factOfEffect(intent, result, { at, on: onRelease(release), found: done !== undefined })];
  return { release: await world.store.saveRelease(takeInResult(release, intent, result, at), run.claim, { audit }) };
}

/** A stop, a no, and a transition that is held or freed are made late as well: they let nothing in. */
function isDecidedAnew(effect: Effect): boolean {
  return effect.kind === 'start-execution' || effect.kind === 'abort-update' || enters(effect);
}

/**
 * CodePipeline shows an execution only some moments after its start, and for how long it knows the token of one is
 * written nowhere: one of the two has to bridge the gap, and only the look is Jack's own. It is counted from the first
 * look in vain, since a call may have gone on for long after `t0`.
 */
function isHidden({ effect, missingSince }: Intent, { world, rhythm }: Run): boolean {
  if (effect.kind !== 'start-execution') return false;
  return missingSince === undefined || world.clock.now() < missingSince + rhythm.fastMs * HIDDEN_LOOKS;
}

async function missing(release: Release, intent: Intent, { world, claim }: Run): Promise<Release> {
  if (intent.missingSince !== undefined) return release;
  return world.store.saveRelease({ ...release, intent: { ...intent, missingSince: world.clock.now() } }, claim);
}

/** An execution that carries another release is not the one that was looked for. */
async function lookForEffect(release: Release, app: App, intent: Intent, call: EffectCall, run: Run): Promise<EffectResult | undefined> {
  const found = await run.world.aws.findEffect(app, intent.effect, call);
  if (found?.kind !== 'started' || release.route.kind !== 'pipeline') return found;
  const owners = await run.world.store.releaseByExecution(release.route.pipeline, found.executionId);
  return owners.some((owner) => owner.id !== release.id) ? undefined : found;
}

async function performOnce(app: App, intent: Intent, call: EffectCall, run: Run): Promise<EffectResult> {
  await run.world.store.checkClaim(run.claim);
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
