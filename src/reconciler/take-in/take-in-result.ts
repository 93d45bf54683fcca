import type { ApprovalRequest } from '../../domain/approval.ts';
import type { Time } from '../../domain/observation.ts';
import type { Deploy } from '../../domain/deploy.ts';
import type { Effect, Intent } from '../../domain/effect.ts';
import { withNote, withStatus, type Release, type TransitionHold } from '../../domain/release.ts';
import type { EffectResult } from '../../ports.ts';
import { end } from '../plan/end.ts';

/**
 * Records what AWS answered to an effect, and that it is not open any more. Pure. `busy` leaves everything as it was,
 * so that the plan decides again; `overtaken` leaves the truth to the next observation.
 */
export function takeInResult(release: Release, intent: Intent, result: EffectResult, now: Time): Release {
  const { intent: _done, ...rest } = release;
  if (result.kind === 'busy') return rest;
  return folded(rest, intent.effect, result, now);
}

function folded(release: Release, effect: Effect, result: EffectResult, now: Time): Release {
  switch (effect.kind) {
    case 'start-execution':
      return started(release, result, now);
    case 'answer-approval':
      return answered(release, effect, result, now);
    case 'stop-execution':
      return stopping(release, result, now);
    case 'update-environment':
      return updating(release, effect, result, now);
    case 'abort-update':
      return release.cancel ? { ...release, cancel: { ...release.cancel, abortAsked: true } } : { ...release, abortedFirst: true };
    case 'hold-transition':
      return { ...release, holds: [...release.holds, { pipeline: effect.pipeline, stage: effect.stage, reason: effect.reason, state: result.kind === 'done' ? 'held' : 'foreign' }] };
    case 'free-transition':
      return { ...release, holds: release.holds.map((hold) => freed(hold, effect)) };
    default:
      return effect satisfies never;
  }
}

function freed(hold: TransitionHold, effect: { readonly pipeline: string; readonly stage: string }): TransitionHold {
  return hold.pipeline === effect.pipeline && hold.stage === effect.stage ? { ...hold, state: 'freed' } : hold;
}

function started(release: Release, result: EffectResult, now: Time): Release {
  if (result.kind === 'started' && release.route.kind === 'pipeline') {
    return withStatus({ ...release, route: { ...release.route, executionId: result.executionId } }, 'running', now);
  }
  return end(release, 'failed', now, `CodePipeline did not start it: ${textOf(result)}`);
}

/** A stop that AWS refuses is told, and the wish is over; one that came too late shows in the next observation. */
function stopping(release: Release, result: EffectResult, now: Time): Release {
  const { cancel, ...rest } = release;
  if (!cancel) return release;
  if (result.kind !== 'refused') return { ...release, cancel: { ...cancel, askedAws: result.kind === 'done' } };
  return withNote(rest, `refused:cancel:${cancel.at}`, now, { kind: 'refused-by-aws', what: 'cancel', text: result.text });
}

/** A decision that AWS took is confirmed; one that came too late is overtaken, and who was faster is observed next. */
function answered(release: Release, effect: { readonly approvalId: string }, result: EffectResult, now: Time): Release {
  const approvals = release.approvals.map((request) => {
    if (request.id !== effect.approvalId) return request;
    if (result.kind === 'refused') return reopened(request);
    return { ...request, state: result.kind === 'done' ? ('confirmed' as const) : ('overtaken' as const), closedAt: now };
  });
  if (result.kind !== 'refused') return { ...release, approvals };
  return withNote({ ...release, approvals }, `refused:${effect.approvalId}:${release.approvals.find((request) => request.id === effect.approvalId)?.decisions.at(-1)?.at ?? 'time'}`, now, { kind: 'refused-by-aws', what: 'approval', text: result.text });
}

/** AWS did not let Jack answer (a missing permission): nothing was decided there, so the question is open again. */
function reopened({ verdict: _void, ...request }: ApprovalRequest): ApprovalRequest {
  return { ...request, state: 'open', decisions: [] };
}

function updating(release: Release, effect: { readonly beanstalkEnvironment: string; readonly label: string }, result: EffectResult, now: Time): Release {
  if (result.kind !== 'updating') return end(release, 'failed', now, `Beanstalk did not take it: ${textOf(result)}`);
  const before = release.deploys.find((deploy) => deploy.environment === release.environment);
  const deploy: Deploy = {
    ...(before ?? { environment: release.environment, beanstalkEnvironment: effect.beanstalkEnvironment }),
    status: 'running',
    label: effect.label,
    ...(release.previous?.label !== undefined && { previousLabel: release.previous.label }),
    requestId: result.requestId,
    startedAt: result.at,
  };
  return withStatus({ ...release, deploys: [deploy] }, 'running', now);
}

function textOf(result: EffectResult): string {
  return 'text' in result ? result.text : result.kind;
}
