import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { socketApp } from '../support/slack-app.ts';
import type { SocketApp } from '../support/slack-app.ts';
import { eventually, SHOP, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

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

const type = (user: string, channel: string, text: string, more = {}): Promise<Record<string, unknown>> => slack.door('POST', '/slack/type', { user, channel, text, ...more });
const buttons = [{ type: 'actions', block_id: 'b', elements: [{ type: 'button', action_id: 'approve', value: 'r1', text: { type: 'plain_text', text: 'Approve' } }] }];

describe('what people type', () => {
  it('is escaped, and mentions and links are encoded', async () => {
    await type('ada', 'shop', 'a < b & c: @grace @release-approvers @nobody #api http://x.test/?a=1 me@acme.test');
    expect((await slack.seen('grace'))[0]?.text).toBe('a &lt; b &amp; c: <@U0GRACE001> <!subteam^S0APPROVE1> @nobody <#C0API00001|api> <http://x.test/?a=1> me@acme.test');
    expect(await slack.door('GET', '/slack/as/grace')).toMatchObject({ channels: [{ name: 'shop', unread: 1, mentions: 1 }, {}, {}, {}] });
    expect(await slack.door('GET', '/slack/as/olive')).toMatchObject({ channels: [{ name: 'shop', unread: 1, mentions: 0 }, {}, {}, {}] });
    await slack.door('POST', '/slack/read', { user: 'grace', channel: 'shop', ts: (await slack.seen('grace'))[0]?.ts ?? '' });
    expect(await slack.door('GET', '/slack/as/grace')).toMatchObject({ channels: [{ name: 'shop', unread: 0, mentions: 0 }, {}, {}, {}] });
  });

  it('calls Jack by a mention in a channel and by any message in direct messages', async () => {
    const heard: unknown[] = [];
    bolt.app.event('app_mention', async ({ event }) => void heard.push(['mention', event.text, event.thread_ts]));
    bolt.app.message(async ({ event }) => void heard.push([event.channel_type, 'text' in event ? event.text : '']));
    const { ts } = await type('ada', 'shop', '@Jack deploy prod');
    await type('ada', 'shop', '@jack again', { thread_ts: ts });
    await type('ada', 'jack', 'hello');
    await type('ada', 'shop', 'not for you');
    await eventually(() => (heard.length === 3 ? true : undefined), 'three events');
    expect(heard).toEqual([['mention', '<@U0JACK0001> deploy prod', undefined], ['mention', '<@U0JACK0001> again', ts], ['im', 'hello']]);
  });

  it('as a command is refused in a thread, when unknown, and from another team', async () => {
    const { ts } = await type('ada', 'shop', 'root');
    expect(await type('ada', 'shop', '/deploy prod', { thread_ts: ts })).toMatchObject({ acked: false, error: 'not_supported_in_threads', message: '/deploy is not supported in threads. Sorry!' });
    expect(await type('ada', 'shop', '/nope')).toMatchObject({ acked: false, error: 'unknown_command' });
    expect(await type('ada', 'shop', '/remind me')).toMatchObject({ acked: false, error: 'built_in_command' });
    expect(await type('ext', 'api', '/deploy prod')).toMatchObject({ acked: false, error: 'unknown_command' });
  });

  it('answers a command through its response URL five times', async () => {
    bolt.app.command('/jack', async ({ ack, respond }) => {
      await ack();
      for (let use = 1; use <= 5; use += 1) await respond(use === 5 ? { response_type: 'in_channel', text: 'to all' } : `only you ${use}`);
      await respond('too often').catch((error: { statusCode: number }) => refusals.push(error.statusCode));
    });
    const refusals: number[] = [];
    await type('ada', 'shop', '/jack');
    await eventually(() => refusals[0], 'the sixth use');
    expect(refusals).toEqual([404]);
    expect((await slack.seen('ada')).map((message) => message.text)).toEqual(['only you 1', 'only you 2', 'only you 3', 'only you 4', 'to all']);
    expect((await slack.seen('grace')).map((message) => message.text)).toEqual(['to all']);
  });

  it('is only possible for those who are there', async () => {
    await expect(type('gus', 'api', 'hi')).rejects.toThrow('gus is not in api');
    await expect(type('dee', 'shop', 'hi')).rejects.toThrow('deactivated');
    await expect(type('jack', 'shop', 'hi')).rejects.toThrow('bot');
  });
});

describe('what people click', () => {
  it('carries the message, who clicked, and a response URL that replaces an ephemeral message', async () => {
    const bodies: Record<string, unknown>[] = [];
    bolt.app.action('approve', async ({ ack, body, respond }) => {
      bodies.push({ ...body });
      await ack();
      await respond({ replace_original: true, text: 'done' });
    });
    await slack.client().chat.postEphemeral({ channel: SHOP, user: 'U0GRACE001', text: 'sure?', blocks: buttons });
    const [ephemeral] = await slack.seen('grace');
    expect(await slack.door('POST', '/slack/click', { user: 'grace', channel: 'shop', ts: ephemeral?.ts ?? '', action_id: 'approve' })).toEqual({ acked: true });
    await eventually(async () => ((await slack.seen('grace'))[0]?.text === 'done' ? true : undefined), 'the replacement');
    expect(bodies).toMatchObject([{ type: 'block_actions', user: { id: 'U0GRACE001', username: 'grace' }, container: { type: 'message', is_ephemeral: true, channel_id: SHOP }, actions: [{ action_id: 'approve', block_id: 'b', value: 'r1' }] }]);
    expect(bodies[0]).not.toHaveProperty('message');
    await expect(slack.door('POST', '/slack/click', { user: 'ada', channel: 'shop', ts: ephemeral?.ts ?? '', action_id: 'approve' })).rejects.toThrow('ada sees no message');
  });

  it('is looked up in the message, unless it is forged', async () => {
    const values: unknown[] = [];
    bolt.app.action('approve', async ({ ack, payload }) => {
      await ack();
      values.push('value' in payload ? payload.value : undefined);
    });
    const { ts } = await slack.client().chat.postMessage({ channel: SHOP, text: 'x', blocks: buttons });
    const click = { user: 'ada', channel: 'shop', ts: ts ?? '', action_id: 'approve' };
    await slack.door('POST', '/slack/click', { ...click, value: 'ignored' });
    await slack.door('POST', '/slack/click', { ...click, value: 'r9', forge: true });
    expect(values).toEqual(['r1', 'r9']);
    await expect(slack.door('POST', '/slack/click', { ...click, action_id: 'other' })).rejects.toThrow('nothing with the action id other');
  });

  it('is an error to the person when nobody acks in time', async () => {
    bolt.app.action('approve', async () => undefined);
    const { ts } = await slack.client().chat.postMessage({ channel: SHOP, text: 'x', blocks: buttons });
    await slack.door('POST', '/slack/timing', { ackMs: 60 });
    expect(await slack.door('POST', '/slack/click', { user: 'ada', channel: 'shop', ts: ts ?? '', action_id: 'approve' })).toEqual({ acked: false, error: 'operation_timeout' });
  });
});

describe('what admins do', () => {
  it('tells the app of changed user groups and new members', async () => {
    const heard: unknown[] = [];
    bolt.app.event('subteam_members_changed', async ({ event }) => void heard.push([event.added_users, event.removed_users]));
    bolt.app.event('member_joined_channel', async ({ event }) => void heard.push([event.user, event.channel]));
    await slack.door('POST', '/slack/usergroup', { handle: 'release-approvers', users: ['grace', 'olive'] });
    await slack.door('POST', '/slack/channel', { name: 'api', members: ['ada', 'jack', 'gus'] });
    await eventually(() => (heard.length === 2 ? true : undefined), 'both events');
    expect(heard).toEqual([[['U0OLIVE001'], ['U0MIN00001']], ['U0GUS00001', 'C0API00001']]);
    expect(await slack.client().usergroups.users.list({ usergroup: 'S0APPROVE1' })).toMatchObject({ users: ['U0GRACE001', 'U0OLIVE001'] });
  });

  it('shows guests, strangers and closed accounts for what they are', async () => {
    const info = async (user: string): Promise<object | undefined> => (await slack.client().users.info({ user })).user;
    expect(await info('U0GUS00001')).toMatchObject({ is_restricted: true, is_ultra_restricted: true, deleted: false });
    expect(await info('U0EXT00001')).toMatchObject({ is_stranger: true, team_id: 'T0PARTNER1' });
    expect(await info('U0DEE00001')).toMatchObject({ deleted: true });
    expect(await info('U0JACK0001')).toMatchObject({ is_bot: true });
    expect((await slack.client().users.lookupByEmail({ email: 'linus@acme.test' })).user?.id).toBe('U0LINUS001');
  });
});
