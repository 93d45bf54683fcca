import { textIn } from '../operations/clicks/form-metadata.ts';
import { decideApproval } from '../operations/decide-approval.ts';
import type { World } from '../ports.ts';
import { decidedAnswer } from '../views/approvals/replies.ts';
import { rejectForm } from '../views/forms.ts';
import { refusalReply } from '../views/refusal.ts';
import type { Form } from './form.ts';
import { openAnswerForm } from './open-answer.ts';
import type { Opening } from './opening.ts';

/** The reason of a no. Its metadata names the approval, which is looked up and authorised again, and where the answer goes. */
export const reject: Form = {
  id: 'reject',
  check: (values) => ((values['reason'] ?? '').trim() === '' ? { reason: 'Say why: who asked will read it.' } : undefined),
  async submit({ values, privateMetadata, said, world }) {
    const approvalId = textIn(privateMetadata, 'approval') ?? '';
    const answer = await decideApproval({ approvalId, user: said.user, approves: false, comment: (values['reason'] ?? '').trim(), said: said.id }, world);
    return answer.ok ? { text: decidedAnswer(answer.value, approvalId, said.user) } : refusalReply(answer.refusal);
  },
};

export function openRejectForm(click: Opening, world: World): Promise<void> {
  return openAnswerForm(click, rejectForm, world);
}
