import type { Time } from '../domain/observation.ts';
import { isOver, ownDeploy, withNote, withStatus, type FinalStatus, type Release } from '../domain/release.ts';

/** Ends the attempt: the status, one sentence why, and the note that becomes the closing reply. */
export function end(release: Release, status: FinalStatus, now: Time, outcome?: string): Release {
  if (isOver(release)) return release;
  const over = withStatus({ ...release, ...(outcome !== undefined && { outcome }), approvals: release.approvals.map((request) => withdrawn(request, now)) }, status, now);
  return withNote(over, 'outcome', now, { kind: 'outcome' });
}

function withdrawn(request: Release['approvals'][number], now: Time): Release['approvals'][number] {
  return request.state === 'open' || request.state === 'decided' ? { ...request, state: 'withdrawn', closedAt: now } : request;
}

/** Ends with what the truth check of the release's own environment found, if it has found something. */
export function endWithVerdict(release: Release, now: Time): Release | undefined {
  const verdict = ownDeploy(release)?.verdict;
  return verdict && end(release, verdict.outcome, now, verdict.because);
}
