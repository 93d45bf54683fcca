import { environmentAt, environmentOf, type App } from '../../domain/app.ts';
import { sameRevisions, withdrawnFor, type ApprovalRequest, type ChangedSince, type NextInLine } from '../../domain/approvals/approval.ts';
import { revisionIdsIn } from '../../domain/approvals/bound.ts';
import { isForOthers, policyOfAction } from '../../domain/approvals/policy.ts';
import type { ObservedAction, ObservedExecution, Time } from '../../domain/observation.ts';
import { withNote, type Release } from '../../domain/release.ts';
import type { TakeInFacts } from './take-in-execution.ts';

interface SeenApproval {
  readonly stage: string;
  readonly action: ObservedAction;
  /** The environment that the approval stands in front of. */
  readonly environment: string;
}

/**
 * A manual approval that asks becomes a request, bound to its token and to what it would ship. One that was answered
 * elsewhere is closed, with who did it. One whose token or revisions changed (a retried stage), or
 * that jack.yml leaves to others, is withdrawn, and its successor is a new request: no yes is carried over.
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
  const closed = withAnswer(release, approval, now);
  const late = closed.approvals.find(({ elsewhere, decisions }, at) => elsewhere !== undefined && decisions.length > 0 && release.approvals[at]?.elsewhere === undefined);
  return late ? withNote(closed, `elsewhere:${late.id}`, now, { kind: 'decided-elsewhere', approvalId: late.id }) : closed;
}

function withAnswer(release: Release, approval: SeenApproval, now: number): Release {
  const { action } = approval;
  return changeApprovals(release, (request) => {
    if (!isSame(request, approval)) return request;
    const unnamed = request.state === 'overtaken' && request.elsewhere?.who === undefined;
    if (request.state !== 'open' && request.state !== 'decided' && !unnamed) return request;
    if (action.status === 'Abandoned') return withdrawnFor('ended', request, action.updatedAt ?? now);
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
  if (action.status !== 'InProgress' || action.token === undefined || isEnded(seen)) return release;
  const revisionIds = revisionIdsIn(seen);
  const known = release.approvals.findLast((request) => isSame(request, approval) && request.state !== 'withdrawn' && request.approvalAction?.token === action.token && sameRevisions(request.revisionIds, revisionIds));
  const isLeft = known !== undefined && isForOthers(known, release, facts.app, facts.now);
  if (known && !isLeft) return changeApprovals(release, (request) => (request.id === known.id ? withBehind(request, seen, facts.app) : request));
  const before = release.approvals.findLast((request) => isSame(request, approval));
  const withdrawn = changeApprovals(release, (request) =>
    isSame(request, approval) && (request.state === 'open' || request.state === 'decided')
      ? withdrawnFor(isLeft ? 'policy' : 'changed', request, facts.now)
      : request,
  );
  const since: ChangedSince | undefined = isLeft ? { kind: 'policy' } : before && changedSince(before, revisionIds);
  const askedAt = isLeft ? facts.now : (action.startedAt ?? facts.now);
  const request = withBehind({ ...requestFor({ ...approval, askedAt, token: action.token, purpose: release.purpose }, seen, facts), ...(since && { since }) }, seen, facts.app);
  return withNote({ ...withdrawn, approvals: [...withdrawn.approvals, request] }, `approval:${request.id}`, facts.now, { kind: 'approval-asked', approvalId: request.id });
}

function changedSince(before: ApprovalRequest, revisionIds: readonly string[]): ChangedSince {
  return sameRevisions(before.revisionIds, revisionIds) ? { kind: 'retried' } : { kind: 'revisions', from: before.revisionIds };
}

function requestFor(approval: SeenApproval & { readonly askedAt: Time; readonly token: string; readonly purpose: Release['purpose'] }, seen: ObservedExecution, facts: TakeInFacts): ApprovalRequest {
  const { environment, stage, action, askedAt, token } = approval;
  const policy = policyOfAction(environmentOf(facts.app, environment), approval.purpose);
  const ends = [action.expiresAt, policy?.expiresMs === undefined ? undefined : askedAt + policy.expiresMs].filter((at) => at !== undefined);
  return {
    id: facts.newId(),
    environment,
    approvalAction: { pipeline: seen.pipeline, executionId: seen.id, stage, action: action.name, token },
    revisionIds: revisionIdsIn(seen),
    ...(policy && { policy }),
    askedAt,
    ...(ends.length > 0 && { expiresAt: Math.min(...ends) }),
    decisions: [],
    state: 'open',
  };
}

/** Who comes in next if this one is rejected: in PARALLEL nobody waits for anybody. */
function withBehind(request: ApprovalRequest, seen: ObservedExecution, app: App): ApprovalRequest {
  const { newerBehind: _before, next: known, ...rest } = request;
  if (seen.behind.length === 0) return rest;
  const next = nextOf(seen, app);
  const same = next && known?.executionId === next.executionId && known.kind === next.kind ? known : next;
  if (request.newerBehind === seen.behind.length && same === known) return request;
  return { ...rest, newerBehind: seen.behind.length, ...(same && { next: same }) };
}

function nextOf({ behind, pipeline }: ObservedExecution, app: App): NextInLine | undefined {
  const mode = app.pipelines.find((one) => one.name === pipeline)?.mode ?? 'PARALLEL';
  const executionId = mode === 'QUEUED' ? behind.at(-1) : behind[0];
  return mode === 'PARALLEL' || executionId === undefined ? undefined : { kind: mode === 'QUEUED' ? 'next' : 'newest', executionId };
}

/** The execution ended (stopped, cancelled) while its approval was open: nobody can answer it any more. */
function withdrawOrphans(release: Release, seen: ObservedExecution, now: number): Release {
  if (!isEnded(seen)) return release;
  return changeApprovals(release, (request) =>
    request.approvalAction && (request.state === 'open' || (request.state === 'decided' && release.intent === undefined))
      ? withdrawnFor('ended', request, seen.updatedAt ?? now)
      : request,
  );
}

function isEnded({ status }: ObservedExecution): boolean {
  return status !== 'InProgress' && status !== 'Stopping';
}

function changeApprovals(release: Release, change: (request: ApprovalRequest) => ApprovalRequest): Release {
  const approvals = release.approvals.map(change);
  return approvals.every((request, at) => request === release.approvals[at]) ? release : { ...release, approvals };
}
