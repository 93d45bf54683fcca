import { decideApproval } from '../operations/decide-approval.ts';
import { nextReason } from '../views/approvals/next-in-line.ts';
import { decidedAnswer } from '../views/approvals/replies.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

/** A no for the sake of what waits behind: it is the reason, and it has still to wait there. */
export const rejectNewest: Button = {
  id: 'approval.next',
  where: ['thread', 'direct'],
  async press({ value, said, world }) {
    const release = await world.store.releaseByApproval(value);
    const next = release?.approvals.find((one) => one.id === value)?.next;
    if (!release || !next) return refusalReply(release ? { kind: 'approval-changed', number: release.number, what: 'behind' } : { kind: 'stale-button' });
    const answer = await decideApproval({ approvalId: value, user: said.user, approves: false, comment: nextReason(next), instead: next.executionId, said: said.id }, world);
    return answer.ok ? { text: decidedAnswer(answer.value, value, said.user) } : refusalReply(answer.refusal);
  },
};
