import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { types } from '@slack/bolt';
import { socketApp } from '../support/slack-app.ts';
import type { SocketApp } from '../support/slack-app.ts';
import { ADA, eventually, slackUnderTest } from '../support/slack-workspace.ts';
import type { SeenView, SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;
let bolt: SocketApp;

beforeEach(async () => {
  slack = await slackUnderTest();
  bolt = await socketApp(slack.apiUrl);
  await bolt.start();
});
afterEach(async () => {
  await bolt.stop();
  await slack.stop();
});

const text = (value: string): types.PlainTextElement => ({ type: 'plain_text', text: value });
const choice = (value: string): types.PlainTextOption => ({ text: text(value), value });

const form = (title = 'Deploy', more: types.KnownBlock[] = []): types.ModalView => ({
  type: 'modal',
  callback_id: 'deploy',
  title: text(title),
  submit: text('Go'),
  blocks: [
    { type: 'input', block_id: 'env', label: text('Environment'), dispatch_action: true, element: { type: 'static_select', action_id: 'pick', options: [choice('dev'), choice('prod')] } },
    { type: 'input', block_id: 'why', label: text('Reason'), optional: true, element: { type: 'plain_text_input', action_id: 'text', max_length: 20 } },
    ...more,
  ],
});

/** Opens the form for Ada by a command, and gives it. */
async function opened(view: types.ModalView): Promise<SeenView> {
  bolt.app.command('/deploy', async ({ ack, command, client }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view });
  });
  await slack.door('POST', '/slack/type', { user: 'ada', channel: 'shop', text: '/deploy' });
  return eventually(async () => (await slack.modals('ada'))[0], 'the modal');
}

describe('a modal', () => {
  it('is filled in, submitted with its state, and closes on an empty ack', async () => {
    const picked: unknown[] = [];
    const submitted: unknown[] = [];
    bolt.app.action('pick', async ({ ack, payload }) => {
      await ack();
      picked.push(payload);
    });
    bolt.app.view('deploy', async ({ ack, view, body }) => {
      await ack();
      submitted.push(view.state.values, body.user.id, view.hash);
    });
    const view = await opened(form());
    expect(await slack.door('POST', '/slack/select', { user: 'ada', view_id: view.id, block_id: 'env', action_id: 'pick', value: 'prod' })).toEqual({ acked: true });
    expect(picked).toMatchObject([{ type: 'static_select', block_id: 'env', selected_option: { value: 'prod' } }]);
    expect(await slack.door('POST', '/slack/submit', { user: ADA, view_id: view.id, values: { why: { text: 'because' } } })).toEqual({ acked: true });
    expect(submitted[0]).toEqual({ env: { pick: { type: 'static_select', selected_option: choice('prod') } }, why: { text: { type: 'plain_text_input', value: 'because' } } });
    expect(submitted[1]).toBe(ADA);
    expect(await slack.modals('ada')).toEqual([]);
  });

  it('does not reach the app while a required field is empty or a text too long', async () => {
    const view = await opened(form());
    const result = await slack.door('POST', '/slack/submit', { user: 'ada', view_id: view.id, values: { why: { text: 'x'.repeat(21) } } });
    expect(result).toEqual({ acked: false, error: 'incomplete', errors: { env: 'Please complete this required field.', why: 'Please enter at most 20 characters.' } });
    expect((await slack.modals('ada'))[0]?.errors).toEqual(result['errors']);
  });

  it('shows the errors of the app, for input blocks only', async () => {
    let blockId = 'why';
    bolt.app.view('deploy', async ({ ack }) => ack({ response_action: 'errors', errors: { [blockId]: 'say more' } }));
    const view = await opened(form());
    const submit = (): Promise<object> => slack.door('POST', '/slack/submit', { user: 'ada', view_id: view.id, values: { env: { pick: 'dev' } } });
    expect(await submit()).toEqual({ acked: true, response_action: 'errors', errors: { why: 'say more' } });
    expect((await slack.modals('ada'))[0]?.errors).toEqual({ why: 'say more' });
    blockId = 'nowhere';
    expect(await submit()).toMatchObject({ acked: false, error: 'invalid_errors', message: 'We had some trouble connecting. Try again?' });
  });

  it('is updated in the ack, keeping what was typed where the block stays', async () => {
    bolt.app.view('deploy', async ({ ack }) => ack({ response_action: 'update', view: form('Sure?') }));
    const view = await opened(form());
    expect(await slack.door('POST', '/slack/submit', { user: 'ada', view_id: view.id, values: { env: { pick: 'dev' }, why: { text: 'kept' } } })).toEqual({ acked: true, response_action: 'update' });
    const [after] = await slack.modals('ada');
    expect(after).toMatchObject({ id: view.id, title: { text: 'Sure?' }, state: { values: { why: { text: { value: 'kept' } } } } });
  });

  it('stacks three deep, not four, and is cleared at once', async () => {
    bolt.app.action('deeper', async ({ ack, body, client }) => {
      await ack();
      const triggerId = 'trigger_id' in body ? body.trigger_id : '';
      results.push(await client.views.push({ trigger_id: triggerId, view: deep }).then(() => 'pushed', (error: { data: { error: string } }) => error.data.error));
    });
    bolt.app.view('deploy', async ({ ack }) => ack({ response_action: 'clear' }));
    const results: string[] = [];
    const deep: types.ModalView = { type: 'modal', callback_id: 'deploy', title: text('Deep'), submit: text('Go'), blocks: [{ type: 'actions', block_id: 'go', elements: [{ type: 'button', action_id: 'deeper', text: text('Deeper') }] }] };
    await opened(deep);
    for (let depth = 1; depth <= 3; depth += 1) {
      const top = (await slack.modals('ada')).at(-1);
      await slack.door('POST', '/slack/click', { user: 'ada', view_id: top?.id ?? '', action_id: 'deeper' });
      await eventually(() => (results.length === depth ? true : undefined), `push ${depth}`);
    }
    expect(results).toEqual(['pushed', 'pushed', 'push_limit_reached']);
    const top = (await slack.modals('ada')).at(-1);
    expect(await slack.door('POST', '/slack/submit', { user: 'ada', view_id: top?.id ?? '' })).toEqual({ acked: true, response_action: 'clear' });
    expect(await slack.modals('ada')).toEqual([]);
  });

  it('tells the app that it was closed when it asked for that', async () => {
    const closed: unknown[] = [];
    bolt.app.view({ callback_id: 'deploy', type: 'view_closed' }, async ({ ack, body }) => {
      await ack();
      closed.push('is_cleared' in body && body.is_cleared);
    });
    const view = await opened({ ...form(), notify_on_close: true });
    expect(await slack.door('POST', '/slack/close', { user: 'ada', view_id: view.id, all: true })).toEqual({ acked: true });
    expect(closed).toEqual([true]);
  });

  it('loads the options of an external select from the app', async () => {
    bolt.app.options('revision', async ({ ack, payload }) => ack({ options: [choice(`${payload.value}-1`)] }));
    const view = await opened(form('Pick', [{ type: 'input', block_id: 'rev', optional: true, label: text('Revision'), element: { type: 'external_select', action_id: 'revision', min_query_length: 1 } }]));
    expect(await slack.door('POST', '/slack/options', { user: 'ada', view_id: view.id, block_id: 'rev', action_id: 'revision', query: 'abc' })).toEqual({ acked: true, options: [choice('abc-1')] });
  });
});

