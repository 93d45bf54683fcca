import { halfTime, type ApprovalRequest } from '../../domain/approvals/approval.ts';
import { isStopping } from '../../domain/approvals/stopping.ts';
import type { Time } from '../../domain/observation.ts';
import { withNote, type Release } from '../../domain/release.ts';

/** Half of the time to answer is over: the approvers are asked once more, each question once. Where there is no end nobody is hurried. */
export function withReminders(release: Release, now: Time): Release {
  if (isStopping(release)) return release;
  return release.approvals
    .filter((request) => isDue(request, now))
    .reduce((current, { id }) => withNote(current, `reminder:${id}`, now, { kind: 'reminder', approvalId: id }), release);
}

function isDue(request: ApprovalRequest, now: Time): boolean {
  const half = halfTime(request);
  const isOpen = request.state === 'open' && request.policy !== undefined && request.policy.from.length > 0;
  return isOpen && half !== undefined && now >= half && now < (request.expiresAt ?? 0);
}
