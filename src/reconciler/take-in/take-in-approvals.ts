import { environmentAt, environmentOf, type App } from '../../domain/app.ts';
import type { ApprovalRequest } from '../../domain/approval.ts';
import type { ObservedAction, ObservedExecution } from '../../domain/observation.ts';
import { withNote, type Release } from '../../domain/release.ts';
import type { TakeInFacts } from './take-in-execution.ts';

interface SeenApproval {
  readonly stage: string;
  readonly action: ObservedAction;
  /** The environment that the approval stands in front of. */
  readonly environment: string;
}

/**
 * A manual approval that asks becomes a request, bound to its token. One that was answered elsewhere is closed, with
 * who did it. One whose token changed (a retried stage) is withdrawn, and its successor is a new request.
 */
export function takeInApprovals(release: Release, seen: ObservedExecution, facts: TakeInFacts): Release {
  let current = release;
  for (const approval of approvalsOnTheWay(release, seen, facts.app)) {
    current = closeAnswered(current, approval, facts.now);
    current = openAsked(current, approval, seen, facts);
  }
  return withdrawOrphans(current, seen, facts.now);
}

/** Approvals before the release's own deploy, each with the environment behind it. */
function approvalsOnTheWay(release: Release, seen: ObservedExecution, app: App): readonly SeenApproval[] {
  const found: SeenApproval[] = [];
  let undecided: { stage: string; action: ObservedAction }[] = [];
  for (const stage of seen.stages) {
    for (const action of stage.actions) {
      if (action.kind === 'approval') undecided.push({ stage: stage.name, action });
      const environment = action.kind === 'deploy' ? environmentAt(app, action.beanstalkEnvironment) : undefined;
      if (!environment) continue;
      found.push(...undecided.map((one) => ({ ...one, environment: environment.name })));
      undecided = [];
      if (environment.name === release.environment) return found;
    }
  }
  return found;
}

function isSame(request: ApprovalRequest, approval: SeenApproval): boolean {
  return request.approvalAction?.stage === approval.stage && request.approvalAction.action === approval.action.name;
}

function closeAnswered(release: Release, approval: SeenApproval, now: number): Release {
  const { action } = approval;
  if (action.status === undefined || action.status === 'InProgress') return release;
  return changeApprovals(release, (request) => {
    if (!isSame(request, approval)) return request;
    const unnamed = request.state === 'overtaken' && request.elsewhere?.who === undefined;
    if (request.state !== 'open' && request.state !== 'decided' && !unnamed) return request;
    if (action.status === 'Abandoned') return { ...request, state: 'withdrawn', closedAt: action.updatedAt ?? now };
    if (isExpired(request, action)) return { ...request, state: 'expired', verdict: 'rejected', closedAt: action.updatedAt ?? now };
    return answeredElsewhere(request, action, now);
  });
}

/** AWS fails an approval whose time is up, with nobody's words on it; the name may be the pipeline's role. */
function isExpired(request: ApprovalRequest, action: ObservedAction): boolean {
  if (action.status !== 'Failed' || request.expiresAt === undefined || action.updatedAt === undefined) return false;
  const isSaid = action.summary !== undefined || request.decisions.some((decision) => !decision.approves);
  return action.updatedAt >= request.expiresAt - 1000 && !isSaid;
}

function answeredElsewhere(request: ApprovalRequest, action: ObservedAction, now: number): ApprovalRequest {
  return {
    ...request,
    state: 'overtaken',
    verdict: action.status === 'Succeeded' ? 'approved' : 'rejected',
    closedAt: request.closedAt ?? action.updatedAt ?? now,
    elsewhere: {
      ...(action.updatedBy !== undefined && { who: action.updatedBy }),
      ...(action.summary !== undefined && { summary: action.summary }),
      ...(action.updatedAt !== undefined && { at: action.updatedAt }),
    },
  };
}

function openAsked(release: Release, approval: SeenApproval, seen: ObservedExecution, facts: TakeInFacts): Release {
  const { action } = approval;
  if (action.status !== 'InProgress' || action.token === undefined) return release;
  const token = action.token;
  const known = release.approvals.find((request) => isSame(request, approval) && request.approvalAction?.token === token);
  if (known) return changeApprovals(release, (request) => (request.id === known.id ? withBehind(request, seen) : request));
  const withdrawn = changeApprovals(release, (request) =>
    isSame(request, approval) && (request.state === 'open' || request.state === 'decided')
      ? { ...request, state: 'withdrawn', closedAt: facts.now }
      : request,
  );
  const request = requestFor(approval, token, seen, facts);
  return withNote({ ...withdrawn, approvals: [...withdrawn.approvals, request] }, `approval:${request.id}`, facts.now, { kind: 'approval-asked', approvalId: request.id });
}

function requestFor(approval: SeenApproval, token: string, seen: ObservedExecution, facts: TakeInFacts): ApprovalRequest {
  const policy = environmentOf(facts.app, approval.environment)?.approval;
  const askedAt = approval.action.startedAt ?? facts.now;
  const ends = [approval.action.expiresAt, policy?.expiresMs === undefined ? undefined : askedAt + policy.expiresMs].filter((at) => at !== undefined);
  return withBehind(
    {
      id: facts.newId(),
      environment: approval.environment,
      approvalAction: { pipeline: seen.pipeline, executionId: seen.id, stage: approval.stage, action: approval.action.name, token },
      revisionIds: seen.revisions.map((revision) => revision.id ?? ''),
      ...(policy && { policy }),
      askedAt,
      ...(ends.length > 0 && { expiresAt: Math.min(...ends) }),
      decisions: [],
      state: 'open',
    },
    seen,
  );
}

function withBehind(request: ApprovalRequest, seen: ObservedExecution): ApprovalRequest {
  const { newerBehind: _before, ...rest } = request;
  return seen.behind.length > 0 ? { ...rest, newerBehind: seen.behind.length } : rest;
}

/** The execution ended (stopped, cancelled) while its approval was open: nobody can answer it any more. */
function withdrawOrphans(release: Release, seen: ObservedExecution, now: number): Release {
  if (seen.status === 'InProgress' || seen.status === 'Stopping') return release;
  return changeApprovals(release, (request) =>
    request.approvalAction && (request.state === 'open' || (request.state === 'decided' && release.intent === undefined))
      ? { ...request, state: 'withdrawn', closedAt: seen.updatedAt ?? now }
      : request,
  );
}

function changeApprovals(release: Release, change: (request: ApprovalRequest) => ApprovalRequest): Release {
  const approvals = release.approvals.map(change);
  return approvals.every((request, at) => request === release.approvals[at]) ? release : { ...release, approvals };
}
