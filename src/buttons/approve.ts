import { decideApproval } from '../operations/decide-approval.ts';
import { decidedAnswer } from '../views/approvals/replies.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

export const approve: Button = {
  id: 'approval.approve',
  where: ['thread', 'direct'],
  async press({ value, said, world }) {
    const answer = await decideApproval({ approvalId: value, user: said.user, approves: true, said: said.id }, world);
    return answer.ok ? { text: decidedAnswer(answer.value, value, said.user) } : refusalReply(answer.refusal);
  },
};

/** Opens the form that asks for the comment (forms/approve.ts); the click alone decides nothing. */
export const approveWithComment: Button = {
  id: 'approval.comment',
  where: ['thread', 'direct'],
  async press() {
    return undefined;
  },
};
