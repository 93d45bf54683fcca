import type { App } from '../domain/app.ts';
import type { Time } from '../domain/observation.ts';
import type { Release } from '../domain/release.ts';
import { lookAtExecution } from './look.ts';
import { stoppedWords } from './plan/plan-pipeline.ts';
import type { Run } from './reconcile.ts';

/** CloudTrail shows an event about 15 minutes after the call at the latest, as AWS says. */
const PATIENCE_MS = 20 * 60_000;

/** Whether somebody outside Slack stopped it, and AWS has still to say who. */
export function looksForStopper(release: Release, now: Time): boolean {
  return release.status === 'cancelled' && release.executionStatus === 'Stopped' && release.cancel?.askedAws !== true && release.stoppedBy === undefined && now < release.statusAt + PATIENCE_MS;
}

/** Adds the name to what the thread says, once AWS tells it. */
export async function nameStopper(release: Release, app: App, { world, claim }: Run): Promise<Release> {
  if (!looksForStopper(release, world.clock.now())) return release;
  const execution = await lookAtExecution(release, app, world);
  if (execution?.stoppedBy === undefined) return release;
  const outcome = stoppedWords(release, execution);
  return world.store.saveRelease({ ...release, stoppedBy: execution.stoppedBy, ...(outcome !== undefined && { outcome }) }, claim);
}
