import type { App } from '../domain/app.ts';
import type { Absence } from '../domain/absence.ts';
import type { Time } from '../domain/observation.ts';
import type { Claim, World } from '../ports.ts';
import { blindMessage } from '../views/blind.ts';
import { syncMessages } from './sync-thread.ts';

/** How often Jack notes that it is there. */
const HEARTBEAT_MS = 30_000;
/** A restart takes seconds; this long is an absence that people should know of. */
const BLIND_MS = 3 * 60_000;

/**
 * Notes that Jack is there. After an absence it says once, in the app's channel, from when to when it saw nothing, and
 * what happened meanwhile.
 */
export async function noteAlive(app: App, world: World, claim?: Claim): Promise<Time> {
  const now = world.clock.now();
  const last = Number((await world.store.note(`alive:${app.name}`)) ?? now);
  if (now - last > BLIND_MS) await tellAbsence(app, { from: last, now, world, claim });
  await world.store.setNote(`alive:${app.name}`, String(now));
  return now + HEARTBEAT_MS;
}

async function tellAbsence(app: App, { from, now, world, claim }: { readonly from: Time; readonly now: Time; readonly world: World; readonly claim: Claim | undefined }): Promise<void> {
  const owner = `blind:${app.name}:${from}`;
  const to = Number((await world.store.note(owner)) ?? now);
  await world.store.setNote(owner, String(to));
  await syncMessages(owner, [blindMessage(app, await lookBack(app, from, to, world))], world, claim);
}

/** Executions that ran, and operations that began, while nobody looked. */
async function lookBack(app: App, from: Time, to: Time, world: World): Promise<Absence> {
  const executions: Absence['executions'][number][] = [];
  for (const pipeline of app.pipelines) {
    const recent = await world.aws.recentExecutions(app, pipeline, 25);
    executions.push(...recent.filter((one) => one.updatedAt >= from && one.startedAt <= to).map((one) => ({ pipeline: pipeline.name, ...one })));
  }
  const operations: Absence['operations'][number][] = [];
  for (const environment of app.environments) {
    const events = await world.aws.environmentEvents(app, environment.beanstalkEnvironment, from);
    const told = events.filter((event) => event.at <= to && (event.severity === 'ERROR' || / (is starting|completed successfully)\.$/.test(event.message)));
    operations.push(...told.map((event) => ({ environment: environment.name, ...event })));
  }
  return { from, to, executions, operations };
}
