import { environmentOf, deploysTo } from '../../domain/app.ts';
import { withPresentVerdict, type ApprovalRequest } from '../../domain/approval.ts';
import type { Deploy } from '../../domain/deploy.ts';
import { holdReason, type HoldState } from '../../domain/effect.ts';
import { ownDeploy, withNote, withStatus, type AbortedFirst, type Release, type Route } from '../../domain/release.ts';
import { endingByVerdict, planEnd, planFree } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { waitingFor, waitsForEnvironment, waitsInQueue } from './waiting.ts';

type VersionRoute = Extract<Route, { kind: 'version' }>;

/** The route of Beanstalk's UpdateEnvironment: approval, queue, hold the transition, update, follow, free, end. */
export function planVersion(release: Release, route: VersionRoute, facts: PlanFacts): Plan {
  const deploy = ownDeploy(release);
  if (deploy && deploy.status !== 'pending') return planFollow(release, deploy, facts);
  if (release.cancel) return planEnd(release, { status: 'cancelled', outcome: cancelledWords(release) }, facts.now);
  return planApproval(release, facts) ?? planEntry(release, route, facts);
}

/** A rollback may have changed something before it began. */
function cancelledWords({ abortedFirst }: Release): string {
  if (abortedFirst?.state !== 'done') return 'Nothing had been started.';
  const what = abortedFirst.label === undefined ? '' : ` of version ${abortedFirst.label}`;
  const whose = abortedFirst.release === undefined ? what : ` of #${abortedFirst.release}`;
  return `It had aborted the deployment${whose} that was in flight, and put nothing in its place.`;
}

function planFollow(release: Release, deploy: Deploy, facts: PlanFacts): Plan {
  const { cancel } = release;
  if (cancel && cancel.abortAsked === undefined && deploy.status === 'running' && facts.seen?.abortable) {
    return { release, effect: { effect: { kind: 'abort-update', beanstalkEnvironment: deploy.beanstalkEnvironment }, by: cancel.by } };
  }
  const ending = endingByVerdict(release);
  if (ending) return planEnd(release, ending, facts.now);
  return { release: withStatus(release, deploy.status === 'verifying' ? 'verifying' : 'running', facts.now) };
}

function planApproval(release: Release, facts: PlanFacts): Plan | undefined {
  const policy = release.purpose === 'rollback' ? undefined : environmentOf(facts.app, release.environment)?.approval;
  if (!policy) return undefined;
  const request = release.approvals.at(-1);
  if (!request) {
    const asked = requestFor(release, facts);
    const noted = withNote({ ...release, approvals: [asked] }, `approval:${asked.id}`, facts.now, { kind: 'approval-asked', approvalId: asked.id });
    return { release: waitingFor(noted, { for: 'approval', approvalId: asked.id }, facts) };
  }
  if (request.state === 'open' && request.expiresAt !== undefined && facts.now >= request.expiresAt) {
    return planEnd(close(release, request, { state: 'expired', verdict: 'rejected', closedAt: facts.now }), { status: 'expired', outcome: 'It was not approved in time.' }, facts.now);
  }
  if (request.state === 'decided') {
    const confirmed = close(release, request, { state: 'confirmed', closedAt: facts.now });
    if (request.verdict !== 'rejected') return planVersion(confirmed, release.route as VersionRoute, facts);
    const why = request.decisions.find((decision) => !decision.approves)?.comment;
    return planEnd(confirmed, { status: 'rejected', ...(why !== undefined && { outcome: why }) }, facts.now);
  }
  if (request.state === 'confirmed') return stillApproved(release, request, facts);
  return { release: waitingFor(release, { for: 'approval', approvalId: request.id }, facts) };
}

/** Jack's own gate is open until the update: a yes of somebody who came to ask for the release since closes it again. */
function stillApproved(release: Release, request: ApprovalRequest, facts: PlanFacts): Plan | undefined {
  const standing = withPresentVerdict({ ...request, state: 'decided' }, release.requesters.map((requester) => requester.user));
  if (standing.state === 'decided') return undefined;
  const { closedAt: _open, ...reopened } = standing;
  const again: Release = { ...release, approvals: release.approvals.map((one) => (one.id === request.id ? reopened : one)) };
  const held = release.holds.find((hold) => hold.state === 'held');
  return {
    release: waitingFor(again, { for: 'approval', approvalId: request.id }, facts),
    ...(held && { effect: { effect: { kind: 'free-transition' as const, pipeline: held.pipeline, stage: held.stage, reason: held.reason } } }),
  };
}

