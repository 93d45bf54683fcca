import { keyOfAttempt } from '../../domain/attempt.ts';
import type { Deploy } from '../../domain/deploy.ts';
import type { Time } from '../../domain/observation.ts';
import { isOver, ownDeploy, withNote, withStatus, type FinalStatus, type Release } from '../../domain/release.ts';

/** Ends the attempt: the status, one sentence why, and the note that becomes the closing reply. */
export function end(release: Release, status: FinalStatus, now: Time, outcome?: string): Release {
  if (isOver(release)) return release;
  const over = withStatus({ ...release, deploys: release.deploys.map((deploy) => unjudged(deploy, release, now)), ...(outcome !== undefined && { outcome }), approvals: release.approvals.map((request) => withdrawn(request, now)) }, status, now);
  return withNote(over, keyOfAttempt('outcome', over), now, { kind: 'outcome', ...(over.attempt > 1 && { attempt: over.attempt }) });
}

/** The truth check of an environment on the way, cut short by the end. */
function unjudged(deploy: Deploy, release: Release, now: Time): Deploy {
  if (deploy.environment === release.environment || deploy.verdict || deploy.operationOutcome !== 'succeeded') return deploy;
  return { ...deploy, status: 'done', endedAt: now, verdict: { outcome: 'live-not-verified', because: 'The release ended before the check of this environment had.' } };
}

function withdrawn(request: Release['approvals'][number], now: Time): Release['approvals'][number] {
  return request.state === 'open' || request.state === 'decided' ? { ...request, state: 'withdrawn', closedAt: now } : request;
}

/**
 * Ends with what the truth check of the release's own environment found, if it has found something. A deployment that
 * was aborted because somebody wished so, and left nothing behind, is a cancelled release and no failure.
 */
export function endWithVerdict(release: Release, now: Time): Release | undefined {
  const deploy = ownDeploy(release);
  if (!deploy?.verdict) return undefined;
  const cancelled = release.cancel?.abortAsked === true && deploy.aborted === true && deploy.verdict.outcome === 'failed';
  return end(release, cancelled ? 'cancelled' : deploy.verdict.outcome, now, deploy.verdict.because);
}
