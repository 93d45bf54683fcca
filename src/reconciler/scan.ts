import { nextAttempt } from '../domain/attempt.ts';
import { factOfFound, factOfRetry } from '../domain/auditing/request-facts.ts';
import { deploysTo, environmentAt, type App, type Environment, type Pipeline } from '../domain/app.ts';
import type { ExecutionSummary, Time } from '../domain/observation.ts';
import { isOver, type Origin, type Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { lookInsideAgain } from './barriers/retried-behind.ts';
import { pipelineOf } from './look.ts';
import type { Rhythm } from './rhythm.ts';

/** How many of a pipeline's newest executions are looked at; and how many where even the last of these is news. */
const LOOK_AT = 25;
const LOOK_BACK = 100;
/** A start by Jack may be seen in the list before its answer is recorded. */
const SKEW_MS = 10_000;

/**
 * Finds the executions that nobody typed (a push, a schedule, the console) and gives each a release, to the last
 * environment of its pipeline. Answers when to look again.
 */
export async function scanPipeline(app: App, name: string, world: World, rhythm: Rhythm): Promise<Time | undefined> {
  const pipeline = pipelineOf(app, name);
  if (!pipeline) return undefined;
  const now = world.clock.now();
  const since = await firstSeenAt(app, pipeline, world);
  const executions = await recentOf(app, pipeline, since, world);
  const starting = (await world.store.openReleases(app.name)).filter((release) => isStarting(release, pipeline));
  for (const execution of executions.toReversed()) {
    if (execution.startedAt < since && execution.status !== 'InProgress') continue;
    if (starting.some((release) => mayBeOf(release, execution))) continue;
    await track(app, pipeline, execution, world);
  }
  const moving = executions.some((execution) => execution.status === 'InProgress' || execution.status === 'Stopping');
  return now + (moving || starting.length > 0 ? rhythm.fastMs : Math.min(rhythm.slowMs, rhythm.fastMs * 3));
}

/** More than the usual where many were started since the last look. */
async function recentOf(app: App, pipeline: Pipeline, since: Time, world: World): Promise<readonly ExecutionSummary[]> {
  const recent = await world.aws.recentExecutions(app, pipeline, LOOK_AT);
  const last = recent[LOOK_AT - 1];
  if (!last || last.startedAt < since || (await world.store.releaseByExecution(pipeline.name, last.id)).length > 0) return recent;
  return world.aws.recentExecutions(app, pipeline, LOOK_BACK);
}

/** What was over before Jack first saw the pipeline is history, not news. */
async function firstSeenAt(app: App, pipeline: Pipeline, world: World): Promise<Time> {
  const key = `pipeline-seen:${app.name}/${pipeline.name}`;
  const noted = await world.store.note(key);
  if (noted !== undefined) return Number(noted);
  const now = world.clock.now();
  await world.store.setNote(key, String(now));
  return now;
}

/** Its start is written down and its execution is not known yet: one of the unknown executions may be its. */
function isStarting(release: Release, pipeline: Pipeline): boolean {
  const { route, intent } = release;
  return !isOver(release) && route.kind === 'pipeline' && route.pipeline === pipeline.name && route.executionId === undefined && intent?.effect.kind === 'start-execution';
}

function mayBeOf({ intent, requestedAt }: Release, execution: ExecutionSummary): boolean {
  return execution.trigger?.type === 'StartPipelineExecution' && execution.startedAt >= (intent?.t0 ?? requestedAt) - SKEW_MS;
}

/** It was over, and AWS runs it again: somebody retried a stage in the console. */
function wasRetried(release: Release, execution: ExecutionSummary): boolean {
  const ended = release.executionStatus === 'Failed' || release.executionStatus === 'Stopped';
  return isOver(release) && ended && execution.status === 'InProgress';
}

async function goOn(release: Release, world: World): Promise<void> {
  const now = world.clock.now();
  const again = nextAttempt(release, now);
  await world.store.saveRelease(again, undefined, { audit: [factOfRetry(again, now)] });
  await world.store.nudge(`release:${release.id}`, now);
}

async function track(app: App, pipeline: Pipeline, execution: ExecutionSummary, world: World): Promise<void> {
  const known = await world.store.releaseByExecution(pipeline.name, execution.id);
  const retried = known.filter((one) => wasRetried(one, execution));
  // First of all: once the release goes on, nothing tells the next look that it was retried.
  if (retried.length > 0) await lookInsideAgain(app, { pipeline: pipeline.name, executionId: execution.id }, world);
  for (const release of retried) await goOn(release, world);
  if (known.length > 0) return;
  const environment = lastEnvironment(app, pipeline);
  if (!environment) return;
  const previous = await whatRuns(app, environment, world);
  const found: Omit<Release, 'number' | 'version'> = {
    id: world.ids.next(),
    attempt: 1,
    app: app.name,
    environment: environment.name,
    channel: app.channel,
    purpose: execution.rollbackOf === undefined ? 'deploy' : 'rollback',
    route: { kind: 'pipeline', pipeline: pipeline.name, executionId: execution.id },
    revision: execution.revisions[0] ?? {},
    ...(previous && { previous }),
    requesters: [],
    loudness: environment.loudness,
    origin: originOf(execution),
    requestedAt: execution.startedAt,
    status: 'requested',
    statusAt: execution.startedAt,
    stages: [],
    deploys: [],
    approvals: [],
    holds: [],
    notes: [],
  };
  await world.store.addRelease(found, undefined, { audit: [factOfFound(found, world.clock.now())] });
}

/** As for a release that somebody typed: what ships and what to go back to hangs on it. */
async function whatRuns(app: App, environment: Environment, world: World): Promise<Release['previous']> {
  const { label } = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  return label === undefined ? undefined : { ...(await world.aws.revisionOfLabel(app, label)), label };
}

function lastEnvironment(app: App, pipeline: Pipeline): Environment | undefined {
  const targets = pipeline.stages.flatMap((stage) => stage.actions.map((action) => environmentAt(app, action.beanstalkEnvironment)));
  return targets.findLast((environment) => environment !== undefined && deploysTo(pipeline, environment.beanstalkEnvironment).length > 0);
}

const PUSHES: ReadonlySet<string> = new Set(['CloudWatchEvent', 'PollForSourceChanges', 'Webhook', 'WebhookV2', 'PutActionRevision']);

function originOf({ trigger, rollbackOf }: ExecutionSummary): Origin {
  const who = trigger?.detail?.split('/').at(-1);
  if (rollbackOf !== undefined) return { kind: 'rollback', ...(who !== undefined && { who }) };
  if (trigger && PUSHES.has(trigger.type)) return { kind: 'push' };
  if (trigger?.type === 'StartPipelineExecution') return { kind: 'console', ...(who !== undefined && { who }) };
  return { kind: 'other' };
}
