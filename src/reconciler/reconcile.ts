
import type { App } from '../domain/app.ts';
import { approvalFacts } from '../domain/approvals/audited.ts';
import { factsOfEnd } from '../domain/auditing/facts.ts';
import type { Effect, Intent } from '../domain/effect.ts';
import type { ObservedExecution, Time } from '../domain/observation.ts';
import { entranceOf, withTurnTold } from '../domain/occupancy.ts';
import { isOver, type Release } from '../domain/release.ts';
import type { Claim, Log, World } from '../ports.ts';
import { decide, settleIntent } from './apply.ts';
import { withoutGone } from './approvals/gone.ts';
import { withInformedQuestions } from './approvals/inform.ts';
import { withCommits } from './commits.ts';
import { withFailure } from './failure.ts';
import { isForgedBefore, lookAtAskers, lookAtDeploys, lookAtDoor, lookAtExecution, lookFurther, lookWhoIsAhead } from './look.ts';
import { withAborter } from './name-aborter.ts';
import { nameStopper } from './name-stopper.ts';
import { planRelease } from './plan/plan.ts';
import { withBrokenGlass } from './plan/plan-answer.ts';
import type { OnTheWay, Plan, PlanFacts } from './plan/plan-facts.ts';
import { recordWhatRuns, withPreviousLabels, withWhatRuns } from './running.ts';
import { dueAgainAt, type Rhythm } from './rhythm.ts';
import { takeBackOffers } from './take-back-offers.ts';
import { takeInDeploys, type SeenDeploy } from './take-in/take-in-deploys.ts';
import { takeInExecution } from './take-in/take-in-execution.ts';
import { syncThread } from './sync-thread.ts';
import { cleared, troubled } from './trouble.ts';

/** What a reconciling run works with. */
export interface Run {
  readonly world: World;
  readonly log: Log;
  readonly claim: Claim;
  readonly rhythm: Rhythm;
}

/** More effects than this in one run means that something does not settle: the next run goes on. */
const MAX_ROUNDS = 8;

/**
 * Brings one release as far as it can go now: observe, plan, record, apply, and then make the thread equal to what is
 * recorded. Every run starts from what is true, so it does not matter whether the last one finished, crashed or never
 * happened. Answers when to look again; undefined when the release is over and its thread says so.
 */
export async function reconcileRelease(id: string, run: Run): Promise<Time | undefined> {
  const found = await run.world.store.release(id);
  if (!found) return undefined;
  const app = run.world.apps.all().find((one) => one.name === found.app);
  if (!app) return run.world.clock.now() + run.rhythm.slowMs;
  try {
    const release = await nameStopper(await advance(found, app, run), app, run);
    await takeBackOffers(release, run.world);
    await syncThread(release, app, run);
    return dueAgainAt(release, run.world.clock.now(), run.rhythm);
  } catch (fault) {
    const told = await troubled(id, fault, run);
    if (told) await syncThread(told, app, run);
    throw fault;
  }
}

async function advance(found: Release, app: App, run: Run): Promise<Release> {
  let release = found;
  let decidedNow = false;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const settled = await settleIntent(release, app, { ...run, recovering: !decidedNow });
    const { unmade } = settled;
    release = settled.release;
    if ((release.intent && !unmade) || isOver(release)) return release;
    const plan = await planOnce(withoutIntent(release), app, run);
    const again = unmade && plan.effect?.effect.kind === unmade.effect.kind ? unmade : undefined;
    release = await save(release, again ? stillTrying(plan.release, again, release) : plan.release, run);
    if (!plan.effect) return release;
    const decided = await decide(release, plan.effect, run, again);
    if (!decided.intent) return decided;
    release = decided;
    decidedNow = true;
  }
  return release;
}

function withoutIntent({ intent: _unmade, ...release }: Release): Release {
  return release;
}

/** What was seen is no end of the trouble while the call itself does not succeed. */
function stillTrying(planned: Release, intent: Intent, { trouble }: Release): Release {
  return { ...planned, intent, ...(trouble && { trouble }) };
}

