import { deploysTo, environmentAt, type App, type Environment, type Pipeline } from '../../domain/app.ts';
import { barrierIn, isInForce, type BarrierHold, type Barriers } from '../../domain/barriers/barriers.ts';
import { passKey } from '../../domain/barriers/pass-key.ts';
import { holderOf } from '../../domain/effect.ts';
import type { ObservedExecution } from '../../domain/observation.ts';
import { isOver, type Release } from '../../domain/release.ts';
import { briefly } from '../../domain/revision.ts';
import type { World } from '../../ports.ts';
import { isAnyInForce } from './barrier-plan.ts';
import { holdAt, type AtTransition, type BarrierFacts, type Transition } from './transition.ts';

/** Reads every way into a stage that deploys to the environment, and who else has a word there. */
export async function lookAtTransitions(barriers: Barriers, app: App, environment: Environment, world: World): Promise<BarrierFacts> {
  const now = world.clock.now();
  const transitions = await Promise.all(app.pipelines.map((pipeline) => transitionsOf(pipeline, barriers, { app, environment, world })));
  const all = transitions.flat();
  return {
    app, environment, now,
    transitions: all,
    open: await world.store.openReleases(app.name),
    holders: await holdersAt(all, world),
    neighbours: await neighboursOf(all, app, environment, world),
  };
}

interface Looking {
  readonly app: App;
  readonly environment: Environment;
  readonly world: World;
}

/** The first stage has no way in that could be closed. */
export function transitionsTo(pipeline: Pipeline, beanstalkEnvironment: string): readonly string[] {
  const stages = deploysTo(pipeline, beanstalkEnvironment).filter(({ stage }) => stage !== pipeline.stages[0]);
  return [...new Set(stages.map(({ stage }) => stage.name))];
}

async function transitionsOf(pipeline: Pipeline, barriers: Barriers, looking: Looking): Promise<readonly Transition[]> {
  const stages = transitionsTo(pipeline, looking.environment.beanstalkEnvironment);
  if (stages.length === 0) return [];
  const disabled = await looking.world.aws.disabledTransitions(looking.app, pipeline);
  const bare = stages.map((stage) => ({ pipeline: pipeline.name, stage, disabled: disabled.find((one) => one.stage === stage) }));
  const queue = (await isQueueNeeded(bare, barriers, looking)) ? await executionsOf(pipeline, looking) : [];
  return Promise.all(bare.map((transition) => furnished(transition, queue, barriers, { ...looking, pipeline })));
}

interface BareTransition {
  readonly pipeline: string;
  readonly stage: string;
  readonly disabled: Transition['disabled'] | undefined;
}

/** What stands there matters when a barrier is new, when something may pass, and when one is over whose hold is still there. */
async function isQueueNeeded(transitions: readonly BareTransition[], barriers: Barriers, looking: Looking): Promise<boolean> {
  const now = looking.world.clock.now();
  if (!isAnyInForce(barriers, now)) return transitions.some(({ disabled }) => disabled !== undefined && barrierIn(disabled.reason) !== undefined);
  const isNew = barriers.all.some((one) => isInForce(one, now) && !one.notes.some(({ key }) => key === 'inside'));
  return isNew || barriers.holds.some(isLookedThrough) || (await isAnyPassing(barriers, looking));
}

/** Something may pass there; or it stands open, or stood so a moment ago, and what comes in is named. */
function isLookedThrough({ agreed, state, lookInside }: BarrierHold): boolean {
  return agreed !== undefined || state === 'ajar' || state === 'left' || state === 'refused' || lookInside === true;
}

/** An owner let a release pass what is in force here, also one whose way leads on to another environment: it may stand in front by now. */
async function isAnyPassing({ all }: Barriers, { app, environment, world }: Looking): Promise<boolean> {
  const now = world.clock.now();
  const inForce = all.filter((one) => isInForce(one, now)).map((one) => passKey(one, environment.name));
  const open = await world.store.openReleases(app.name);
  return open.some(({ route, passes = [] }) => route.kind === 'pipeline' && passes.some(({ barriers = [] }) => barriers.some((key) => inForce.includes(key))));
}

