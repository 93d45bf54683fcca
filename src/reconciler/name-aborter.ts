import { ownDeploy, type Release } from '../domain/release.ts';
import type { Store } from '../ports.ts';

/** Adds to an aborted deployment the number of the rollback that aborted it, where one did. */
export async function withAborter(release: Release, store: Store): Promise<Release> {
  const deploy = ownDeploy(release);
  if (deploy?.aborted !== true || deploy.abortedBy !== undefined) return release;
  const recent = await store.recentReleases({ app: release.app, environment: release.environment, limit: 20 });
  const aborter = recent.find(({ abortedFirst }) => abortedFirst?.release === release.number && (abortedFirst.state === 'asked' || abortedFirst.state === 'done'));
  if (!aborter) return release;
  return { ...release, deploys: release.deploys.map((one) => (one === deploy ? { ...one, abortedBy: aborter.number } : one)) };
}