/** Observes, takes in what was seen, and plans. Changes nothing. */
async function planOnce(release: Release, app: App, run: Run): Promise<Plan> {
  const { world } = run;
  const now = world.clock.now();
  const newId = (): string => world.ids.next();
  const execution = await lookAtExecution(release, app, world);
  const followed = execution ? takeInExecution(release, execution, { app, now, newId }) : release;
  const placed = await withPreviousLabels(followed, world);
  const seen = await lookAtDeploys(placed, app, world);
  const judged = takeInDeploys(placed, seen, { app, now });
  const named = await withAborter(judged, world.store);
  const own = seen[release.environment];
  const informed = await withCommits(await withWhatRuns(cleared(named), own?.environment, app, run), app, run);
  const answering = withBrokenGlass(informed, now);
  const entrance = entranceOf(answering);
  const ahead = await lookWhoIsAhead(answering, app, world);
  const door = await lookAtDoor(answering, app, world);
  const further = await lookFurther(answering, app, world);
  const supersededBy = await supersederOf(execution, world);
  const facts: PlanFacts = {
    app, now, newId, ahead, door, further,
    ...(supersededBy !== undefined && { supersededBy }),
    ...((await isForgedBefore(execution, app, world)) && { forgedBefore: true as const }),
    ...(execution && { execution }),
    ...(own && { seen: own.environment }),
    ...(own?.operation && { operation: own.operation }),
    ...(entrance !== release.environment && { onTheWay: onTheWay(entrance, seen[entrance]) }),
  };
  const plan = await planAllowed(informed, facts, world);
  const failed = await withFailure(plan.release, app, { ...(execution && { execution }), ...(own && { environment: own.environment }), ...(own?.operation && { operation: own.operation }) }, run);
  const told = await withInformedQuestions(failed, run);
  return { ...plan, release: plan.effect ? told : withTurnTold(told, now) };
}

/** Where something would be let in or started, whether anybody who asked may still deploy, and who approved still approve, is looked up, and the plan is made with it. */
async function planAllowed(release: Release, facts: PlanFacts, world: World): Promise<Plan> {
  const plan = planRelease(release, facts);
  if (!plan.effect || !hangsOnRole(plan.effect.effect, release)) return plan;
  return planRelease(await withoutGone(release, facts.app, world), { ...facts, door: { ...facts.door, ...(await lookAtAskers(release, facts.app, world)) } });
}

/** Holding a transition and aborting what is in flight are the first steps in. */
function hangsOnRole(effect: Effect, { cancel }: Release): boolean {
  if (effect.kind === 'abort-update') return !cancel;
  return effect.kind === 'start-execution' || effect.kind === 'update-environment' || effect.kind === 'hold-transition' || (effect.kind === 'answer-approval' && effect.approved);
}

function onTheWay(environment: string, seen: SeenDeploy | undefined): OnTheWay {
  return { environment, ...(seen && { seen: seen.environment }), ...(seen?.operation && { operation: seen.operation }) };
}

/** The release that people know the newer execution by; it may not have been found yet. */
async function supersederOf(execution: ObservedExecution | undefined, world: World): Promise<number | undefined> {
  if (execution?.supersededBy === undefined) return undefined;
  return (await world.store.releaseByExecution(execution.pipeline, execution.supersededBy))[0]?.number;
}

/** Saves when something changed; what came to run is recorded first and whom to ask is nudged first, so that a crash in between costs a repeat. */
async function save(before: Release, after: Release, run: Run): Promise<Release> {
  if (JSON.stringify(before) === JSON.stringify(after)) return before;
  await recordWhatRuns(before, after, run.world.store);
  if (isNewly(isHeldBack, before, after) || isNewly(isUnasked, before, after)) await run.world.store.nudge(`barriers:${after.app}/${placeOf(after)}`, run.world.clock.now());
  const now = run.world.clock.now();
  return run.world.store.saveRelease(after, run.claim, { audit: [...approvalFacts(before, after, now), ...factsOfEnd(before, after, now)] });
}

/** Of this environment it has not been so before. */
function isNewly(is: (release: Release) => boolean, before: Release, after: Release): boolean {
  return is(after) && !(is(before) && placeOf(before) === placeOf(after));
}

/** In front of which environment it is held. */
function placeOf({ waiting, environment }: Release): string {
  return (waiting?.for === 'gate' ? waiting.environment : undefined) ?? environment;
}

/** What held it is over, and whether it goes on is asked in the thread of that. */
function isUnasked({ waiting }: Release): boolean {
  return waiting?.for === 'gate' && waiting.because.because === 'unasked';
}

/** A lock or a freeze holds it: a window of jack.yml may not be noted as one yet. */
function isHeldBack({ waiting }: Release): boolean {
  return waiting?.for === 'gate' && (waiting.gate === 'lock' || waiting.gate === 'freeze');
}
