import type { App } from '../domain/app.ts';
import type { Place } from '../domain/place.ts';
import type { World } from '../ports.ts';

/** Apps × environments as they are now: what the home tab and `/jack status` show. */
export async function placesOf(apps: readonly App[], world: World): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const app of apps) {
    const open = await world.store.openReleases(app.name);
    for (const environment of app.environments) {
      const seen = await world.aws.observeEnvironment(app, environment.beanstalkEnvironment);
      const revision = seen.label === undefined ? undefined : await world.aws.revisionOfLabel(app, seen.label);
      const newest = (await world.store.runningVersions(app.name, environment.name, 1))[0];
      const known = newest !== undefined && newest.label === seen.label;
      places.push({
        app,
        environment,
        seen,
        open: open.filter((release) => release.environment === environment.name),
        ...(revision && { revision: { ...revision, ...(seen.label !== undefined && { label: seen.label }) } }),
        ...(known && { since: newest.since, standing: newest.standing }),
      });
    }
  }
  return places;
}
