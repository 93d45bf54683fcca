import { ranOut, type ApprovalRequest } from '../../domain/approvals/approval.ts';
import type { Time } from '../../domain/observation.ts';
import type { Deploy } from '../../domain/deploy.ts';
import type { Effect, HoldState, Intent } from '../../domain/effect.ts';
import { withNote, withStatus, type Release } from '../../domain/release.ts';
import type { EffectResult } from '../../ports.ts';

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
      return release.abortedFirst?.state === 'asked' ? abortingFirst(release, result, now) : aborting(release, result, now);
    case 'hold-transition':
      return holding(release, effect, result, now);
    case 'free-transition':
      return freeing(release, effect, result, now);
    default:
      return effect satisfies never;
  }
}

type OfTransition = Extract<Effect, { kind: 'hold-transition' | 'free-transition' }>;

/** Where AWS does not let Jack hold, the release goes on unprotected, and says so. */
function holding(release: Release, effect: OfTransition, result: EffectResult, now: Time): Release {
  if (result.kind !== 'refused') return withHold(release, effect, result.kind === 'done' ? 'held' : 'foreign');
  return refusedTransition(withHold(release, effect, 'refused'), effect, { what: 'hold', text: result.text }, now);
}

/** One that stays disabled is told; the next release that holds it takes it over, and tries to free it again. */
function freeing(release: Release, effect: OfTransition, result: EffectResult, now: Time): Release {
  if (result.kind !== 'refused') return withHold(release, effect, 'freed');
  return refusedTransition(withHold(release, effect, 'stuck'), effect, { what: 'free', text: result.text }, now);
}

function refusedTransition(release: Release, { pipeline, stage }: OfTransition, refused: { readonly what: 'hold' | 'free'; readonly text: string }, now: Time): Release {
  return withNote(release, `refused:${refused.what}:${pipeline}/${stage}`, now, { kind: 'refused-by-aws', ...refused, transition: { pipeline, stage } });
}

function withHold(release: Release, { pipeline, stage, reason }: OfTransition, state: HoldState): Release {
  const others = release.holds.filter((hold) => hold.pipeline !== pipeline || hold.stage !== stage);
  return { ...release, holds: [...others, { pipeline, stage, reason, state }] };
}

/** A refused abort is told. On the version route the wish is over; in a pipeline the stop still waits for the deployment's end. */
function aborting(release: Release, result: EffectResult, now: Time): Release {
  const { cancel, ...rest } = release;
  if (!cancel) return release;
  if (result.kind !== 'refused') return { ...release, cancel: { ...cancel, abortAsked: true } };
  const goesOn: Release = release.route.kind === 'version' ? rest : { ...release, cancel: { ...cancel, abortAsked: false } };
  return withNote(goesOn, `refused:abort:${cancel.at}`, now, { kind: 'refused-by-aws', what: 'abort', text: result.text });
}

/** A rollback that may not abort what is in flight waits until it has ended. */
function abortingFirst(release: Release, result: EffectResult, now: Time): Release {
  const state = result.kind === 'done' || result.kind === 'refused' ? result.kind : 'overtaken';
  const answered: Release = { ...release, ...(release.abortedFirst && { abortedFirst: { ...release.abortedFirst, state } }) };
  return result.kind === 'refused' ? withNote(answered, 'refused:abort-first', now, { kind: 'refused-by-aws', what: 'abort-first', text: result.text }) : answered;
}

/** A call that the release begins with and that AWS did not take is its end: in AWS's words, once its holds are freed. */
function endingRefused(release: Release, words: string): Release {
  return { ...release, ending: { status: 'failed', outcome: words, failure: { cause: words, refused: true, links: [] } } };
}

function started(release: Release, result: EffectResult, now: Time): Release {
  if (result.kind === 'started' && release.route.kind === 'pipeline') {
    return withStatus({ ...release, route: { ...release.route, executionId: result.executionId } }, 'running', now);
  }
  return endingRefused(release, `CodePipeline did not start it: ${textOf(result)}`);
}

/**
 * A stop that AWS refuses is told, and the wish is over; Jack's own stands, for nothing of the release may be approved.
 * One that came too late shows in the next observation.
 */
function stopping(release: Release, result: EffectResult, now: Time): Release {
  const { cancel, ...rest } = release;
  if (!cancel) return release;
  if (result.kind !== 'refused') return { ...release, cancel: { ...cancel, askedAws: result.kind === 'done' } };
  const goesOn: Release = cancel.by === 'jack' ? { ...release, cancel: { ...cancel, refused: true } } : rest;
  return withNote(goesOn, `refused:cancel:${cancel.at}`, now, { kind: 'refused-by-aws', what: 'cancel', text: result.text });
}

/** A decision that AWS took is confirmed, or a time that ran out; one that came too late is overtaken, and who was faster is observed next. */
function answered(release: Release, effect: { readonly approvalId: string }, result: EffectResult, now: Time): Release {
  const approvals = release.approvals.map((request) => {
    if (request.id !== effect.approvalId) return request;
    if (result.kind === 'refused') return reopened(request, now);
    return { ...request, state: result.kind === 'done' ? taken(request) : ('overtaken' as const), closedAt: now };
  });
  const before = release.approvals.find((request) => request.id === effect.approvalId);
  if (result.kind !== 'refused' || !before) return { ...release, approvals };
  const said = ranOut(before) ? 'time' : (before.brokenGlass?.at ?? before.decisions.at(-1)?.at ?? 'time');
  return withNote({ ...release, approvals }, `refused:${effect.approvalId}:${said}`, now, { kind: 'refused-by-aws', what: 'approval', text: result.text });
}

function taken(request: ApprovalRequest): ApprovalRequest['state'] {
  return ranOut(request) ? 'expired' : 'confirmed';
}

/**
 * AWS did not let Jack answer (a missing permission): nothing was decided there, so the question is open again. Who
 * decided has to say so anew; the time does not come back, nor does who broke the glass: AWS is told again after a while.
 */
function reopened(request: ApprovalRequest, now: Time): ApprovalRequest {
  const { verdict: _void, brokenGlass, ...rest } = request;
  return brokenGlass || ranOut(request) ? { ...rest, state: 'open', refusedAt: now } : { ...rest, state: 'open', decisions: [] };
}

function updating(release: Release, effect: { readonly beanstalkEnvironment: string; readonly label: string }, result: EffectResult, now: Time): Release {
  if (result.kind !== 'updating') return endingRefused(release, `Beanstalk did not take it: ${textOf(result)}`);
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
