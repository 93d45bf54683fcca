import { holdersOf, isForeign, knownIds, readsLikeJacks } from '../domain/gates/foreign-lock.ts';
import { environmentOf, type App, type Environment, type Pipeline } from '../domain/app.ts';
import { alarmFacts, barrierFacts, foreignFacts, isShutBy, unaskedFacts, type DoorFacts, type Read } from '../domain/door/door-facts.ts';
import { Fault } from '../domain/faults.ts';
import type { DisabledTransition, ObservedExecution, ObservedOperation, Time } from '../domain/observation.ts';
import type { Deploy } from '../domain/deploy.ts';
import { notYetOn, PROMOTION_LOOK_BACK } from '../domain/door/promotion.ts';
import { isOver, ownDeploy, type Release } from '../domain/release.ts';
import { alsoLetInto, aheadOf, entranceOf } from '../domain/occupancy.ts';
import type { RunningVersion } from '../domain/running-version.ts';
import { disabledOn, waysTo, type Way } from '../domain/door/way.ts';
import type { World } from '../ports.ts';
import { withBrokenGlass } from './plan/plan-answer.ts';
import type { FurtherDoor } from './plan/plan-facts.ts';
import { replacerOf } from './running.ts';
import type { SeenDeploy } from './take-in/take-in-deploys.ts';

/** How far back the operation that keeps an environment busy is looked for. */
const BUSY_SINCE_MS = 3 * 60 * 60_000;
/** Beanstalk's event times and Jack's clock may differ. */
const SKEW_MS = 5_000;

/**
 * Reads the execution of a release; undefined when it has none yet, or AWS does not know it. Throws a fault where its
 * pipeline was not found when AWS was last looked through: that may be for a moment only. Who cancels gives it up.
 */
export async function lookAtExecution(release: Release, app: App, world: World): Promise<ObservedExecution | undefined> {
  const { route } = release;
  if (route.kind !== 'pipeline' || route.executionId === undefined) return undefined;
  const pipeline = pipelineOf(app, route.pipeline);
  if (pipeline) return world.aws.observeExecution(app, pipeline, route.executionId);
  if (release.cancel || isOver(release)) return undefined;
  throw new Fault(`Pipeline ${route.pipeline} of ${app.name} is not found. See that it exists, that jack.yml does not leave it out, and that I may call codepipeline:GetPipeline on it. To give this release up: /deploy cancel #${release.number}.`, { retryable: true });
}

export function pipelineOf(app: App, name: string): Pipeline | undefined {
  return app.pipelines.find((pipeline) => pipeline.name === name);
}

/** Reads each environment that the release works on now, and the one that it goes into next when the next step depends on it. */
export async function lookAtDeploys(release: Release, app: App, world: World): Promise<Record<string, SeenDeploy>> {
  const seen: Record<string, SeenDeploy> = {};
  for (const deploy of release.deploys) {
    if (deploy.status === 'running' || deploy.status === 'verifying') seen[deploy.environment] = await lookAtDeploy(deploy, release, app, world);
  }
  const entrance = environmentOf(app, entranceOf(withBrokenGlass(release, world.clock.now())));
  if (entrance && seen[entrance.name] === undefined && isAtTheDoor(release)) {
    seen[entrance.name] = await read(app, entrance.beanstalkEnvironment, { since: world.clock.now() - BUSY_SINCE_MS }, world);
  }
  return seen;
}

/** The state of the environment that it goes into decides the next step; a no needs none. */
function isAtTheDoor(release: Release): boolean {
  if (release.approvals.some(({ state, verdict }) => state === 'decided' && verdict === 'approved') || release.passes?.some(({ gate }) => gate === 'approval')) return true;
  if (release.route.kind === 'pipeline') return false;
  const status = ownDeploy(release)?.status;
  return status !== 'done' && !release.approvals.some((request) => request.state === 'open');
}

async function lookAtDeploy(deploy: Deploy, release: Release, app: App, world: World): Promise<SeenDeploy> {
  const since = (deploy.startedAt ?? release.requestedAt) - SKEW_MS;
  const find = {
    since,
    ...(deploy.requestId !== undefined && { requestId: deploy.requestId }),
    ...(deploy.requestId === undefined && deploy.label !== undefined && { label: deploy.label }),
  };
  const seen = await read(app, deploy.beanstalkEnvironment, find, world);
  const { label, status } = seen.environment;
  if (status !== 'Ready' || deploy.label === undefined || label === undefined || label === deploy.label) return seen;
  const replacedBy = await replacerOf(release, deploy, label, world.store);
  return { ...seen, ...(replacedBy && { replacedBy: { number: replacedBy.number, purpose: replacedBy.purpose } }) };
}

async function read(
  app: App,
  beanstalkEnvironment: string,
  find: { readonly requestId?: string; readonly since: Time; readonly label?: string },
  world: World,
): Promise<SeenDeploy> {
  const environment = await world.aws.observeEnvironment(app, beanstalkEnvironment);
  const operation: ObservedOperation | undefined = await world.aws.observeOperation(app, beanstalkEnvironment, find);
  return operation ? { environment, operation } : { environment };
}

/** What was not read keeps the gates closed that hang on it. */
const UNREAD: DoorFacts = { lock: 'unknown', freeze: 'unknown', foreign: 'unknown', notYetOn: 'unknown' };

/** Reads what keeps the release out of the environment that it goes into next, where the next step may let it in. */
export async function lookAtDoor(release: Release, app: App, world: World): Promise<DoorFacts> {
  const environment = environmentOf(app, entranceOf(release));
  const isStarting = release.route.kind === 'pipeline' && release.route.executionId === undefined;
  if (!environment || !(isStarting || isAtTheDoor(release))) return { ...UNREAD, ...alarmFacts(environment?.alarms ?? [], 'unknown') };
  return lookAtDoorOf(environment, release, app, world);
}

