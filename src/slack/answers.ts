import { buttons } from '../buttons/index.ts';
import { answerWords } from '../commands/answer.ts';
import { parseSaid } from '../commands/index.ts';
import type { AuditFact } from '../domain/audit.ts';
import type { Time } from '../domain/observation.ts';
import { forms, openForm, opensForm } from '../forms/index.ts';
import { givenUpFact, refusedFact } from '../operations/clicks/audit-refusal.ts';
import { believeClick } from '../operations/clicks/believe-click.ts';
import { believeForm, bindingForms } from '../operations/clicks/bound-forms.ts';
import type { Said, World } from '../ports.ts';
import type { Reply } from '../views/reply.ts';
import { refusalReply } from '../views/refusal.ts';

/**
 * Answers what somebody said, once: 'said:<id>'. What it writes down carries the id of what was said, so that a repeat
 * after a crash finds what the first run made. What was refused is audited in the transaction that finishes it.
 */
export async function answerSaid(id: string, world: World): Promise<Time | undefined> {
  const said = await world.store.said(id);
  if (!said) return undefined;
  const reply = (await disbelieved(said, world)) ?? (await answer(said, world));
  const fact = reply?.refusal && (await refusedFact(said, parseSaid(said).verb, reply.refusal, world));
  await world.store.finishSaid(id, reply ? 'answered' : 'form', fact && { audit: [fact] });
  if (reply) await world.slack.reply(said.reply, reply);
  return undefined;
}

/** What the audit tells of what was given up after a fault. */
export function auditGivenUp(said: Said, fault: string, world: World): Promise<AuditFact> {
  return givenUpFact(said, parseSaid(said).verb, fault, world);
}

/** Opens a form at once, for a click that can be believed; the refusal of another one is told by `answerSaid`. */
export async function openBelieved(said: Said, shown: Parameters<typeof openForm>[1], world: World): Promise<void> {
  if (!shown && (await disbelieved(said, world))) return;
  await openForm(said, shown, bindingForms(world, said.user, shown?.privateMetadata));
}

/** Nothing that comes with a click or a form is trusted: where it was made and for whom is looked up. */
async function disbelieved(said: Said, world: World): Promise<Reply | undefined> {
  const { what } = said;
  if (what.kind !== 'button' && what.kind !== 'form') return undefined;
  const button = what.kind === 'button' ? buttons.find((one) => one.id === what.button) : undefined;
  if (what.kind === 'button' && !button) return refusalReply({ kind: 'stale-button' });
  const refusal = button ? await believeClick(button, said, world) : await believeForm(said, world);
  return refusal && refusalReply(refusal);
}

/** A button that opens a form says nothing when it is pressed, unless it refuses. */
async function answer(said: Said, world: World): Promise<Reply | undefined> {
  const { what } = said;
  if (what.kind === 'button') return buttons.find((one) => one.id === what.button)?.press({ value: what.value, said, world });
  if (what.kind === 'form') {
    const form = forms.find((one) => one.id === what.form);
    return form?.submit({ values: what.values, privateMetadata: what.privateMetadata, said, world });
  }
  return opensForm(said) ? undefined : answerWords(said, world);
}
