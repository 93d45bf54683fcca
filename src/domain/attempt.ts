import type { Deploy } from './deploy.ts';
import type { Time } from './observation.ts';
import { isOver, withNote, type Release } from './release.ts';

/** How an attempt ended: what its closing reply goes on saying when the next one runs. */
export type EndedAttempt = Pick<Release, 'attempt' | 'status' | 'statusAt' | 'outcome' | 'failure' | 'cancel' | 'deploys'>;

/**
 * The next try of the same release, in the same thread: its execution was retried in AWS. A final status is final for
 * its attempt alone. What had been deployed well stays; what failed is looked at anew.
 */
export function nextAttempt(release: Release, now: Time): Release {
  if (!isOver(release)) return release;
  const { outcome, failure, cancel, trouble: _trouble, followedBy: _followedBy, stoppedBy: _stoppedBy, intent: _intent, passes: _passes, ...rest } = release;
  const ended: EndedAttempt = {
    attempt: release.attempt,
    status: release.status,
    statusAt: release.statusAt,
    deploys: release.deploys,
    ...(outcome !== undefined && { outcome }),
    ...(failure && { failure }),
    ...(cancel && { cancel }),
  };
  const attempt = release.attempt + 1;
  const again: Release = { ...rest, attempt, status: 'running', statusAt: now, deploys: release.deploys.map(anew), earlier: [...(release.earlier ?? []), ended] };
  return withNote(again, `attempt:${attempt}`, now, { kind: 'tried-again', attempt });
}

function anew(deploy: Deploy): Deploy {
  if (deploy.verdict?.outcome === 'live' || deploy.verdict?.outcome === 'live-not-verified') return deploy;
  const { environment, beanstalkEnvironment } = deploy;
  return { environment, beanstalkEnvironment, status: 'pending' };
}

/** The release as it stood at the end of that attempt; itself when that attempt is the present one. */
export function asItEnded(release: Release, attempt: number): Release {
  const ended = release.earlier?.find((one) => one.attempt === attempt);
  if (!ended) return release;
  const { outcome: _outcome, failure: _failure, cancel: _cancel, ...rest } = release;
  return { ...rest, ...ended };
}

/** The key of a note that each attempt may have: the first one's is the bare word. */
export function keyOfAttempt(word: string, { attempt }: Pick<Release, 'attempt'>): string {
  return attempt === 1 ? word : `${word}:${attempt}`;
}

/** Whose note that is. */
export function attemptOfKey(key: string): number {
  return Number(key.split(':')[1] ?? 1);
}
