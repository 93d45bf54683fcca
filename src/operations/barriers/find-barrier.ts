import { environmentOf, type App, type Environment } from '../../domain/app.ts';
import type { Barrier, Barriers } from '../../domain/barriers/barriers.ts';
import type { World } from '../../ports.ts';

/** A barrier with the environment that it stands in front of. */
export interface FoundBarrier {
  readonly app: App;
  readonly environment: Environment;
  readonly barriers: Barriers;
  readonly barrier: Barrier;
}

/** The barrier of this id, in force or ended; a forged id finds nothing. */
export async function barrierById(id: string, world: World): Promise<FoundBarrier | undefined> {
  for (const app of world.apps.all()) {
    for (const environment of app.environments) {
      const barriers = await world.store.barriers(app.name, environment.name);
      const barrier = barriers.all.find((one) => one.id === id);
      if (barrier) return { app, environment, barriers, barrier };
    }
  }
  return undefined;
}

/** The environment that a thread is about: of a lock or a freeze, or of a release. */
export async function placeOfThread(channel: string, threadTs: string, world: World): Promise<Pick<FoundBarrier, 'app' | 'environment'> | undefined> {
  const message = await world.store.messageAt(channel, threadTs);
  if (!message) return undefined;
  const barrier = await barrierById(message.owner, world);
  if (barrier) return barrier;
  const release = await world.store.release(message.owner);
  const app = world.apps.all().find((one) => one.name === release?.app);
  const environment = app && release && environmentOf(app, release.environment);
  return app && environment && { app, environment };
}
