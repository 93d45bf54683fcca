import type { App, Environment } from '../domain/app.ts';
import { barrierIn, freezesOf, lockOf, type Barrier } from '../domain/barriers/barriers.ts';
import { Fault } from '../domain/faults.ts';
import type { Place } from '../domain/place.ts';
import type { World } from '../ports.ts';
import { transitionsBefore } from './gates/closed-transitions.ts';

/** Apps × environments as they are now: what the home tab and `/jack status` show. One that cannot be read hides no other. */
export async function placesOf(apps: readonly App[], world: World): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const app of apps) {
    const open = await world.store.openReleases(app.name);
    for (const environment of app.environments) {
      const coming = open.filter((release) => release.environment === environment.name);
      const barriers = await barriersAt(app, environment, world);
      const reading = await readPlace(app, environment, world);
      places.push({ app, environment, open: coming, barriers, ...reading, transitions: reading.transitions.filter(({ reason }) => !isOf(barriers, reason)) });
    }
  }
  return places;
}

/** A transition that is held for a lock which is shown says nothing new. */
function isOf(barriers: readonly Barrier[], reason: string): boolean {
  const id = barrierIn(reason);
  return barriers.some((one) => one.id === id);
}

async function barriersAt(app: App, environment: Environment, world: World): Promise<readonly Barrier[]> {
  const barriers = await world.store.barriers(app.name, environment.name);
  const now = world.clock.now();
  const lock = lockOf(barriers, now);
  return [...(lock ? [lock] : []), ...freezesOf(barriers, now)];
}

type Reading = Omit<Place, 'app' | 'environment' | 'open' | 'barriers'>;

async function readPlace(app: App, environment: Environment, world: World): Promise<Reading> {
  try {
    return await whatIsThere(app, environment, world);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { unreadable: fault.message, transitions: [] };
  }
}

async function whatIsThere(app: App, environment: Environment, world: World): Promise<Reading> {
  const seen = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  const revision = seen.label === undefined ? undefined : await world.aws.revisionOfLabel(app, seen.label);
  const newest = (await world.store.runningVersions(app.name, environment.name, 1))[0];
  const known = newest !== undefined && newest.label === seen.label;
  return {
    seen,
    transitions: await transitionsBefore(app, environment, world),
    ...(revision && { revision: { ...revision, ...(seen.label !== undefined && { label: seen.label }) } }),
    ...(known && { since: newest.since, standing: newest.standing }),
  };
}
