import { glassFor, withPresentVerdict, type ApprovalRequest } from '../../domain/approvals/approval.ts';
import { authorsAreComing, fourEyesOf } from '../../domain/approvals/four-eyes.ts';
import { raised } from '../../domain/approvals/policy.ts';
import { summaryOf } from '../../domain/approvals/summary.ts';
import type { Release } from '../../domain/release.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { waitingFor, waitsAtDoor } from './waiting.ts';

/** How long AWS is left alone after it refused to hear that the time is over. */
const REFUSED_PAUSE_MS = 60_000;

/**
 * A decision that was recorded is given to CodePipeline, with the token that was stored when the card was drawn. A
 * yes lets the release into an environment, so it is counted and the gates there are examined once more, and none is
 * given while it is being cancelled; a no needs none.
 */
export function planAnswer(found: Release, facts: PlanFacts): Plan | undefined {
  const release = withBrokenGlass(raised(found, facts.app), facts.now);
  const late = release.approvals.find((request) => request.state === 'open' && isPast(request, facts.now) && !isRefused(request, facts.now) && request.approvalAction);
  if (late) return expire(release, late, facts);
  const decided = release.approvals.find((request) => request.state === 'decided' && request.approvalAction);
  if (!decided) return undefined;
  return decided.verdict === 'approved' ? planYes(release, decided, facts) : told(release, decided);
}

function planYes(release: Release, decided: ApprovalRequest, facts: PlanFacts): Plan | undefined {
  const standing = withPresentVerdict(decided, fourEyesOf(release));
  if (standing !== decided) return { release: waitingFor(withRequest(release, standing), { for: 'approval', approvalId: decided.id }, facts) };
  if (release.cancel) return undefined;
  if (authorsAreComing(release) && !decided.brokenGlass && !glassFor(decided, release.passes)) return { release: waitingFor(release, { for: 'approval', approvalId: decided.id }, facts) };
  const waiting = waitsAtDoor(release, facts);
  return waiting ? { release: waitingFor(release, waiting, facts) } : told(release, decided);
}

function told(release: Release, decided: ApprovalRequest): Plan | undefined {
  const where = decided.approvalAction;
  if (!where) return undefined;
  const approved = decided.verdict === 'approved';
  const by = decided.brokenGlass?.by ?? decided.decisions.findLast((decision) => decision.approves === approved)?.by;
  return {
    release,
    effect: {
      effect: { kind: 'answer-approval', approvalId: decided.id, pipeline: where.pipeline, stage: where.stage, action: where.action, token: where.token, approved, summary: summaryOf(release, decided) },
      ...(by !== undefined && { by }),
    },
  };
}

/** An owner let the release pass without the approvers: what is asked is answered in their name. */
export function withBrokenGlass(release: Release, now: number): Release {
  const { passes, cancel } = release;
  if (!passes || cancel) return release;
  const answered = (request: ApprovalRequest): ApprovalRequest => {
    const pass = request.state === 'open' && request.approvalAction && !isRefused(request, now) ? glassFor(request, passes) : undefined;
    return pass ? { ...request, state: 'decided', verdict: 'approved', brokenGlass: pass } : request;
  };
  return { ...release, approvals: release.approvals.map(answered) };
}

function isPast(request: ApprovalRequest, now: number): boolean {
  return request.expiresAt !== undefined && now >= request.expiresAt && request.policy?.expiresMs !== undefined;
}

function isRefused({ refusedAt }: ApprovalRequest, now: number): boolean {
  return refusedAt !== undefined && now < refusedAt + REFUSED_PAUSE_MS;
}

/** The policy's time is up before CodePipeline's own: a no that nobody gave. */
function expire(release: Release, late: ApprovalRequest, facts: PlanFacts): Plan {
  const over = withRequest(release, { ...late, state: 'decided', verdict: 'rejected' });
  return planAnswer(over, facts) ?? { release: over };
}

function withRequest(release: Release, request: ApprovalRequest): Release {
  return { ...release, approvals: release.approvals.map((one) => (one.id === request.id ? request : one)) };
}
