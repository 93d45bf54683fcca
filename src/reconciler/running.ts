import type { Deploy, Verdict } from '../domain/deploy.ts';
import { occupies } from '../domain/occupancy.ts';
import type { Release } from '../domain/release.ts';
import type { RunningVersion } from '../domain/running-version.ts';
import type { Store, World } from '../ports.ts';

/** How many releases of an app are asked whether they brought what runs. */
const LOOK_BACK = 30;

/**
 * The release that brought this label to the environment after the deploy had begun; else the one that is inside, and
 * of which it is not known yet what it brings. Undefined: it was done outside Slack.
 */
export async function replacerOf(release: Release, deploy: Deploy, label: string, store: Store): Promise<Release | undefined> {
  const { environment } = deploy;
  const since = deploy.startedAt ?? release.requestedAt;
  const others = (await store.recentReleases({ app: release.app, limit: LOOK_BACK })).filter((other) => other.id !== release.id);
  const there = (other: Release): Deploy | undefined => other.deploys.find((one) => one.environment === environment);
  const brought = others.find((other) => there(other)?.label === label && (there(other)?.startedAt ?? 0) >= since);
  return brought ?? others.find((other) => occupies(other, environment) && [undefined, label].includes(there(other)?.label ?? labelOf(other)));
}

function labelOf({ route }: Release): string | undefined {
  return route.kind === 'version' ? route.label : undefined;
}

/** Deploys that begin remember what ran there before: only so can a failed one say whether all is as it was. */
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
  const standing = standingOf(verdict);
  await store.recordRunning({ app: release.app, environment: deploy.environment, label, revision: { ...release.revision, label }, since, standing, releaseNumber: release.number });
  if (release.purpose === 'rollback' && standing !== 'bad') await discredit(release, label, since, store);
}

/** What was replaced had been deployed well; what was rolled back while it was being checked is nothing to go back to. */
function standingOf({ outcome, replaced }: Verdict): RunningVersion['standing'] {
  if (outcome === 'live') return 'verified';
  if (replaced?.rolledBack) return 'bad';
  return outcome === 'live-not-verified' ? 'deployed' : 'bad';
}

/** What was rolled back from is no target any more: the next rollback must not bring it back. */
async function discredit(release: Release, label: string, since: number, store: Store): Promise<void> {
  const undone = (await store.runningVersions(release.app, release.environment, 20)).find((entry) => entry.since < since && entry.label !== label);
  if (undone && undone.label === release.previous?.label) await store.recordRunning({ ...undone, standing: 'bad' });
}
