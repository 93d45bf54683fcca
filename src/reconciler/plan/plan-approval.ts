import { glassFor, sameRevisions, withdrawnFor, withPresentVerdict, type ApprovalRequest, type ChangedSince } from '../../domain/approvals/approval.ts';
import { revisionIdsOf } from '../../domain/approvals/bound.ts';
import { authorsAreComing, fourEyesOf } from '../../domain/approvals/four-eyes.ts';
import { isForOthers, policyFor, raised } from '../../domain/approvals/policy.ts';
import { environmentOf, type ApprovalPolicy } from '../../domain/app.ts';
import { withNote, type Release } from '../../domain/release.ts';
import { planEnd, planFree, steppingBack } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { waitingFor } from './waiting.ts';

/** Open, with what was recorded of it; or closed, with what comes next. */
export type OwnGate = { readonly open: true; readonly release: Release } | { readonly open: false; readonly plan: Plan };

/**
 * Jack's own question, where the route crosses no manual approval: asked before anything is started, and examined anew
 * each time until then, also where jack.yml asks nobody any more. A rejection, or the end of its time, ends the release.
 */
export function ownGate(release: Release, environment: string, facts: PlanFacts): OwnGate {
  const policy = policyFor(environmentOf(facts.app, environment), release.purpose) ?? ownQuestion(release, environment)?.policy;
  if (!policy) return { open: true, release };
  const { release: asking, request } = withQuestion(raised(release, facts.app), environment, policy, facts);
  const pass = glassFor(request, asking.passes);
  if (pass && (request.state === 'open' || request.state === 'decided') && request.verdict !== 'rejected') {
    return { open: true, release: changed(asking, request, { state: 'confirmed', verdict: 'approved', brokenGlass: pass, closedAt: facts.now }) };
  }
  if (request.state === 'open' && request.expiresAt !== undefined && facts.now >= request.expiresAt) {
    const expired = changed(asking, request, { state: 'expired', verdict: 'rejected', closedAt: facts.now });
    return closed(planEnd(expired, { status: 'expired', outcome: 'It was not approved in time.' }, facts.now));
  }
  if (request.state === 'open') return outside(asking, request, facts);
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
  return outside(again, open, facts);
}

/** Nothing is held while people are waited for. */
function outside(release: Release, request: ApprovalRequest, facts: PlanFacts): OwnGate {
  const free = planFree(release);
  return closed({ release: waitingForIt(steppingBack(release), request, facts), ...(free && { effect: free }) });
}

function closed(plan: Plan): OwnGate {
  return { open: false, plan };
}

/** The question of Jack's own in front of this environment that was asked and not taken back. */
function ownQuestion({ approvals }: Pick<Release, 'approvals'>, environment: string): ApprovalRequest | undefined {
  return approvals.findLast((request) => request.environment === environment && !request.approvalAction && STANDS.has(request.state));
}

const STANDS: ReadonlySet<ApprovalRequest['state']> = new Set<ApprovalRequest['state']>(['open', 'decided', 'confirmed']);

/** The question that stands, or a new one where none does, or where it would ship something else by now, or others have to be asked. */
function withQuestion(release: Release, environment: string, policy: ApprovalPolicy, facts: PlanFacts): { readonly release: Release; readonly request: ApprovalRequest } {
  const known = release.approvals.findLast((request) => request.environment === environment && !request.approvalAction);
  const stands = known && STANDS.has(known.state);
  const since = known && changedSince(known, release, facts);
  if (stands && !since) return { release, request: known };
  const request: ApprovalRequest = { ...requestFor(release, environment, policy, facts), ...(since && { since }) };
  const approvals = [...release.approvals.map((one) => (stands && one.id === known.id ? withdrawnFor(since?.kind === 'policy' ? 'policy' : 'changed', one, facts.now) : one)), request];
  return { release: withNote({ ...release, approvals }, `approval:${request.id}`, facts.now, { kind: 'approval-asked', approvalId: request.id }), request };
}

function changedSince(before: ApprovalRequest, release: Release, { app, now }: PlanFacts): ChangedSince | undefined {
  if (!sameRevisions(before.revisionIds, revisionIdsOf(release))) return { kind: 'revisions', from: before.revisionIds };
  return isForOthers(before, release, app, now) ? { kind: 'policy' } : undefined;
}

function requestFor(release: Release, environment: string, policy: ApprovalPolicy, facts: PlanFacts): ApprovalRequest {
  return {
    id: facts.newId(),
    environment,
    revisionIds: revisionIdsOf(release),
    policy,
    askedAt: facts.now,
    ...(policy.expiresMs !== undefined && { expiresAt: facts.now + policy.expiresMs }),
    decisions: [],
    state: 'open',
  };
}

function waitingForIt(release: Release, request: ApprovalRequest, facts: PlanFacts): Release {
  return waitingFor(release, { for: 'approval', approvalId: request.id }, facts);
}

function changed(release: Release, request: ApprovalRequest, change: Partial<ApprovalRequest>): Release {
  return { ...release, approvals: release.approvals.map((one) => (one.id === request.id ? { ...one, ...change } : one)) };
}
