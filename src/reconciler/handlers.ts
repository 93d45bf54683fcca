import { environmentOf, type App } from '../domain/app.ts';
import type { Time } from '../domain/observation.ts';
import { isOver } from '../domain/release.ts';
import type { Claim, Log, World } from '../ports.ts';
import { takeBaseline } from './baseline.ts';
import { reconcileBarriers } from './barriers/reconcile-barriers.ts';
import { leftBehind, stillBarred } from './barriers/vanished.ts';
import { noteAlive } from './blind.ts';
import { reconcileRelease } from './reconcile.ts';
import type { Rhythm } from './rhythm.ts';
import { scanPipeline } from './scan.ts';

/** Says what is wrong with jack.yml where an environment is concerned; undefined: nothing any more. `about`: the key of the environment's or the release's work. */
export type Complain = (problem: string | undefined, about: string) => void;

export type Handler = (key: string, claim: Claim) => Promise<Time | undefined>;

/** How often notes that are worth nothing any more are removed. */
const FORGET_EVERY_MS = 24 * 3_600_000;

/** Due work of the reconciler by the key's prefix: 'release:<id>', 'pipeline:<app>/<pipeline>', 'barriers:<app>/<environment>', 'baseline:<app>/<environment>', 'alive:<app>', 'notes:old'. */
export function reconcilerHandlers(world: World, log: Log, rhythm: Rhythm, complain: Complain = () => undefined): Readonly<Record<string, Handler>> {
  const tellGone = tellingGone(world, log, rhythm, complain);
  return {
    async release(key, claim) {
      const release = await world.store.release(rest(key));
      complain(release && !isOver(release) && isGone(release.app, release.environment, world) ? leftBehind(release) : undefined, key);
      return reconcileRelease(rest(key), { world, log, claim, rhythm });
    },
    pipeline: (key) => inApp(key, world, rhythm, (app, name) => scanPipeline(app, name, world, rhythm)),
    alive: (key, claim) => inApp(key, world, rhythm, (app) => noteAlive(app, world, claim)),
    async barriers(key, claim) {
      const { appName, name } = namesIn(key);
      if (isGone(appName, name, world)) return tellGone(key);
      complain(undefined, key);
      return inApp(key, world, rhythm, async (app, name) => {
        const environment = environmentOf(app, name);
        return environment && reconcileBarriers(app, environment, { world, log, claim, rhythm });
      });
    },
    async notes() {
      await world.store.forgetNotes(world.clock.now());
      return world.clock.now() + FORGET_EVERY_MS;
    },
    baseline: (key) =>
      inApp(key, world, rhythm, async (app, name) => {
        const environment = environmentOf(app, name);
        if (environment) await takeBaseline(app, environment, world);
        return undefined;
      }),
  };
}

function rest(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

/** 'barriers:shop/prod' is about prod, of shop. */
function namesIn(key: string): { readonly appName: string; readonly name: string } {
  const [appName = '', ...name] = rest(key).split('/');
  return { appName, name: name.join('/') };
}

/** jack.yml does not name the environment any more; an app that is not discovered for a while is not gone. */
function isGone(appName: string, name: string, { apps }: World): boolean {
  const app = apps.all().find((one) => one.name === appName);
  return app ? !environmentOf(app, name) : !apps.problems().some((one) => one.app === appName);
}

/** Jack does nothing for such an environment. That its lock is lost and its transition stays closed is complained of for as long as it is so, and logged once in a process. */
function tellingGone(world: World, log: Log, rhythm: Rhythm, complain: Complain): (key: string) => Promise<Time | undefined> {
  const told = new Set<string>();
  return async (key) => {
    const { appName, name } = namesIn(key);
    const problem = stillBarred(await world.store.barriers(appName, name), world.clock.now());
    complain(problem && `The file does not have it any more, and ${problem} Put it back into the file.`, key);
    if (problem === undefined) return undefined;
    if (!told.has(key)) log.error({ app: appName, environment: name, problem }, 'jack.yml does not have an environment that is barred');
    told.add(key);
    return world.clock.now() + rhythm.slowMs;
  };
}

type AppWork = (app: App, name: string) => Promise<Time | undefined>;

/** The app may be undiscovered for a while: then the work waits. */
async function inApp(key: string, world: World, rhythm: Rhythm, work: AppWork): Promise<Time | undefined> {
  const { appName, name } = namesIn(key);
  const app = world.apps.all().find((one) => one.name === appName);
  return app ? work(app, name) : world.clock.now() + rhythm.slowMs;
}
