import type { App, BlockAction, ViewOutput } from '@slack/bolt';
import type { Clock, Log, Said, Slack, Store } from '../../ports.ts';
import { formValues } from './form-values.ts';
import type { Hear } from './hearing.ts';
import { saidByClick, saidByCommand, saidByForm } from './said.ts';

/** A form as it stands on somebody's screen. */
export interface ShownForm {
  readonly viewId: string;
  readonly hash: string;
  readonly form: string;
  readonly privateMetadata: string;
  /** What is filled in so far, by block id. */
  readonly values: Readonly<Record<string, string>>;
}

/** One line of a menu that fills itself. Slack cuts nothing: 75 characters at most. */
export interface Suggestion {
  readonly text: string;
  readonly value: string;
}

/** The forms, as the listeners see them. They need the trigger id, which lives three seconds. */
export interface Forms {
  /** Whether a form is opened or redrawn at once for this. */
  readonly opens: (said: Said) => boolean;
  /** `shown`: the click was made in this form. */
  readonly open: (said: Said, shown: ShownForm | undefined) => Promise<void>;
  /** What is wrong in what was filled in, by block id; undefined when nothing is. */
  readonly check: (form: string, values: Readonly<Record<string, string>>) => Readonly<Record<string, string>> | undefined;
  readonly suggest: (menu: string, typed: string, shown: ShownForm | undefined, user: string) => Promise<readonly Suggestion[]>;
}

export interface Ears {
  readonly hear: Hear;
  readonly forms: Forms;
  readonly reply: Slack['reply'];
  readonly people: { forgetGroup(group: string): void };
  readonly store: Pick<Store, 'nudge'>;
  readonly clock: Clock;
  readonly wake: () => void;
  readonly log: Log;
}

/**
 * Links open in the browser and Slack tells of the click all the same: action ids that begin so are acked and forgotten.
 */
const LINK = /^link\b/;

/** One listener for each way to speak to Jack. Bolt runs every listener that matches, so no two overlap. */
export function listen(app: App, ears: Ears): void {
  app.command(/^\//, async ({ command, ack }) => {
    const said = saidByCommand(command, ears.clock.now());
    const heard = await ears.hear(said);
    if (heard.kind === 'failed') return ack({ response_type: 'ephemeral', text: heard.sentence });
    await ack();
    if (heard.kind === 'recorded') await openForm(ears, said);
  });

  app.action({ type: 'block_actions' }, async ({ body, ack }) => {
    if (LINK.test(body.actions[0]?.action_id ?? '')) return ack();
    const said = saidByClick(body, ears.clock.now());
    const shown = shownForm(body.view);
    if (shown) {
      await ack();
      return openForm(ears, said, shown);
    }
    const heard = await ears.hear(said);
    await ack();
    if (heard.kind === 'failed') return ears.reply(said.reply, { text: heard.sentence });
    if (heard.kind === 'recorded') await openForm(ears, said);
  });

  app.view(/.*/, async ({ body, ack }) => {
    if (body.type === 'view_closed') return ack();
    const values = formValues(body.view.state.values);
    const errors = ears.forms.check(body.view.callback_id, values);
    if (errors) return ack({ response_action: 'errors', errors: { ...errors } });
    const heard = await ears.hear(saidByForm(body, ears.clock.now()));
    const field = Object.keys(body.view.state.values)[0];
    if (heard.kind !== 'failed') await ack();
    else if (field !== undefined) await ack({ response_action: 'errors', errors: { [field]: heard.sentence } });
    else await ack({ response_action: 'update', view: sayInForm(heard.sentence) });
  });

  app.options(/.*/, async ({ body, payload, ack }) => {
    const found = await ears.forms.suggest(payload.action_id, payload.value, shownForm(body.view), body.user.id);
    await ack({ options: found.slice(0, 100).map(({ text, value }) => ({ text: { type: 'plain_text', text }, value })) });
  });

  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    await ears.store.nudge(`home:${event.user}`, ears.clock.now());
    ears.wake();
  });
  app.event('subteam_members_changed', async ({ event }) => ears.people.forgetGroup(event.subteam_id));
  app.event('subteam_updated', async ({ event }) => ears.people.forgetGroup(event.subteam.id));
}

/** Best effort: what was said is recorded, but nobody can open a form later. */
async function openForm(ears: Ears, said: Said, shown?: ShownForm): Promise<void> {
  if (!ears.forms.opens(said)) return;
  try {
    await ears.forms.open(said, shown);
  } catch (error) {
    ears.log.error({ said: said.id, err: error }, 'a form could not be opened');
    await ears.reply(said.reply, { text: ':warning: The form could not be opened, and nothing was changed. Try again, or type the whole command: `/deploy <environment>`.' });
  }
}

/** Views of type 'home' are no forms. */
function shownForm(view: BlockAction['view'] | ViewOutput): ShownForm | undefined {
  if (view?.type !== 'modal') return undefined;
  return { viewId: view.id, hash: view.hash, form: view.callback_id, privateMetadata: view.private_metadata, values: formValues(view.state?.values ?? {}) };
}

function sayInForm(sentence: string) {
  return {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: 'Not recorded' },
    blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: sentence } }],
  };
}
