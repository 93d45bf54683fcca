import { environmentOf, deploysTo } from '../../domain/app.ts';
import type { ApprovalRequest } from '../../domain/approval.ts';
import type { Deploy } from '../../domain/deploy.ts';
import { ownDeploy, withNote, withStatus, type Release, type Route } from '../../domain/release.ts';
import { end, endWithVerdict } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { waitingFor, waitsAtDoor } from './waiting.ts';

type VersionRoute = Extract<Route, { kind: 'version' }>;

/** The route of Beanstalk's UpdateEnvironment: approval, queue, hold the transition, update, follow, free, end. */
export function planVersion(release: Release, route: VersionRoute, facts: PlanFacts): Plan {
  const deploy = ownDeploy(release);
  if (deploy && deploy.status !== 'pending') return planFollow(release, deploy, facts);
  if (release.cancel) return planEnd(release, facts, () => end(release, 'cancelled', facts.now, 'Nothing had been started.'));
  return planApproval(release, facts) ?? planEntry(release, route, facts);
}

function planFollow(release: Release, deploy: Deploy, facts: PlanFacts): Plan {
  const { cancel } = release;
  if (cancel && !cancel.abortAsked && deploy.status === 'running' && facts.seen?.abortable) {
    return { release, effect: { effect: { kind: 'abort-update', beanstalkEnvironment: deploy.beanstalkEnvironment }, by: cancel.by } };
  }
  const ended = endWithVerdict(release, facts.now);
  if (!ended) return { release: withStatus(release, deploy.status === 'verifying' ? 'verifying' : 'running', facts.now) };
  return planEnd(release, facts, () => ended);
}

/** Transitions that Jack held are freed before the release ends. */
function planEnd(release: Release, facts: PlanFacts, ended: () => Release): Plan {
  const held = release.holds.find((hold) => hold.state === 'held');
  if (!held) return { release: ended() };
  return { release: withStatus(release, release.status, facts.now, release.waiting), effect: { effect: { kind: 'free-transition', pipeline: held.pipeline, stage: held.stage, reason: held.reason } } };
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
    return { release: end(close(release, request, { state: 'expired', verdict: 'rejected', closedAt: facts.now }), 'expired', facts.now, 'Nobody answered the approval in time.') };
  }
  if (request.state === 'decided') {
    const confirmed = close(release, request, { state: 'confirmed', closedAt: facts.now });
    if (request.verdict !== 'rejected') return planVersion(confirmed, release.route as VersionRoute, facts);
    return { release: end(confirmed, 'rejected', facts.now, request.decisions.find((decision) => !decision.approves)?.comment) };
  }
  if (request.state === 'confirmed') return undefined;
  return { release: waitingFor(release, { for: 'approval', approvalId: request.id }, facts) };
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
  if (!environment) return { release: end(release, 'failed', facts.now, 'The environment is not in the configuration any more.') };
  const abort = planAbortFirst(release, environment.beanstalkEnvironment, facts);
  if (abort) return abort;
  const hold = planHold(release, environment.beanstalkEnvironment, facts);
  if (hold) return hold;
  const waiting = waitsAtDoor(release, facts);
  if (waiting) return { release: waitingFor(release, waiting, facts) };
  const by = release.requesters[0]?.user;
  return { release, effect: { effect: { kind: 'update-environment', beanstalkEnvironment: environment.beanstalkEnvironment, label: route.label }, ...(by !== undefined && { by }) } };
}

/** A rollback does not wait for the deployment that it is there to undo. What is no application deployment is awaited. */
function planAbortFirst(release: Release, beanstalkEnvironment: string, facts: PlanFacts): Plan | undefined {
  const inFlight = facts.operation?.outcome === 'running' && facts.operation.kind === 'application';
  if (release.purpose !== 'rollback' || !facts.seen?.abortable || !inFlight || release.abortedFirst) return undefined;
  const by = release.requesters[0]?.user;
  return { release, effect: { effect: { kind: 'abort-update', beanstalkEnvironment }, ...(by !== undefined && { by }) } };
}

/** While Jack works on the environment itself, a pipeline's deploy would fail with "Must be Ready". */
function planHold(release: Release, beanstalkEnvironment: string, facts: PlanFacts): Plan | undefined {
  for (const pipeline of facts.app.pipelines) {
    for (const { stage } of deploysTo(pipeline, beanstalkEnvironment)) {
      if (release.holds.some((hold) => hold.pipeline === pipeline.name && hold.stage === stage.name)) continue;
      if (stage === pipeline.stages[0]) continue;
      const reason = `Jack release ${release.number} works on ${beanstalkEnvironment} (hold ${release.id})`;
      return { release, effect: { effect: { kind: 'hold-transition', pipeline: pipeline.name, stage: stage.name, reason } } };
    }
  }
  return undefined;
}
