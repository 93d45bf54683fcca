import type { ApprovalPolicy, Principal } from '../app.ts';
import type { Time } from '../observation.ts';
import type { Pass } from '../release.ts';
import type { FourEyes } from './four-eyes.ts';

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
  /** Why it was withdrawn; absent in what was recorded before this was. */
  readonly withdrawn?: WithdrawnBecause;
  /** When AWS last refused to hear that the time of the policy is over: it is not told again at once. */
  readonly refusedAt?: Time;
  /** Newer executions that wait behind this one. */
  readonly newerBehind?: number;
  /** The one of them that comes in when this one is rejected. Absent: none, or the pipeline runs them side by side. */
  readonly next?: NextInLine;
  /** What is different from the question that stood there before. */
  readonly since?: ChangedSince;
  /** Approvers who were not in the channel when it was asked, at most 20: each gets a direct message. Absent: not looked up yet. */
  readonly absent?: readonly Principal[];
  /** An owner let the release pass without the approvers: counts as a yes, in their name. */
  readonly brokenGlass?: Pass;
}

/** newest: SUPERSEDED, the others are dropped. next: QUEUED, in their order. */
export interface NextInLine {
  readonly kind: 'newest' | 'next';
  readonly executionId: string;
  /** Its release, where it is known. */
  readonly number?: number;
  readonly revisionId?: string;
}

/** ended: the release, or its execution, was over. changed: AWS asks again, or for something else. policy: nobody whom the card named could answer it any more. */
export type WithdrawnBecause = 'ended' | 'changed' | 'policy';

/** retried: the same revisions, asked again. revisions: it would ship something else. policy: jack.yml names others by now. */
export type ChangedSince = { readonly kind: 'retried' } | { readonly kind: 'revisions'; readonly from: readonly string[] } | { readonly kind: 'policy' };

export interface Decision {
  readonly by: Principal;
  readonly at: Time;
  /** The Slack name at that moment, for CodePipeline's history. */
  readonly name?: string;
  readonly approves: boolean;
  readonly comment?: string;
  /** The delivery by which it was said: the same one again, after a crash, is the same decision. */
  readonly said?: string;
  /** A yes that counts no more: when somebody else said theirs, this person was no approver any more. */
  readonly gone?: true;
}

/** What of the record the counting needs. */
export type Counted = Pick<ApprovalRequest, 'decisions' | 'policy' | 'brokenGlass'>;

/**
 * What the recorded decisions come to: one rejection ends it; else `count` different approvers, of whom at least one has
 * not written what ships. Undefined: still open.
 */
export function verdictOf(request: Counted, eyes: FourEyes): 'approved' | 'rejected' | undefined {
  if (request.brokenGlass) return 'approved';
  if (request.decisions.some((decision) => !decision.approves)) return 'rejected';
  const isEnough = countedApprovers(request, eyes).length >= (request.policy?.count ?? Number.POSITIVE_INFINITY);
  return isEnough && !isByAuthorsAlone(request, eyes) ? 'approved' : undefined;
}

/** The time that the policy gives ran out: a no that nobody said, even where some said yes. */
export function ranOut(request: Pick<ApprovalRequest, 'decisions' | 'state' | 'verdict'>): boolean {
  return request.verdict === 'rejected' && request.state !== 'overtaken' && request.decisions.every((decision) => decision.approves);
}

/** A yes that does not stand any more (an approver came to ask for the release, or turned out to have written it): the question is open again. */
export function withPresentVerdict(request: ApprovalRequest, eyes: FourEyes): ApprovalRequest {
  if (request.state !== 'decided' || request.verdict !== 'approved' || verdictOf(request, eyes) === 'approved') return request;
  const { verdict: _void, ...rest } = request;
  return { ...rest, state: 'open' };
}

/** Who approved, each once. Whoever came to ask for the release afterwards, or is no approver any more, does not count. */
export function countedApprovers(request: Pick<ApprovalRequest, 'decisions'>, eyes: Pick<FourEyes, 'requesters'>): readonly Principal[] {
  const approvers = request.decisions.filter((decision) => decision.approves && !decision.gone).map((decision) => decision.by);
  return [...new Set(approvers)].filter((approver) => !eyes.requesters.includes(approver));
}

/** Some approved, and each of them has written what ships: one more is needed who has not. */
export function isByAuthorsAlone(request: Pick<ApprovalRequest, 'decisions'>, eyes: FourEyes): boolean {
  const approvers = countedApprovers(request, eyes);
  return approvers.length > 0 && approvers.every((approver) => eyes.authors.includes(approver));
}

/** The same, closed before it was answered for good. */
export function withdrawnFor(because: WithdrawnBecause, request: ApprovalRequest, at: Time): ApprovalRequest {
  return { ...request, state: 'withdrawn', withdrawn: because, closedAt: at };
}

/** The pass that an owner gave for this very question: it opens no other, neither one further on nor the one that is asked anew. */
export function glassFor({ id }: Pick<ApprovalRequest, 'id'>, passes: readonly Pass[] | undefined): Pass | undefined {
  return passes?.findLast((pass) => pass.gate === 'approval' && pass.approvalId === id);
}

/** Half of the time to answer; undefined where there is no end. */
export function halfTime({ askedAt, expiresAt }: Pick<ApprovalRequest, 'askedAt' | 'expiresAt'>): Time | undefined {
  return expiresAt === undefined ? undefined : askedAt + Math.floor((expiresAt - askedAt) / 2);
}

/** The same revisions, whatever the order in which AWS tells them. */
export function sameRevisions(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
}
