import { textIn } from '../operations/clicks/form-metadata.ts';
import { decideApproval } from '../operations/decide-approval.ts';
import type { World } from '../ports.ts';
import { commentForm } from '../views/approvals/comment-form.ts';
import { decidedAnswer } from '../views/approvals/replies.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Form } from './form.ts';
import { openAnswerForm } from './open-answer.ts';
import type { Opening } from './opening.ts';

/** A yes with a comment. Its metadata names the approval, which is looked up and authorised again. */
export const approveForm: Form = {
  id: 'approve',
  check: (values) => ((values['comment'] ?? '').trim() === '' ? { comment: 'Say something, or close this and use Approve.' } : undefined),
  async submit({ values, privateMetadata, said, world }) {
    const approvalId = textIn(privateMetadata, 'approval') ?? '';
    const answer = await decideApproval({ approvalId, user: said.user, approves: true, comment: (values['comment'] ?? '').trim(), said: said.id }, world);
    return answer.ok ? { text: decidedAnswer(answer.value, approvalId, said.user) } : refusalReply(answer.refusal);
  },
};

export function openCommentForm(click: Opening, world: World): Promise<void> {
  return openAnswerForm(click, commentForm, world);
}