/** A trigger that the app was given with a command. */
async function trigger(): Promise<string> {
  const given: string[] = [];
  bolt.app.command('/jack', async ({ ack, command }) => {
    given.push(command.trigger_id);
    await ack();
  });
  await slack.door('POST', '/slack/type', { user: 'ada', channel: 'shop', text: '/jack' });
  return given[0] ?? '';
}

const refusal = (error: string): object => ({ data: { error } });

describe('views and their triggers', () => {
  it('a trigger opens one view, and lives three seconds', async () => {
    const client = slack.client();
    const used = await trigger();
    await client.views.open({ trigger_id: used, view: form() });
    await expect(client.views.open({ trigger_id: used, view: form() })).rejects.toMatchObject(refusal('exchanged_trigger_id'));
    await expect(client.views.open({ trigger_id: '1.2.x', view: form() })).rejects.toMatchObject(refusal('invalid_trigger_id'));
    const old = await trigger();
    await new Promise((resolve) => void setTimeout(resolve, 3050));
    await expect(client.views.open({ trigger_id: old, view: form() })).rejects.toMatchObject(refusal('expired_trigger_id'));
  });

  it('are updated by id or external id, with the hash they had', async () => {
    const client = slack.client();
    const { view } = await client.views.open({ trigger_id: await trigger(), view: { ...form(), external_id: 'one' } });
    const updated = await client.views.update({ external_id: 'one', hash: view?.hash ?? '', view: form('Two') });
    expect(updated.view?.hash).not.toBe(view?.hash);
    await expect(client.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: form() })).rejects.toMatchObject(refusal('hash_conflict'));
    await expect(client.views.update({ view_id: 'V0NOTHING1', view: form() })).rejects.toMatchObject(refusal('not_found'));
    const wide = { ...form(), private_metadata: 'x'.repeat(260_000) };
    await expect(client.views.update({ view_id: view?.id ?? '', view: wide })).rejects.toMatchObject(refusal('view_too_large'));
  });

  it('the home tab opens, is published, and comes back with the next opening', async () => {
    const openings: unknown[] = [];
    bolt.app.event('app_home_opened', async ({ event, client }) => {
      openings.push(event.view !== undefined && 'hash' in event.view ? event.view.hash : undefined);
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'header', text: text('Hello') }] } });
    });
    await slack.door('POST', '/slack/home', { user: 'ada' });
    const home = await eventually(async () => (await slack.door<{ view?: { hash: string; type: string } }>('GET', '/slack/as/ada/home')).view, 'the home tab');
    expect(home).toMatchObject({ type: 'home', blocks: [{ type: 'header', text: text('Hello') }] });
    await slack.door('POST', '/slack/home', { user: 'ada' });
    await eventually(() => (openings.length === 2 ? true : undefined), 'the second opening');
    expect(openings).toEqual([undefined, home.hash]);
    expect(await slack.door('GET', '/slack/as/grace/home')).toEqual({});
  });
});
