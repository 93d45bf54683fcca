import type { FormView, World } from '../ports.ts';
import { sorryForm } from '../views/forms.ts';
import { refusalText } from '../views/refusal.ts';
import { answerPlace, type Opening } from './opening.ts';

/** Opens the form about an approval while the question is open; else says what became of it. */
export async function openAnswerForm(click: Opening, form: (number: number, app: string, environment: string, metadata: string) => FormView, world: World): Promise<void> {
  const { triggerId, value: approvalId } = click;
  const release = await world.store.releaseByApproval(approvalId);
  const request = release?.approvals.find((one) => one.id === approvalId);
  const view = release && request?.state === 'open'
    ? form(release.number, release.app, request.environment, JSON.stringify({ ...answerPlace(click), approval: approvalId }))
    : sorryForm(refusalText(release && request ? { kind: 'approval-over', number: release.number, approval: request } : { kind: 'stale-button' }));
  await world.slack.openForm(triggerId, view);
}
