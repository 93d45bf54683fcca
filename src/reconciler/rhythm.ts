import { halfTime } from '../domain/approvals/approval.ts';
import type { Time } from '../domain/observation.ts';
import { isOver, type Release } from '../domain/release.ts';
import { looksForStopper } from './name-stopper.ts';

/** How often AWS is asked: fast while something moves, slow while a person is waited for. Milliseconds. */
export interface Rhythm {
  readonly fastMs: number;
  readonly slowMs: number;
  /** How often the holder of a lock is reminded; absent: every 3 hours. */
  readonly nagMs?: number;
}

/**
 * When to look again; undefined when it is over. Events and clicks nudge earlier. The moments when half of an approval's
 * time is over, and all of it, are waited for once: when one has passed and nothing came of it, the usual pace is fast enough.
 */
export function dueAgainAt(release: Release, now: Time, rhythm: Rhythm): Time | undefined {
  if (isOver(release)) return looksForStopper(release, now) ? now + rhythm.slowMs : undefined;
  const next = now + (isStill(release) ? rhythm.slowMs : rhythm.fastMs);
  const moments = release.approvals.filter(({ state }) => state === 'open').flatMap((request) => [halfTime(request), request.expiresAt]);
  return Math.min(next, ...[...moments, gateOpensAt(release)].filter((moment): moment is Time => moment !== undefined && moment > now));
}

/** When the time of what holds it is over. */
function gateOpensAt({ waiting }: Release): Time | undefined {
  if (waiting?.for !== 'gate') return undefined;
  const { because } = waiting;
  if (because.because === 'locked') return because.until;
  return because.because === 'frozen' ? because.freeze.nextAllowed : undefined;
}

/** Nothing moves by itself: a person, a transition or a gate is waited for. */
function isStill(release: Release): boolean {
  if (release.deploys.some((deploy) => deploy.status === 'running' || deploy.status === 'verifying')) return false;
  const { status, waiting } = release;
  return status === 'waiting' && (waiting?.for === 'approval' || waiting?.for === 'transition' || waiting?.for === 'gate');
}
