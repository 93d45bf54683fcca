import { withdrawnFor } from '../../domain/approvals/approval.ts';
import { keyOfAttempt } from '../../domain/attempt.ts';
import type { Deploy } from '../../domain/deploy.ts';
import { onBehalfOf, type Effect } from '../../domain/effect.ts';
import type { Time } from '../../domain/observation.ts';
import { isOver, ownDeploy, withNote, withStatus, type Ending, type FinalStatus, type Release } from '../../domain/release.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';

/** Ends the attempt: the status, one sentence why, and the note that becomes the closing reply. */
export function end(release: Release, status: FinalStatus, now: Time, outcome?: string): Release {
  if (isOver(release)) return release;
  const over = withStatus({ ...release, deploys: release.deploys.map((deploy) => unjudged(deploy, release, now)), ...(outcome !== undefined && { outcome }), approvals: release.approvals.map((request) => withdrawn(request, now)) }, status, now);
  return withNote(over, keyOfAttempt('outcome', over), now, { kind: 'outcome', ...(over.attempt > 1 && { attempt: over.attempt }) });
}

/**
 * The only way to end a release that may hold transitions: what it holds is freed first. The wanted end is recorded,
 * so that whatever happens meanwhile, it is what comes next.
 */
export function planEnd(release: Release, ending: Ending, now: Time): Plan {
  const ended = { ...release, ending };
  const free = planFree(ended);
  if (free) return { release: ended, effect: free };
  const { ending: _reached, ...rest } = release;
  const { status, outcome, failure } = ending;
  return { release: end({ ...rest, ...(failure && { failure }) }, status, now, outcome) };
}

/** The first transition that the release holds still is let go. */
export function planFree(release: Release): Plan['effect'] {
  const held = release.holds.find((hold) => hold.state === 'held');
  const by = onBehalfOf(release);
  return held && { effect: { kind: 'free-transition', pipeline: held.pipeline, stage: held.stage, reason: held.reason }, ...(by !== undefined && { by }) };
}

/**
 * Whoever has to wait for others, or for people, counts on no transition that somebody else keeps closed: a barrier opens
 * it meanwhile, and it is held anew when the release's turn comes.
 */
export function steppingBack(release: Release): Release {
  if (!release.holds.some((hold) => hold.state === 'foreign')) return release;
  return { ...release, holds: release.holds.map((hold) => (hold.state === 'foreign' ? { ...hold, state: 'freed' } : hold)) };
}

/** The truth check of an environment on the way, cut short by the end. */
function unjudged(deploy: Deploy, release: Release, now: Time): Deploy {
  if (deploy.environment === release.environment || deploy.verdict || deploy.operationOutcome !== 'succeeded') return deploy;
  return { ...deploy, status: 'done', endedAt: now, verdict: { outcome: 'live-not-verified', because: 'The release ended before the check of this environment had.' } };
}

function withdrawn(request: Release['approvals'][number], now: Time): Release['approvals'][number] {
  return request.state === 'open' || request.state === 'decided' ? withdrawnFor('ended', request, now) : request;
}

/**
 * The end that follows from what the truth check of the release's own environment found, if it has found something. A
 * deployment that was aborted because somebody wished so, and left nothing behind, is a cancelled release and no failure.
 */
export function endingByVerdict(release: Release): Ending | undefined {
  const deploy = ownDeploy(release);
  if (!deploy?.verdict) return undefined;
  const cancelled = release.cancel?.abortAsked === true && deploy.aborted === true && deploy.verdict.outcome === 'failed';
  return { status: cancelled ? 'cancelled' : deploy.verdict.outcome, outcome: deploy.verdict.because };
}

/** Aborts the very operation of this deployment: another may be in flight by the time that AWS takes the call. */
export function abortOf({ beanstalkEnvironment, requestId }: Deploy, { operation }: Pick<PlanFacts, 'operation'>): Effect {
  const meant = requestId ?? operation?.requestId;
  return { kind: 'abort-update', beanstalkEnvironment, ...(meant !== undefined && { requestId: meant }) };
}
