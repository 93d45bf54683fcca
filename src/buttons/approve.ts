import { decideApproval } from '../operations/decide-approval.ts';
import { approvedReply } from '../views/on-its-way.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Button } from './button.ts';

export const approve: Button = {
  id: 'approval.approve',
  async press({ value, said, world }) {
    const answer = await decideApproval({ approvalId: value, user: said.user, approves: true }, world);
    return answer.ok ? approvedReply(answer.value, true) : refusalReply(answer.refusal);
  },
};
