import type { Principal } from '../app.ts';
import { no, yes, type Answer, type Refusal } from '../refusal.ts';
import type { Time } from '../observation.ts';
import { isOver, type Release } from '../release.ts';
import { verdictOf, type ApprovalRequest, type Decision } from './approval.ts';
import { fourEyesOf } from './four-eyes.ts';

/**
 * The release with one more decision, or why it is not taken. Pure: of two that click at the same moment, whoever is
 * written down second is answered from what the first has left. That the person may decide at all was looked up before,
 * and which of those who said yes may not any more (`gone`).
 */
export function withDecision(release: Release, approvalId: string, decision: Decision, gone: readonly Principal[] = []): Answer<Release> {
  const request = release.approvals.find((one) => one.id === approvalId);
  if (!request) return no({ kind: 'stale-button' });
  if (isRecorded(request, decision)) return yes(release);
  const closed = whyClosed(release, request, decision) ?? ownRelease(release, decision);
  if (closed) return no(closed);
  const decisions = [...request.decisions.map((known) => (known.approves && gone.includes(known.by) ? { ...known, gone: true as const } : known)), decision];
  const verdict = verdictOf({ ...request, decisions }, fourEyesOf(release));
  const next: ApprovalRequest = { ...request, decisions, ...(verdict && { verdict, state: 'decided' }) };
  return yes({ ...release, approvals: release.approvals.map((one) => (one.id === request.id ? next : one)) });
}

/** It was written down before: Jack died before it could answer, and is told the same once more. */
export function isRecorded(request: Pick<ApprovalRequest, 'decisions'>, { by, said }: Pick<Decision, 'by' | 'said'>): boolean {
  return said !== undefined && request.decisions.some((known) => known.by === by && known.said === said);
}

/** This person has decided already, or nobody's answer is needed any more. A yes may still become a no, and never the other way; one that counts no more may be said again. */
export function whyClosed(release: Release, request: ApprovalRequest, { by, approves, at: now }: Pick<Decision, 'by' | 'approves' | 'at'>): Refusal | undefined {
  const mine = request.decisions.findLast((decision) => decision.by === by);
  if (mine && !mine.gone && (approves || !mine.approves)) return { kind: 'already-decided', number: release.number, approves: mine.approves };
  if (isOver(release) || release.cancel || request.state !== 'open') return { kind: 'approval-over', number: release.number, approval: request };
  if (isPast(request, now)) return { kind: 'approval-over', number: release.number, approval: { ...request, state: 'expired' } };
  return undefined;
}

/** Who asked may stop it, and never let it go on. */
export function ownRelease(release: Release, decision: Pick<Decision, 'by' | 'approves'>): Refusal | undefined {
  const asked = release.requesters.some((requester) => requester.user === decision.by);
  return decision.approves && asked ? { kind: 'own-release', number: release.number } : undefined;
}

/** Its time is over, though nobody has recorded so yet. */
function isPast({ expiresAt }: ApprovalRequest, now: Time): boolean {
  return expiresAt !== undefined && now >= expiresAt;
}
