import type { FormView, World } from '../ports.ts';
import { sorryForm } from '../views/forms.ts';
import { refusalText } from '../views/refusal.ts';

/** A click on a button that opens a form about an approval. */
export interface Opened {
  readonly triggerId: string;
  readonly approvalId: string;
  /** Where the answer to the form goes. */
  readonly from: { readonly channel: string; readonly threadTs?: string };
}

/** Opens the form while the question is open; else says what became of it. */
export async function openAnswerForm({ triggerId, approvalId, from }: Opened, form: (number: number, app: string, environment: string, metadata: string) => FormView, world: World): Promise<void> {
  const release = await world.store.releaseByApproval(approvalId);
  const request = release?.approvals.find((one) => one.id === approvalId);
  const view = release && request?.state === 'open'
    ? form(release.number, release.app, request.environment, JSON.stringify({ ...from, approval: approvalId }))
    : sorryForm(refusalText(release && request ? { kind: 'approval-over', number: release.number, approval: request } : { kind: 'stale-button' }));
  await world.slack.openForm(triggerId, view);
}
