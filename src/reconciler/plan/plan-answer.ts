import { ranOut, withPresentVerdict, type ApprovalRequest } from '../../domain/approval.ts';
import type { Release } from '../../domain/release.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';
import { waitingFor, waitsAtDoor } from './waiting.ts';

/** CodePipeline takes at most 512 characters. */
const SUMMARY_MAX = 512;
/** How long AWS is left alone after it refused to hear that the time is over. */
const REFUSED_PAUSE_MS = 60_000;

/**
 * A decision that was recorded is given to CodePipeline, with the token that was stored when the card was drawn. A
 * yes lets the release into its environment, so it is counted and the gates there are examined once more, and none is
 * given while it is being cancelled; a no needs none.
 */
export function planAnswer(release: Release, facts: PlanFacts): Plan | undefined {
  const late = release.approvals.find((request) => request.state === 'open' && isPast(request, facts.now) && !isRefused(request, facts.now) && request.approvalAction);
  if (late) return expire(release, late, facts);
  const decided = release.approvals.find((request) => request.state === 'decided');
  const where = decided?.approvalAction;
  if (!decided || !where) return undefined;
  const standing = withPresentVerdict(decided, release.requesters.map((requester) => requester.user));
  if (standing !== decided) return { release: waitingFor(withRequest(release, standing), { for: 'approval', approvalId: decided.id }, facts) };
  const approved = decided.verdict === 'approved';
  if (approved && release.cancel) return undefined;
  const waiting = approved && decided.environment === release.environment ? waitsAtDoor(release, facts) : undefined;
  if (waiting) return { release: waitingFor(release, waiting, facts) };
  const last = decided.decisions.findLast((decision) => decision.approves === approved);
  return {
    release,
    effect: {
      effect: { kind: 'answer-approval', approvalId: decided.id, pipeline: where.pipeline, stage: where.stage, action: where.action, token: where.token, approved, summary: summaryOf(release, decided) },
      ...(last && { by: last.by }),
    },
  };
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

/** Who decided and for which release: the console and CodePipeline's history show it. */
function summaryOf(release: Release, request: ApprovalRequest): string {
  const said = request.decisions.map((decision) => `${decision.approves ? 'Approved' : 'Rejected'} by ${decision.name === undefined ? '' : `${decision.name} `}(Slack ${decision.by})${decision.comment ? `: ${decision.comment}` : ''}`);
  const all = said.length > 0 ? said.join('; ') : 'Nobody answered';
  const text = ranOut(request) ? `${all}${said.length > 0 ? ', and not enough others' : ''} in the time that the policy gives` : all;
  return `${text} (Jack release ${release.number})`.slice(0, SUMMARY_MAX);
}