function requestFor(release: Release, facts: PlanFacts): ApprovalRequest {
  const policy = environmentOf(facts.app, release.environment)?.approval;
  return {
    id: facts.newId(),
    environment: release.environment,
    revisionIds: [release.revision.id, release.revision.label].filter((id) => id !== undefined),
    ...(policy && { policy }),
    askedAt: facts.now,
    ...(policy?.expiresMs !== undefined && { expiresAt: facts.now + policy.expiresMs }),
    decisions: [],
    state: 'open',
  };
}

function close(release: Release, request: ApprovalRequest, change: Partial<ApprovalRequest>): Release {
  return { ...release, approvals: release.approvals.map((one) => (one.id === request.id ? { ...one, ...change } : one)) };
}

function planEntry(release: Release, route: VersionRoute, facts: PlanFacts): Plan {
  const environment = environmentOf(facts.app, release.environment);
  if (!environment) return planEnd(release, { status: 'failed', outcome: 'The environment is not in the configuration any more.' }, facts.now);
  const queue = waitsInQueue(release, facts);
  if (queue) return planQueue(waitingFor(release, queue, facts));
  const abort = planAbortFirst(release, environment.beanstalkEnvironment, facts);
  if (abort) return abort;
  const hold = planHold(release, environment.beanstalkEnvironment, facts);
  if (hold) return hold;
  const waiting = waitsForEnvironment(release, facts);
  if (waiting) return { release: waitingFor(release, waiting, facts) };
  const by = release.requesters[0]?.user;
  return { release, effect: { effect: { kind: 'update-environment', beanstalkEnvironment: environment.beanstalkEnvironment, label: route.label }, ...(by !== undefined && { by }) } };
}

/** What it waits for may have to pass the very transition that it holds. */
function planQueue(release: Release): Plan {
  const free = planFree(release);
  return { release, ...(free && { effect: free }) };
}

/** A rollback does not wait for the deployment that it is there to undo. What is no application deployment is awaited. */
function planAbortFirst(release: Release, beanstalkEnvironment: string, facts: PlanFacts): Plan | undefined {
  const inFlight = facts.operation?.outcome === 'running' && facts.operation.kind === 'application';
  if (release.purpose !== 'rollback' || !facts.seen?.abortable || !inFlight) return undefined;
  if (release.abortedFirst && release.abortedFirst.state !== 'asked') return undefined;
  const by = release.requesters[0]?.user;
  const label = facts.operation?.label;
  const whose = facts.ahead.find((other) => other.deploys.some((deploy) => deploy.environment === release.environment && deploy.status === 'running'))?.number;
  const abortedFirst: AbortedFirst = { state: 'asked', ...(label !== undefined && { label }), ...(whose !== undefined && { release: whose }) };
  return { release: { ...release, abortedFirst }, effect: { effect: { kind: 'abort-update', beanstalkEnvironment }, ...(by !== undefined && { by }) } };
}

/** Nothing better is to be had; what was freed for the queue is held again. */
const HELD_ENOUGH: ReadonlySet<HoldState> = new Set<HoldState>(['held', 'foreign', 'refused']);

/** While Jack works on the environment itself, a pipeline's deploy would fail with "Must be Ready". */
function planHold(release: Release, beanstalkEnvironment: string, facts: PlanFacts): Plan | undefined {
  for (const pipeline of facts.app.pipelines) {
    for (const { stage } of deploysTo(pipeline, beanstalkEnvironment)) {
      if (release.holds.some((hold) => hold.pipeline === pipeline.name && hold.stage === stage.name && HELD_ENOUGH.has(hold.state))) continue;
      if (stage === pipeline.stages[0]) continue;
      const reason = holdReason(release, beanstalkEnvironment);
      return { release, effect: { effect: { kind: 'hold-transition', pipeline: pipeline.name, stage: stage.name, reason } } };
    }
  }
  return undefined;
}
