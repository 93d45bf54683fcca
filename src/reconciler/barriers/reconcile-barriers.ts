import type { App, Environment } from '../../domain/app.ts';
import type { AuditFact } from '../../domain/audit.ts';
import { isInForce, type Barriers } from '../../domain/barriers/barriers.ts';
import { heldAtGate } from '../../domain/barriers/held-at-gate.ts';
import { Fault } from '../../domain/faults.ts';
import type { Time } from '../../domain/observation.ts';
import { isOver, type Release } from '../../domain/release.ts';
import type { World } from '../../ports.ts';
import type { Run } from '../reconcile.ts';
import { lookAtTransitions } from './look-at-transitions.ts';
import type { BarrierPlan } from './barrier-plan.ts';
import { barriersDueAt } from './due-again.ts';
import { planTransitions } from './plan-transitions.ts';
import { isWorkedBehind } from './worked-behind.ts';
import { planTime } from './plan-time.ts';
import { settleTransition, writeDown } from './settle-transition.ts';
import { forgetEnded, syncBarrierThreads } from './barrier-threads.ts';
import { isOfTransition } from './take-in-transition.ts';

/** More changes than this in one run means that something does not settle: the next run goes on. */
const MAX_ROUNDS = 12;
/** A holder is reminded so often, when nobody says otherwise. */
const NAG_MS = 3 * 3_600_000;

/**
 * Makes the ways into one environment what its locks and freezes say, and their threads equal to what is recorded. It
 * does not matter whether the last run finished, crashed or never happened. Answers when to look again; undefined when
 * nothing is in force and nothing is held.
 */
export async function reconcileBarriers(app: App, environment: Environment, run: Run): Promise<Time | undefined> {
  const timed = await withTime(app, environment, run);
  try {
    const { barriers, pending } = await advance(timed, app, environment, run);
    await syncBarrierThreads(barriers, app, run);
    await forgetEnded(barriers, run);
    return barriersDueAt(barriers, { app, environment, now: run.world.clock.now(), rhythm: run.rhythm, nagMs: run.rhythm.nagMs ?? NAG_MS, pending });
  } catch (fault) {
    // Whoever took the work over writes the threads: two at once would post twice.
    if (fault instanceof Fault) await syncBarrierThreads(await run.world.store.barriers(app.name, environment.name), app, run);
    throw fault;
  }
}

/** What needs no look at AWS comes first: a lock ends in time also while AWS is away. */
async function withTime(app: App, environment: Environment, run: Run): Promise<Barriers> {
  const { world } = run;
  const barriers = await world.store.barriers(app.name, environment.name);
  const now = world.clock.now();
  const rollbacks = await rollbacksOf(barriers, now, world);
  return save(barriers, planTime(barriers, { app, environment, now, rollbacks, held: await heldFor(app, environment, world), nagMs: run.rhythm.nagMs ?? NAG_MS, newId: () => world.ids.next() }), run);
}

async function heldFor(app: App, environment: Environment, world: World): Promise<readonly Release[]> {
  return heldAtGate(await world.store.openReleases(app.name), environment.name);
}

async function rollbacksOf({ all }: Barriers, now: Time, world: World): Promise<readonly Release[]> {
  const numbers = all.filter((one) => isInForce(one, now)).flatMap(({ rollback, lengthened }) => [...(rollback === undefined ? [] : [rollback]), ...(lengthened ? [lengthened.rollback] : [])]);
  const releases = await Promise.all(numbers.map((number) => world.store.releaseByNumber(number)));
  return releases.filter((one) => one !== undefined).filter(isOver);
}

async function advance(found: Barriers, app: App, environment: Environment, run: Run): Promise<{ readonly barriers: Barriers; readonly pending: boolean }> {
  let barriers = found;
  let decidedNow = false;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (barriers.intent) barriers = await settleTransition(barriers, app, { ...run, recovering: !decidedNow });
    const plan = planTransitions(barriers, await lookAtTransitions(barriers, app, environment, run.world));
    barriers = await save(barriers, plan, run);
    if (!plan.effect) return { barriers, pending: plan.soon === true };
    barriers = await writeDown(barriers, plan.effect, run);
    if (await isLate(barriers, app, run)) return { barriers: await withdrawn(barriers, run), pending: true };
    decidedNow = true;
  }
  return { barriers, pending: true };
}

/** A release may have come to work there while the transition's opening was written down: whoever wrote first is seen by the other. */
async function isLate({ intent }: Barriers, app: App, { world }: Run): Promise<boolean> {
  if (!intent || intent.effect.kind !== 'free-transition' || !isOfTransition(intent.effect)) return false;
  return isWorkedBehind(intent.effect, { app, open: await world.store.openReleases(app.name) });
}

async function withdrawn({ intent: _late, ...barriers }: Barriers, { world, claim }: Run): Promise<Barriers> {
  return world.store.saveBarriers(barriers, claim);
}

/** Saves when something changed, with what the audit has to say of it. */
async function save(before: Barriers, { barriers, audit }: Pick<BarrierPlan, 'barriers'> & { readonly audit: readonly AuditFact[] }, { world, claim }: Run): Promise<Barriers> {
  if (JSON.stringify(before) === JSON.stringify(barriers)) return before;
  return world.store.saveBarriers(barriers, claim, { audit });
}
