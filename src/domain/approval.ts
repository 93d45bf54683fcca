import type { ApprovalPolicy, Principal } from './app.ts';
import type { Time } from './observation.ts';

/**
 * One question to people: may this go on? Asked by CodePipeline's manual approval (`approvalAction` set) or, where the
 * route crosses none, by Jack. Bound to what was seen when it was asked: execution, stage, action, token, revision.
 */
export interface ApprovalRequest {
  /** Opaque; the buttons carry this and nothing else. */
  readonly id: string;
  readonly environment: string;
  readonly approvalAction?: {
    readonly pipeline: string;
    readonly executionId: string;
    readonly stage: string;
    readonly action: string;
    /** The token stored when the card was drawn; never a fresh one. */
    readonly token: string;
  };
  /** Commit ids and labels that the card showed. */
  readonly revisionIds: readonly string[];
  /** Absent: the environment has no policy, so nobody can answer from Slack. */
  readonly policy?: ApprovalPolicy;
  readonly askedAt: Time;
  readonly expiresAt?: Time;
  readonly decisions: readonly Decision[];
  /**
   * open → decided (recorded here) → confirmed (AWS took it, or Jack's own gate opened);
   * overtaken: answered elsewhere; expired: nobody in time; withdrawn: the release ended or changed first.
   */
  readonly state: 'open' | 'decided' | 'confirmed' | 'overtaken' | 'expired' | 'withdrawn';
  readonly verdict?: 'approved' | 'rejected';
  /** Set when overtaken: ARN or name, and what was said there. */
  readonly elsewhere?: { readonly who?: string; readonly summary?: string; readonly at?: Time };
  readonly closedAt?: Time;
  /** When AWS last refused to hear that the time of the policy is over: it is not told again at once. */
  readonly refusedAt?: Time;
  /** Newer executions that wait behind this one. */
  readonly newerBehind?: number;
}

export interface Decision {
  readonly by: Principal;
  readonly at: Time;
  /** The Slack name at that moment, for CodePipeline's history. */
  readonly name?: string;
  readonly approves: boolean;
  readonly comment?: string;
}

/** What the recorded decisions come to: one rejection ends it; else `count` different approvers. Undefined: still open. */
export function verdictOf(request: Pick<ApprovalRequest, 'decisions' | 'policy'>, requesters: readonly Principal[]): 'approved' | 'rejected' | undefined {
  if (request.decisions.some((decision) => !decision.approves)) return 'rejected';
  return countedApprovers(request, requesters).length >= (request.policy?.count ?? Number.POSITIVE_INFINITY) ? 'approved' : undefined;
}

/** The time that the policy gives ran out: a no that nobody said, even where some said yes. */
export function ranOut(request: Pick<ApprovalRequest, 'decisions' | 'state' | 'verdict'>): boolean {
  return request.verdict === 'rejected' && request.state !== 'overtaken' && request.decisions.every((decision) => decision.approves);
}

/** A yes that does not stand any more, because an approver came to ask for the release since: the question is open again. */
export function withPresentVerdict(request: ApprovalRequest, requesters: readonly Principal[]): ApprovalRequest {
  if (request.state !== 'decided' || request.verdict !== 'approved' || verdictOf(request, requesters) === 'approved') return request;
  const { verdict: _void, ...rest } = request;
  return { ...rest, state: 'open' };
}

/** Who approved, each once. Whoever came to ask for the release afterwards does not count any more. */
export function countedApprovers(request: Pick<ApprovalRequest, 'decisions'>, requesters: readonly Principal[]): readonly Principal[] {
  const approvers = request.decisions.filter((decision) => decision.approves).map((decision) => decision.by);
  return [...new Set(approvers)].filter((approver) => !requesters.includes(approver));
}
