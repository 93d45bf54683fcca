import { environmentAt, pipelineTo, type App, type Environment, type Pipeline } from '../domain/app.ts';
import type { ExecutionSummary, ObservedEnvironment } from '../domain/observation.ts';
import { runsEverywhere } from '../domain/rollback-target.ts';
import type { Route } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';
import type { World } from '../ports.ts';
import type { Choice, Settled } from './choice.ts';

/**
 * `/deploy prod`, no revision named: what is on its way with the newest one is adopted; else the newest is started.
 * `shown`: the commit that the caller saw as the newest; another one is not taken in its place.
 */
export async function chooseNewest(app: App, environment: Environment, world: World, shown?: string): Promise<Choice> {
  const pipeline = pipelineTo(app, environment);
  if (!pipeline) return choosePromotion(app, environment, world);
  const head = await world.aws.sourceHead(app, pipeline);
  if (shown !== undefined && head?.id !== shown) return { kind: 'refused', refusal: { kind: 'newer-since', environment: environment.name, shown, ...(head?.id !== undefined && { newest: head.id }) } };
  const recent = await world.aws.recentExecutions(app, pipeline, 25);
  const coming = await stillComing(app, pipeline, environment, recent, world);
  const newestId = head?.id ?? recent[0]?.revisions[0]?.id;
  const withNewest = coming.find((execution) => isOf(execution, newestId));
  if (withNewest) return { kind: 'go', route: adopt(pipeline, withNewest), revision: withNewest.revisions[0] ?? head ?? {} };
  const already = await runsAlready(app, environment, head, world);
  if (already) return already;
  const older = coming[0];
  const newest = head ?? {};
  if (older && head) {
    return { kind: 'ask', question: { kind: 'older-waits', pipeline: pipeline.name, executionId: older.id, waiting: older.revisions[0] ?? {}, newest } };
  }
  if (older) return { kind: 'go', route: adopt(pipeline, older), revision: older.revisions[0] ?? {} };
  return startNew(app, environment, pipeline, newest);
}

/** A new execution; where nothing would stop it behind the environment, the caller is asked first. */
export function startNew(app: App, environment: Environment, pipeline: Pipeline, revision: Revision): Choice {
  const route: Route = { kind: 'pipeline', pipeline: pipeline.name };
  const beyond = environmentsBeyond(app, environment, pipeline);
  if (beyond.length > 0) return { kind: 'ask', question: { kind: 'passes-through', pipeline: pipeline.name, environments: beyond, newest: revision } };
  return { kind: 'go', route, revision };
}

function adopt(pipeline: Pipeline, execution: ExecutionSummary): Route {
  return { kind: 'pipeline', pipeline: pipeline.name, executionId: execution.id };
}

function isOf(execution: ExecutionSummary, commit: string | undefined): boolean {
  return commit !== undefined && execution.revisions.some((revision) => revision.id === commit);
}

/** Executions under way that have not deployed to the environment yet, newest first. */
async function stillComing(app: App, pipeline: Pipeline, environment: Environment, recent: readonly ExecutionSummary[], world: World): Promise<readonly ExecutionSummary[]> {
  const coming: ExecutionSummary[] = [];
  for (const execution of recent.filter((one) => one.status === 'InProgress').slice(0, 5)) {
    const seen = await world.aws.observeExecution(app, pipeline, execution.id);
    const deploys = seen?.stages.flatMap((stage) => stage.actions).filter((action) => action.beanstalkEnvironment === environment.beanstalkEnvironment) ?? [];
    if (!deploys.some((action) => action.status === 'Succeeded' || action.status === 'Failed')) coming.push(execution);
  }
  return coming;
}

/** So many versions of each environment are looked through. */
const SAME_LOOK_BACK = 20;

/** "Already runs" is said only when nothing else runs there, on any instance. */
export async function runsAlready(app: App, environment: Environment, wanted: Revision | undefined, world: World): Promise<Settled | undefined> {
  if (wanted?.id === undefined && wanted?.label === undefined) return undefined;
  const seen = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  if (seen.label === undefined || !runsEverywhere(seen.label, seen)) return undefined;
  const running = await world.aws.revisionOfLabel(app, seen.label);
  const same = wanted.label === undefined ? running.id === wanted.id : seen.label === wanted.label || (await cameTogether([seen.label, wanted.label], app, world));
  if (!same) return undefined;
  const since = await runningSince(app, environment, seen, world);
  return { kind: 'refused', refusal: { kind: 'already-runs', environment: environment.name, what: running.id ?? seen.label, onInstances: isOnInstances(seen), ...(since !== undefined && { since }) } };
}

/** Each deploy action of a pipeline makes a label of its own: those that one execution brought are the same build. */
async function cameTogether(labels: readonly [string, string], app: App, world: World): Promise<boolean> {
  const [one, other] = await Promise.all(labels.map((label) => broughtBy(label, app, world)));
  return one !== undefined && one === other;
}

async function broughtBy(label: string, app: App, { store }: World): Promise<string | undefined> {
  const ran = await Promise.all(app.environments.map(({ name }) => store.runningVersions(app.name, name, SAME_LOOK_BACK)));
  const number = ran.flat().find((version) => version.label === label)?.releaseNumber;
  const route = number === undefined ? undefined : (await store.releaseByNumber(number))?.route;
  return route?.kind === 'pipeline' ? route.executionId : undefined;
}

/** With basic health Beanstalk tells of no instance, and nothing may be said of them. */
export function isOnInstances({ instances }: ObservedEnvironment): boolean {
  return instances !== undefined && instances.length > 0;
}

async function runningSince(app: App, environment: Environment, seen: ObservedEnvironment, world: World): Promise<number | undefined> {
  const newest = (await world.store.runningVersions(app.name, environment.name, 1))[0];
  return newest?.label === seen.label ? newest?.since : undefined;
}

/** Later environments that nothing stops the execution from reaching. */
export function environmentsBeyond(app: App, environment: Environment, pipeline: Pipeline): readonly string[] {
  const actions = pipeline.stages.flatMap((stage) => stage.actions);
  const at = actions.findIndex((action) => action.beanstalkEnvironment === environment.beanstalkEnvironment);
  const behind = actions.slice(at + 1);
  const stop = behind.findIndex((action) => action.kind === 'approval');
  const reached = stop === -1 ? behind : behind.slice(0, stop);
  return reached.map((action) => environmentAt(app, action.beanstalkEnvironment)?.name).filter((name) => name !== undefined);
}

/** No pipeline deploys there: the version that the environment before it runs. */
async function choosePromotion(app: App, environment: Environment, world: World): Promise<Choice> {
  const before = app.environments[app.environments.indexOf(environment) - 1];
  const label = before && (await world.aws.observeEnvironment(app, before.beanstalkEnvironment)).label;
  if (label === undefined) return { kind: 'refused', refusal: { kind: 'nothing-to-deploy', app: app.name, environment: environment.name } };
  const revision = await world.aws.revisionOfLabel(app, label);
  const already = await runsAlready(app, environment, { label }, world);
  return already ?? { kind: 'go', route: { kind: 'version', label }, revision };
}
