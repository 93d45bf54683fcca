import type { Time } from '../domain/observation.ts';
import type { Claim, Log, World } from '../ports.ts';
import { takeBaseline } from './baseline.ts';
import { reconcileBarriers } from './barriers/reconcile-barriers.ts';
import { noteAlive } from './blind.ts';
import { reconcileRelease } from './reconcile.ts';
import type { Rhythm } from './rhythm.ts';
import { scanPipeline } from './scan.ts';

export type Handler = (key: string, claim: Claim) => Promise<Time | undefined>;

/** Due work of the reconciler by the key's prefix: 'release:<id>', 'pipeline:<app>/<pipeline>', 'barriers:<app>/<environment>', 'baseline:<app>/<environment>', 'alive:<app>'. */
export function reconcilerHandlers(world: World, log: Log, rhythm: Rhythm): Readonly<Record<string, Handler>> {
  return {
    release: (key, claim) => reconcileRelease(rest(key), { world, log, claim, rhythm }),
    pipeline: (key) => inApp(key, world, rhythm, (app, name) => scanPipeline(app, name, world, rhythm)),
    alive: (key) => inApp(key, world, rhythm, (app) => noteAlive(app, world)),
    barriers: (key, claim) =>
      inApp(key, world, rhythm, async (app, name) => {
        const environment = app.environments.find((one) => one.name === name);
        return environment && reconcileBarriers(app, environment, { world, log, claim, rhythm });
      }),
    baseline: (key) =>
      inApp(key, world, rhythm, async (app, name) => {
        const environment = app.environments.find((one) => one.name === name);
        if (environment) await takeBaseline(app, environment, world);
        return undefined;
      }),
  };
}

function rest(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

type AppWork = (app: ReturnType<World['apps']['all']>[number], name: string) => Promise<Time | undefined>;

/** The app may be undiscovered for a while: then the work waits. */
async function inApp(key: string, world: World, rhythm: Rhythm, work: AppWork): Promise<Time | undefined> {
  const [appName = '', ...name] = rest(key).split('/');
  const app = world.apps.all().find((one) => one.name === appName);
  return app ? work(app, name.join('/')) : world.clock.now() + rhythm.slowMs;
}
