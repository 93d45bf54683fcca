import { decideApproval } from '../operations/decide-approval.ts';
import type { World } from '../ports.ts';
import { rejectForm, sorryForm } from '../views/forms.ts';
import { approvedReply } from '../views/on-its-way.ts';
import { refusalReply, refusalText } from '../views/refusal.ts';
import type { Form } from './form.ts';

/** The reason of a no. Its metadata names the approval, which is looked up and authorised again, and where the answer goes. */
export const reject: Form = {
  id: 'reject',
  check: (values) => ((values['reason'] ?? '').trim() === '' ? { reason: 'Say why: who asked will read it.' } : undefined),
  async submit({ values, privateMetadata, said, world }) {
    const answer = await decideApproval({ approvalId: approvalOf(privateMetadata), user: said.user, approves: false, comment: (values['reason'] ?? '').trim() }, world);
    return answer.ok ? approvedReply(answer.value, false) : refusalReply(answer.refusal);
  },
};

function approvalOf(privateMetadata: string): string {
  const written: unknown = JSON.parse(privateMetadata);
  const approval: unknown = typeof written === 'object' && written !== null ? Reflect.get(written, 'approval') : undefined;
  return typeof approval === 'string' ? approval : '';
}

export async function openRejectForm(triggerId: string, approvalId: string, from: { readonly channel: string; readonly threadTs?: string }, world: World): Promise<void> {
  const release = await world.store.releaseByApproval(approvalId);
  const request = release?.approvals.find((one) => one.id === approvalId);
  if (!release || !request) {
    await world.slack.openForm(triggerId, sorryForm(refusalText({ kind: 'stale-button' })));
    return;
  }
  const view = request.state === 'open' ? rejectForm(release.number, release.app, request.environment, JSON.stringify({ ...from, approval: approvalId })) : sorryForm(refusalText({ kind: 'approval-over', number: release.number, approval: request }));
  await world.slack.openForm(triggerId, view);
}
