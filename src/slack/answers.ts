import { buttons } from '../buttons/index.ts';
import { answerWords } from '../commands/answer.ts';
import type { Time } from '../domain/observation.ts';
import { forms, opensForm } from '../forms/index.ts';
import type { Said, World } from '../ports.ts';
import type { Reply } from '../views/reply.ts';
import { refusalReply } from '../views/refusal.ts';

/**
 * Answers what somebody said, once: 'said:<id>'. What it writes down carries the id of what was said, so that a repeat
 * after a crash finds what the first run made.
 */
export async function answerSaid(id: string, world: World): Promise<Time | undefined> {
  const said = await world.store.said(id);
  if (!said) return undefined;
  const reply = opensForm(said) ? undefined : await answer(said, world);
  await world.store.finishSaid(id, reply ? 'answered' : 'form');
  if (reply) await world.slack.reply(said.reply, reply);
  return undefined;
}

async function answer(said: Said, world: World): Promise<Reply | undefined> {
  const { what } = said;
  if (what.kind === 'button') {
    const button = buttons.find((one) => one.id === what.button);
    return button ? button.press({ value: what.value, said, world }) : refusalReply({ kind: 'stale-button' });
  }
  if (what.kind === 'form') {
    const form = forms.find((one) => one.id === what.form);
    return form?.submit({ values: what.values, privateMetadata: what.privateMetadata, said, world });
  }
  return answerWords(said, world);
}
