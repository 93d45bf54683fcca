import type { App, Environment } from '../domain/app.ts';
import { barrierIn, freezesOf, lockOf, type Barrier } from '../domain/barriers/barriers.ts';
import { openQuestion } from '../domain/barriers/open-question.ts';
import { Fault } from '../domain/faults.ts';
import { isForeign, readsLikeJacks } from '../domain/gates/foreign-lock.ts';
import type { DisabledTransition } from '../domain/observation.ts';
import type { Place } from '../domain/place.ts';
import type { World } from '../ports.ts';
import { transitionsBefore } from './gates/closed-transitions.ts';
import { idsKnown } from './gates/gate-facts.ts';

/** Apps × environments as they are now: what the home tab and `/jack status` show. One that cannot be read hides no other. */
export async function placesOf(apps: readonly App[], world: World): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const app of apps) {
    const open = await world.store.openReleases(app.name);
    for (const environment of app.environments) {
      const coming = open.filter((release) => release.environment === environment.name);
      const { barriers, asks } = await barriersAt(app, environment, world);
      const reading = await readPlace(app, environment, world);
      places.push({ app, environment, open: coming, barriers, ...(asks && { asks }), ...reading, transitions: reading.transitions.filter(({ reason }) => !isOf(barriers, reason)) });
    }
  }
  return places;
}

/** A transition that is held for a lock which is shown says nothing new. */
function isOf(barriers: readonly Barrier[], reason: string): boolean {
  const id = barrierIn(reason);
  return barriers.some((one) => one.id === id);
}

async function barriersAt(app: App, environment: Environment, world: World): Promise<Pick<Place, 'barriers' | 'asks'>> {
  const barriers = await world.store.barriers(app.name, environment.name);
  const now = world.clock.now();
  const lock = lockOf(barriers, now);
  const asks = openQuestion(barriers, now);
  return { barriers: [...(lock ? [lock] : []), ...freezesOf(barriers, now)], ...(asks && { asks }) };
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

/** Those that only read like Jack's are marked: nothing is said of them that Jack does not know. */
async function told(disabled: readonly DisabledTransition[], app: App, world: World): Promise<readonly DisabledTransition[]> {
  const known = await idsKnown(app, disabled, world);
  return disabled.map((one) => (readsLikeJacks(one) && isForeign(one, known) ? { ...one, forged: true as const } : one));
}

async function whatIsThere(app: App, environment: Environment, world: World): Promise<Reading> {
  const seen = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
  const revision = seen.label === undefined ? undefined : await world.aws.revisionOfLabel(app, seen.label);
  const newest = (await world.store.runningVersions(app.name, environment.name, 1))[0];
  const known = newest !== undefined && newest.label === seen.label;
  return {
    seen,
    transitions: await told(await transitionsBefore(app, environment, world), app, world),
    ...(revision && { revision: { ...revision, ...(seen.label !== undefined && { label: seen.label }) } }),
    ...(known && { since: newest.since, standing: newest.standing }),
  };
}
