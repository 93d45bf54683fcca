import type { Time } from '../observation.ts';
import type { ApprovalRequest } from './approval.ts';

/** How long somebody was asked, in ms, up to `until`; what was asked at the same time counts once. */
export function waitedForPeople(approvals: readonly ApprovalRequest[], until: Time): number {
  const asked = approvals.map((request) => [request.askedAt, Math.min(answeredAt(request) ?? until, until)] as const).sort(([a], [b]) => a - b);
  const sum = { waited: 0, to: 0 };
  for (const [from, to] of asked) {
    sum.waited += Math.max(0, to - Math.max(from, sum.to));
    sum.to = Math.max(sum.to, to);
  }
  return sum.waited;
}

/** A yes that a lock held afterwards was given when it was given. */
function answeredAt({ verdict, decisions, closedAt }: ApprovalRequest): Time | undefined {
  return (verdict === undefined ? undefined : decisions.at(-1)?.at) ?? closedAt;
}
