import type { App } from '../domain/app.ts';
import { Fault } from '../domain/faults.ts';
import type { Failure, Release } from '../domain/release.ts';
import { failedAction } from './plan/plan-pipeline.ts';
import type { Run } from './reconcile.ts';

type Seen = Parameters<Run['world']['aws']['gatherFailure']>[2];

const NEEDS_A_CAUSE: ReadonlySet<Release['status']> = new Set(['failed', 'mixed-versions', 'rolled-back-by-beanstalk']);

/**
 * A release that has just failed gets its evidence before it is recorded as failed, so that the reply says why at
 * once. Evidence that cannot be read delays nothing: the failed action's own words are always there.
 */
export async function withFailure(release: Release, app: App, seen: Seen, run: Run): Promise<Release> {
  if (!NEEDS_A_CAUSE.has(release.status) || release.failure) return release;
  return { ...release, failure: await gathered(release, app, seen, run) };
}

async function gathered(release: Release, app: App, seen: Seen, run: Run): Promise<Failure> {
  try {
    return await run.world.aws.gatherFailure(app, release, seen);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    run.log.warn({ release: release.number, err: fault }, 'the evidence of a failure could not be read');
    const failed = seen.execution && failedAction(seen.execution);
    return { cause: failed?.action.error?.message ?? release.outcome ?? 'AWS does not say why.', links: [] };
  }
}
