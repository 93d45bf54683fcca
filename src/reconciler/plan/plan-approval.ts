import { glassFor, sameRevisions, withPresentVerdict, type ApprovalRequest } from '../../domain/approvals/approval.ts';
import { revisionIdsOf } from '../../domain/approvals/bound.ts';
import { authorsAreComing, fourEyesOf } from '../../domain/approvals/four-eyes.ts';
import { policyFor, raised } from '../../domain/approvals/policy.ts';
import type { Environment } from '../../domain/app.ts';
import { withNote, type Release } from '../../domain/release.ts';
import { planEnd, planFree, steppingBack } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { waitingFor } from './waiting.ts';

/** Open, with what was recorded of it; or closed, with what comes next. */
export type OwnGate = { readonly open: true; readonly release: Release } | { readonly open: false; readonly plan: Plan };

/**
 * Jack's own question, where the route crosses no manual approval: asked before anything is started, and examined anew
 * each time until then. A rejection, or the end of its time, ends the release.
 */
export function ownGate(release: Release, environment: Environment | undefined, facts: PlanFacts): OwnGate {
  const policy = policyFor(environment, release.purpose);
  if (!environment || !policy) return { open: true, release };
  const { release: asking, request } = withQuestion(raised(release, facts.app), environment, facts);
  const pass = glassFor(request, asking.passes);
  if (pass && (request.state === 'open' || request.state === 'decided') && request.verdict !== 'rejected') {
    return { open: true, release: changed(asking, request, { state: 'confirmed', verdict: 'approved', brokenGlass: pass, closedAt: facts.now }) };
  }
  if (request.state === 'open' && request.expiresAt !== undefined && facts.now >= request.expiresAt) {
    const expired = changed(asking, request, { state: 'expired', verdict: 'rejected', closedAt: facts.now });
    return closed(planEnd(expired, { status: 'expired', outcome: 'It was not approved in time.' }, facts.now));
  }
  if (request.state === 'open') return closed({ release: waitingForIt(asking, request, facts) });
  return answered(asking, request, facts);
}

/** Decided, or confirmed before: counted once more, as an approver may have come to ask for the release since. */
function answered(release: Release, request: ApprovalRequest, facts: PlanFacts): OwnGate {
  if (request.verdict === 'rejected') {
    const why = request.decisions.find((decision) => !decision.approves)?.comment;
    const confirmed = changed(release, request, { state: 'confirmed', closedAt: request.closedAt ?? facts.now });
    return closed(planEnd(confirmed, { status: 'rejected', ...(why !== undefined && { outcome: why }) }, facts.now));
  }
  const standing = withPresentVerdict({ ...request, state: 'decided' }, fourEyesOf(release));
  if (standing.state === 'open') return reopened(release, standing, facts);
  if (authorsAreComing(release) && !request.brokenGlass) return closed({ release: waitingForIt(release, request, facts) });
  return { open: true, release: request.state === 'confirmed' ? release : changed(release, request, { state: 'confirmed', closedAt: facts.now }) };
}

function reopened(release: Release, standing: ApprovalRequest, facts: PlanFacts): OwnGate {
  const { closedAt: _open, ...open } = standing;
  const again: Release = { ...release, approvals: release.approvals.map((one) => (one.id === standing.id ? open : one)) };
  const free = planFree(again);
  return closed({ release: waitingForIt(steppingBack(again), open, facts), ...(free && { effect: free }) });
}

function closed(plan: Plan): OwnGate {
  return { open: false, plan };
}

/** The question that stands, or a new one where none does, or where it would ship something else by now. */
function withQuestion(release: Release, environment: Environment, facts: PlanFacts): { readonly release: Release; readonly request: ApprovalRequest } {
  const known = release.approvals.findLast((request) => request.environment === environment.name && !request.approvalAction);
  const stands = known && ['open', 'decided', 'confirmed'].includes(known.state);
  if (stands && sameRevisions(known.revisionIds, revisionIdsOf(release))) return { release, request: known };
  const request = requestFor(release, environment, facts, known);
  const approvals = [...release.approvals.map((one) => (stands && one.id === known.id ? { ...one, state: 'withdrawn' as const, closedAt: facts.now } : one)), request];
  return { release: withNote({ ...release, approvals }, `approval:${request.id}`, facts.now, { kind: 'approval-asked', approvalId: request.id }), request };
}

function requestFor(release: Release, environment: Environment, facts: PlanFacts, before: ApprovalRequest | undefined): ApprovalRequest {
  const policy = policyFor(environment, release.purpose);
  return {
    id: facts.newId(),
    environment: environment.name,
    revisionIds: revisionIdsOf(release),
    ...(policy && { policy }),
    askedAt: facts.now,
    ...(policy?.expiresMs !== undefined && { expiresAt: facts.now + policy.expiresMs }),
    decisions: [],
    state: 'open',
    ...(before && !sameRevisions(before.revisionIds, revisionIdsOf(release)) && { since: { kind: 'revisions', from: before.revisionIds } }),
  };
}

function waitingForIt(release: Release, request: ApprovalRequest, facts: PlanFacts): Release {
  return waitingFor(release, { for: 'approval', approvalId: request.id }, facts);
}

function changed(release: Release, request: ApprovalRequest, change: Partial<ApprovalRequest>): Release {
  return { ...release, approvals: release.approvals.map((one) => (one.id === request.id ? { ...one, ...change } : one)) };
}