async function executionsOf(pipeline: Pipeline, { app, world }: Looking): Promise<readonly ObservedExecution[]> {
  const open = await world.aws.openExecutions(app, pipeline);
  const seen = await Promise.all(open.map((id) => world.aws.observeExecution(app, pipeline, id)));
  return seen.filter((one) => one !== undefined);
}

async function furnished({ pipeline, stage, disabled }: BareTransition, queue: readonly ObservedExecution[], barriers: Barriers, looking: Looking & { readonly pipeline: Pipeline }): Promise<Transition> {
  const { app, world } = looking;
  const waiting = queue.filter(({ before }) => before?.stage === stage);
  const inside = queue.filter((one) => one.before?.stage !== stage && one.stages.some(({ name, status }) => name === stage && (status === 'InProgress' || status === 'Stopping')));
  const state = holdAt(barriers, { pipeline, stage })?.state;
  const changedBy = !disabled && (state === 'held' || state === 'stuck') ? await world.aws.lastChangedBy(app, looking.pipeline, stage) : undefined;
  return {
    pipeline, stage,
    ...(disabled && { disabled }),
    ...(changedBy !== undefined && { changedBy }),
    waiting: await Promise.all(waiting.map((one) => named(one, stage, looking))),
    inside: await Promise.all(inside.map((one) => named(one, stage, looking))),
  };
}

/** As people know it: by its release's number, where it has one already. */
async function named(execution: ObservedExecution, stage: string, { environment, pipeline, world }: Looking & { readonly pipeline: Pipeline }): Promise<AtTransition> {
  const { id, revisions } = execution;
  const releases = await world.store.releaseByExecution(pipeline.name, id);
  const release = releases.find((one) => one.environment === environment.name) ?? releases[0];
  const passes = releases.filter((one) => !isOver(one)).flatMap((one) => one.passes ?? []);
  const approval = release?.approvals.find((one) => one.state === 'open' && one.environment === environment.name);
  const revision = release?.revision.id === undefined ? (revisions[0] ?? release?.revision) : release.revision;
  return {
    executionId: id,
    ...(release && { number: release.number }),
    ...(approval && { approvalId: approval.id }),
    ...(isAskedUnknown(execution, stage, pipeline, releases) && { asks: true as const }),
    ...(isDeploying(execution, environment) && { deploying: true as const }),
    ...(passes.length > 0 && { passes }),
    what: briefly(revision),
  };
}

/** The stage asks, or will, and no release has the request yet. */
function isAskedUnknown({ stages }: ObservedExecution, stage: string, pipeline: Pipeline, releases: readonly Release[]): boolean {
  const approvals = pipeline.stages.find(({ name }) => name === stage)?.actions.filter(({ kind }) => kind === 'approval') ?? [];
  const seen = stages.find(({ name }) => name === stage)?.actions ?? [];
  const due = approvals.some(({ name }) => [undefined, 'InProgress'].includes(seen.find((one) => one.name === name)?.status));
  return due && !releases.some((release) => release.approvals.some(({ state }) => state === 'open' || state === 'decided'));
}

function isDeploying({ stages }: ObservedExecution, { beanstalkEnvironment }: Environment): boolean {
  return stages.some(({ actions }) => actions.some((action) => action.beanstalkEnvironment === beanstalkEnvironment && action.status === 'InProgress'));
}

async function holdersAt(transitions: readonly Transition[], world: World): Promise<readonly Release[]> {
  const numbers = transitions.flatMap(({ disabled }) => (disabled ? (holderOf(disabled.reason) ?? []) : []));
  const releases = await Promise.all([...new Set(numbers)].map((number) => world.store.releaseByNumber(number)));
  return releases.filter((one) => one !== undefined);
}

async function neighboursOf(transitions: readonly Transition[], app: App, environment: Environment, world: World): Promise<readonly Barriers[]> {
  const names = new Set(transitions.flatMap((transition) => behind(transition, app)));
  names.delete(environment.name);
  return Promise.all([...names].map((name) => world.store.barriers(app.name, name)));
}

/** The names of the environments that the stage deploys to. */
export function behind({ pipeline, stage }: { readonly pipeline: string; readonly stage: string }, app: App): readonly string[] {
  const actions = app.pipelines.find((one) => one.name === pipeline)?.stages.find((one) => one.name === stage)?.actions ?? [];
  return actions.flatMap((action) => environmentAt(app, action.beanstalkEnvironment)?.name ?? []);
}
