import type { Time } from '../domain/observation.ts';
import { isOver, type Release } from '../domain/release.ts';
import { looksForStopper } from './name-stopper.ts';

/** How often AWS is asked: fast while something moves, slow while a person is waited for. Milliseconds. */
export interface Rhythm {
  readonly fastMs: number;
  readonly slowMs: number;
}

/**
 * When to look again; undefined when it is over. Events and clicks nudge earlier. The moment when an approval's time
 * runs out is waited for once: when it has passed and nothing came of it, the usual pace is fast enough.
 */
export function dueAgainAt(release: Release, now: Time, rhythm: Rhythm): Time | undefined {
  if (isOver(release)) return looksForStopper(release, now) ? now + rhythm.slowMs : undefined;
  const next = now + (isStill(release) ? rhythm.slowMs : rhythm.fastMs);
  const ends = release.approvals.flatMap(({ state, expiresAt }) => (state === 'open' && expiresAt !== undefined && expiresAt > now ? [expiresAt] : []));
  return Math.min(next, ...ends);
}

/** Nothing moves by itself: a person or a transition is waited for. */
function isStill(release: Release): boolean {
  if (release.deploys.some((deploy) => deploy.status === 'running' || deploy.status === 'verifying')) return false;
  return release.status === 'waiting' && (release.waiting?.for === 'approval' || release.waiting?.for === 'transition');
}