/** The same of the other environments that the yes which is to be given lets it into. What that yes brings it to first, promotion does not wait for. */
export function lookFurther(release: Release, app: App, world: World): Promise<readonly FurtherDoor[]> {
  const also = alsoLetInto(release, app);
  const passed = (at: number): readonly string[] => [entranceOf(release), ...also.slice(0, at).map(({ name }) => name)];
  return Promise.all(also.map(async (environment, at): Promise<FurtherDoor> => {
    const after = environment.after?.filter((name) => !passed(at).includes(name));
    return { environment: environment.name, door: await lookAtDoorOf({ ...environment, ...(after && { after }) }, release, app, world) };
  }));
}

async function lookAtDoorOf(environment: Environment, release: Release, app: App, world: World): Promise<DoorFacts> {
  const { revision, deploys } = release;
  const ran = await orUnknown(whatRan(app, environment.after ?? [], world));
  const names = environment.alarms ?? [];
  return {
    ...(await lookAtBarriers(release, environment, app, world)),
    ...(await lookAtForeign(release, environment, app, world)),
    notYetOn: ran === 'unknown' ? ran : notYetOn(environment.after ?? [], { revision, deploys }, ran),
    ...(names.length > 0 && alarmFacts(names, await orUnknown(world.aws.alarms(app, names)))),
  };
}

/** Transitions on the way that somebody closed in AWS; nothing for a release through a pipeline, which AWS itself holds. */
export async function lookAtForeign({ route }: Release, environment: Environment, app: App, world: World): Promise<Pick<DoorFacts, 'foreign'>> {
  const ways = route.kind === 'version' ? waysTo(app, environment, route) : [];
  const disabled = await Promise.all(ways.map((way) => orUnknown(readWay(app, way, world))));
  const known = ways.length === 0 ? undefined : await idsKnown(app, disabled.flatMap((one) => (one === 'unknown' ? [] : one)), world);
  return foreignFacts(disabled, known);
}

/**
 * Whether anybody who asked may still deploy, as Slack and jack.yml tell it now; nothing for what nobody typed. Looked
 * up before an effect that lets a release in or starts it. One look-up that fails keeps the gate closed, unless another may.
 */
export async function lookAtAskers({ requesters, origin }: Release, app: App, { slack: { people } }: World): Promise<Pick<DoorFacts, 'role'>> {
  if (requesters.length === 0 || origin) return {};
  const mayDeploy = async (user: string): Promise<boolean> => {
    const standing = await people.standing(user);
    return (standing === 'member' || standing === 'guest') && (await people.isAmong(user, [...app.people.owners, ...app.people.contributors]));
  };
  const roles: DoorFacts['role'][] = [];
  for (const { user } of requesters) {
    const may = await orUnknown(mayDeploy(user));
    if (may === true) return { role: 'contributor' };
    roles.push(may === 'unknown' ? may : 'viewer');
  }
  return { role: roles.includes('unknown') ? 'unknown' : 'viewer' };
}

/** Whether the transition that the execution waits at reads like Jack's, with an id that Jack does not know. */
export async function isForgedBefore(execution: ObservedExecution | undefined, app: App, world: World): Promise<boolean> {
  const disabled = execution?.before?.disabled;
  return disabled !== undefined && readsLikeJacks(disabled) && isForeign(disabled, await idsKnown(app, [disabled], world));
}

async function idsKnown(app: App, disabled: readonly Pick<DisabledTransition, 'reason'>[], world: World): Promise<ReadonlySet<string> | undefined> {
  const barriers = await Promise.all(app.environments.map(({ name }) => orUnknown(world.store.barriers(app.name, name))));
  return knownIds(barriers, await Promise.all(holdersOf(disabled).map((number) => orUnknown(world.store.releaseByNumber(number)))));
}

/** The lock and the freeze in force now, and what one that is over left to be asked about the release. */
export async function lookAtBarriers(release: Release, environment: Environment, app: App, world: World): Promise<DoorFacts> {
  const barriers = await orUnknown(world.store.barriers(app.name, environment.name));
  const now = world.clock.now();
  return { ...barrierFacts(barriers, app.freezes ?? [], now), ...unaskedFacts(release, barriers, now) };
}

/** Who has to pass before the release, where it goes in next. */
export async function lookWhoIsAhead(release: Release, app: App, world: World): Promise<readonly Release[]> {
  const open = await world.store.openReleases(release.app);
  const ahead = aheadOf(release, open, world.clock.now());
  const environment = environmentOf(app, entranceOf(release));
  const isShut = ahead.length > 0 && environment !== undefined && isShutBy(await lookAtBarriers(release, environment, app, world));
  return isShut ? aheadOf(release, open, world.clock.now(), isShut) : ahead;
}

/** Any error: a gate that hangs on what cannot be read is closed, and the release is looked at again. */
async function orUnknown<T>(reading: Promise<T>): Promise<Read<T>> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error) return 'unknown';
    throw error;
  }
}

async function readWay(app: App, way: Way, world: World): Promise<readonly DisabledTransition[]> {
  const pipeline = pipelineOf(app, way.pipeline);
  return pipeline ? disabledOn(way, await world.aws.disabledTransitions(app, pipeline)) : [];
}

async function whatRan(app: App, environments: readonly string[], world: World): Promise<Record<string, readonly RunningVersion[]>> {
  const ran: Record<string, readonly RunningVersion[]> = {};
  for (const environment of environments) ran[environment] = await world.store.runningVersions(app.name, environment, PROMOTION_LOOK_BACK);
  return ran;
}
