import type { Deploy } from '../domain/deploy.ts';
import type { Release } from '../domain/release.ts';
import type { RunningVersion } from '../domain/running-version.ts';
import type { Store, World } from '../ports.ts';

/** Deploys that begin remember what ran there before: only so can "rolled back" be told from "replaced". */
export async function withPreviousLabels(release: Release, world: World): Promise<Release> {
  let current = release;
  for (const deploy of release.deploys) {
    if (deploy.status === 'pending' || deploy.status === 'done' || deploy.previousLabel !== undefined) continue;
    const history = await world.store.runningVersions(release.app, deploy.environment, 5);
    const before = history.find((entry) => entry.standing !== 'bad' && entry.label !== deploy.label);
    if (before) current = { ...current, deploys: current.deploys.map((one) => (one === deploy ? { ...one, previousLabel: before.label } : one)) };
  }
  return current;
}

/** What came to run by deploys that were judged in this step. A repeat records the same. */
export async function recordWhatRuns(before: Release, after: Release, store: Store): Promise<void> {
  for (const deploy of after.deploys) {
    const was = before.deploys.find((one) => one.environment === deploy.environment);
    if (deploy.status === 'done' && was?.status !== 'done') await recordDeploy(after, deploy, store);
  }
}

async function recordDeploy(release: Release, deploy: Deploy, store: Store): Promise<void> {
  const { label, verdict } = deploy;
  if (label === undefined || !verdict) return;
  const since = deploy.operationEndedAt ?? deploy.endedAt ?? release.statusAt;
  const standing = standingOf(verdict.outcome);
  await store.recordRunning({ app: release.app, environment: deploy.environment, label, revision: { ...release.revision, label }, since, standing, releaseNumber: release.number });
  if (release.purpose === 'rollback' && standing !== 'bad') await discredit(release, label, since, store);
}

function standingOf(outcome: NonNullable<Deploy['verdict']>['outcome']): RunningVersion['standing'] {
  if (outcome === 'live') return 'verified';
  return outcome === 'live-not-verified' ? 'deployed' : 'bad';
}

/** What was rolled back from is no target any more: the next rollback must not bring it back. */
async function discredit(release: Release, label: string, since: number, store: Store): Promise<void> {
  const undone = (await store.runningVersions(release.app, release.environment, 20)).find((entry) => entry.since < since && entry.label !== label);
  if (undone && undone.label === release.previous?.label) await store.recordRunning({ ...undone, standing: 'bad' });
}
