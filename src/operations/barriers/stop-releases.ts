import type { StoppedAtBarrier } from '../../domain/barriers/barriers.ts';
import { flowId } from '../../domain/barriers/held-at-gate.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Release } from '../../domain/release.ts';
import { briefly } from '../../domain/revision.ts';
import type { World } from '../../ports.ts';
import { cancelRelease } from '../cancel-release.ts';

/** What came of stopping them. */
export interface StoppedReleases {
  /** Those that this person had cancelled, now or a moment ago. */
  readonly own: readonly StoppedAtBarrier[];
  /** Numbers of all that are being cancelled by now, whoever said so. */
  readonly numbers: readonly number[];
}

/** Has each cancelled; what is over or being cancelled already needs no word more. Stops at the first that may not be. */
export async function stopReleases(releases: readonly Pick<Release, 'id' | 'number' | 'route' | 'revision'>[], user: string, world: World): Promise<StoppedReleases | { readonly refusal: Refusal }> {
  const own: StoppedAtBarrier[] = [];
  const numbers: number[] = [];
  for (const release of releases) {
    const answer = await cancelRelease(release.id, user, world);
    const by = answer.ok ? user : answer.refusal.kind === 'already-cancelling' ? answer.refusal.by : undefined;
    if (by !== undefined) numbers.push(release.number);
    if (by === user) own.push({ number: release.number, executionId: flowId(release), what: briefly(release.revision) });
    if (!answer.ok && answer.refusal.kind !== 'already-cancelling' && answer.refusal.kind !== 'release-over') return { refusal: answer.refusal };
  }
  return { own, numbers };
}
