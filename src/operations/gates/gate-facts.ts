import type { App, Environment } from '../../domain/app.ts';
import { alarmFacts, barrierFacts, foreignFacts, type DoorFacts, type Read } from '../../domain/door/door-facts.ts';
import { holdersOf, knownIds } from '../../domain/gates/foreign-lock.ts';
import type { DisabledTransition } from '../../domain/observation.ts';
import { notYetOn, PROMOTION_LOOK_BACK } from '../../domain/door/promotion.ts';
import type { Route } from '../../domain/release.ts';
import type { Revision } from '../../domain/revision.ts';
import type { RunningVersion } from '../../domain/running-version.ts';
import { disabledOn, waysTo } from '../../domain/door/way.ts';
import type { World } from '../../ports.ts';

/** What would come, and how. */
export interface Coming {
  readonly app: App;
  readonly environment: Environment;
  readonly route: Route;
}

/** What makes a request end at once: locks, transitions that somebody closed in AWS, freezes. What cannot be read is 'unknown', and closed. */
export async function readBarriers({ app, environment, route }: Coming, world: World): Promise<DoorFacts> {
  const barriers = await orUnknown(world.store.barriers(app.name, environment.name));
  const disabled = await Promise.all(waysTo(app, environment, route).map((way) => orUnknown(readWay(app, way, world))));
  return { ...barrierFacts(barriers, app.freezes ?? [], world.clock.now()), ...foreignFacts(disabled, await idsKnown(app, disabled.flatMap((one) => (one === 'unknown' ? [] : one)), world)) };
}

/** What `isForeign` goes by. The whole app's, for a pipeline passes the transitions of other environments too. */
export async function idsKnown(app: App, disabled: readonly DisabledTransition[], world: World): Promise<ReadonlySet<string> | undefined> {
  const barriers = await Promise.all(app.environments.map(({ name }) => orUnknown(world.store.barriers(app.name, name))));
  return knownIds(barriers, await Promise.all(holdersOf(disabled).map((number) => orUnknown(world.store.releaseByNumber(number)))));
}

/** What makes a release wait in front of its environment, besides the queue and Beanstalk. */
export async function readConditions({ app, environment }: Coming, revision: Revision, world: World): Promise<Pick<DoorFacts, 'notYetOn' | 'alarms'>> {
  const after = environment.after ?? [];
  const names = environment.alarms ?? [];
  const ran = after.length === 0 ? {} : await orUnknown(readWhatRan(app, after, world));
  return {
    ...(after.length > 0 && { notYetOn: ran === 'unknown' ? ran : notYetOn(after, { revision, deploys: [] }, ran) }),
    ...(names.length > 0 && alarmFacts(names, await orUnknown(world.aws.alarms(app, names)))),
  };
}

/** Any error: a gate that hangs on what cannot be read is closed, and says so. */
export async function orUnknown<T>(reading: Promise<T>): Promise<Read<T>> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error) return 'unknown';
    throw error;
  }
}

async function readWay(app: App, way: ReturnType<typeof waysTo>[number], world: World): Promise<readonly DisabledTransition[]> {
  const pipeline = app.pipelines.find(({ name }) => name === way.pipeline);
  return pipeline ? disabledOn(way, await world.aws.disabledTransitions(app, pipeline)) : [];
}

async function readWhatRan(app: App, environments: readonly string[], world: World): Promise<Record<string, readonly RunningVersion[]>> {
  const ran: Record<string, readonly RunningVersion[]> = {};
  for (const environment of environments) ran[environment] = await world.store.runningVersions(app.name, environment, PROMOTION_LOOK_BACK);
  return ran;
}

