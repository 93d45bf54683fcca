import type { App } from './domain/app.ts';
import type { Store } from './ports.ts';
import { stillBarred, stillUnderWay } from './reconciler/barriers/vanished.ts';

/**
 * Why these apps cannot take the place of those: an environment would vanish together with its lock, and the way into
 * its stage would stay closed for good; or releases under way would be left to nobody. Undefined: nothing is lost.
 */
export async function lockedOut(before: readonly App[], after: readonly App[], store: Pick<Store, 'barriers' | 'openReleases'>, now: number): Promise<string | undefined> {
  for (const app of before) {
    const stays = after.find((one) => one.name === app.name)?.environments.map(({ name }) => name) ?? [];
    const open = await store.openReleases(app.name);
    for (const { name } of app.environments.filter((environment) => !stays.includes(environment.name))) {
      const problem = stillBarred(await store.barriers(app.name, name), now) ?? stillUnderWay(open, name);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}
