import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { JsonObject } from '../../../sandbox/json.ts';
import { ADA, APP_TOKEN, eventually, SHOP, silent, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;
let client: WebClient;

beforeAll(async () => {
  slack = await slackUnderTest();
  client = slack.client();
});
beforeEach(() => slack.reset());
afterAll(() => slack.stop());

const refusedWith = (error: string, more: JsonObject = {}): object => ({ data: { ok: false, error, ...more } });
const texts = async (args: JsonObject): Promise<unknown> => (await client.conversations.history({ channel: SHOP, ...args })).messages?.map((message) => message.text);
const clientOf = (token: string | undefined): WebClient => new WebClient(token, { slackApiUrl: slack.apiUrl, logger: silent, retryConfig: { retries: 0 } });
const mark = (release: string): { event_type: string; event_payload: Record<string, string> } => ({ event_type: 'release_thread', event_payload: { release_id: release } });

describe('messages', () => {
  it('are posted, answered with what Slack keeps, and read newest first', async () => {
    const first = await client.chat.postMessage({ channel: SHOP, text: 'one', blocks: [{ type: 'divider' }] });
    const second = await client.chat.postMessage({ channel: '#shop', text: 'two' });
    expect(first).toMatchObject({ ok: true, channel: SHOP, message: { type: 'message', user: 'U0JACK0001', bot_id: 'B0JACK0001', app_id: 'A0JACK0001', text: 'one', blocks: [{ type: 'divider', block_id: expect.any(String) }] } });
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(first.ts).toMatch(/^\d{10}\.\d{6}$/);
    const history = await client.conversations.history({ channel: SHOP, limit: 1 });
    expect(history.messages?.map((message) => message.text)).toEqual(['two']);
    const rest = await client.conversations.history({ channel: SHOP, limit: 1, cursor: history.response_metadata?.next_cursor ?? '' });
    expect(rest.messages?.map((message) => message.text)).toEqual(['one']);
    expect(rest.has_more).toBe(false);
  });

  it('are found from a time on, the edge left out unless it is asked for', async () => {
    const stamps = [];
    for (const text of ['a', 'b', 'c']) stamps.push((await client.chat.postMessage({ channel: SHOP, text })).ts ?? '');
    expect(await texts({ oldest: stamps[1] ?? '' })).toEqual(['c']);
    expect(await texts({ oldest: stamps[1] ?? '', inclusive: true })).toEqual(['c', 'b']);
    expect(await texts({ latest: stamps[1] ?? '' })).toEqual(['a']);
  });

  it('form threads; a broadcast reply shows in the channel too', async () => {
    const root = await client.chat.postMessage({ channel: SHOP, text: 'root' });
    const thread = root.ts ?? '';
    const reply = await client.chat.postMessage({ channel: SHOP, text: 'quiet', thread_ts: thread });
    await client.chat.postMessage({ channel: SHOP, text: 'loud', thread_ts: reply.ts ?? '', reply_broadcast: true });
    expect((await client.conversations.replies({ channel: SHOP, ts: thread })).messages?.map((message) => message.text)).toEqual(['root', 'quiet', 'loud']);
    expect((await slack.seen('grace')).map(({ text, broadcast, reply_count: replies }) => [text, broadcast, replies])).toEqual([['root', undefined, 2], ['loud', true, undefined]]);
    expect((await slack.seen('grace', 'shop', thread)).map((message) => message.thread_ts)).toEqual([undefined, thread, thread]);
    await expect(client.chat.postMessage({ channel: SHOP, text: 'x', thread_ts: '1.000001' })).rejects.toMatchObject(refusedWith('thread_not_found'));
  });

  it('carry metadata that an edit keeps, replaces or takes away, and that is only fully read when asked for', async () => {
    const posted = await client.chat.postMessage({ channel: SHOP, text: 'x', metadata: mark('r1') });
    const ts = posted.ts ?? '';
    const read = async (all: boolean): Promise<unknown> => (await client.conversations.history({ channel: SHOP, include_all_metadata: all })).messages?.[0]?.metadata;
    expect(await read(true)).toEqual(mark('r1'));
    expect(await read(false)).toEqual({ event_type: 'release_thread' });
    await client.chat.update({ channel: SHOP, ts, text: 'y' });
    expect(await read(true)).toEqual(mark('r1'));
    await client.chat.update({ channel: SHOP, ts, text: 'y', metadata: mark('r2') });
    expect(await read(true)).toEqual(mark('r2'));
    await client.apiCall('chat.update', { channel: SHOP, ts, text: 'y', metadata: {} });
    expect(await read(true)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['invalid_metadata_format', '"text"'],
    ['invalid_metadata_schema', { event_type: 'x' }],
    ['invalid_metadata_schema', { event_type: 'x', event_payload: { deep: { deeper: { deepest: 1 } } } }],
    ['metadata_too_large', { event_type: 'x', event_payload: { text: 'x'.repeat(20_000) } }],
  ])('refuse metadata with %s', async (error, metadata) => {
    await expect(client.apiCall('chat.postMessage', { channel: SHOP, text: 'x', metadata })).rejects.toMatchObject(refusedWith(error));
  });

  it('are cut at 40 000 characters, but an edit over 4 000 is refused', async () => {
    const posted = await client.chat.postMessage({ channel: SHOP, text: 'é'.repeat(40_001) });
    expect(posted.message?.text).toHaveLength(40_000);
    await expect(client.chat.update({ channel: SHOP, ts: posted.ts ?? '', text: 'x'.repeat(4001) })).rejects.toMatchObject(refusedWith('msg_too_long'));
  });

  it('are deleted, linked and scheduled', async () => {
    const posted = await client.chat.postMessage({ channel: SHOP, text: 'x' });
    const ts = posted.ts ?? '';
    expect(await client.chat.getPermalink({ channel: SHOP, message_ts: ts })).toMatchObject({ permalink: `https://acme.slack.com/archives/${SHOP}/p${ts.replace('.', '')}` });
    await client.chat.delete({ channel: SHOP, ts });
    await expect(client.chat.delete({ channel: SHOP, ts })).rejects.toMatchObject(refusedWith('message_not_found'));
    const now = Math.floor(Date.now() / 1000);
    await expect(client.chat.scheduleMessage({ channel: SHOP, text: 'x', post_at: now - 1 })).rejects.toMatchObject(refusedWith('time_in_past'));
    await expect(client.chat.scheduleMessage({ channel: SHOP, text: 'x', post_at: now + 121 * 86_400 })).rejects.toMatchObject(refusedWith('time_too_far'));
    await client.chat.scheduleMessage({ channel: SHOP, text: 'later', post_at: Math.floor(Date.now() / 1000) + 2 });
    expect(await eventually(async () => (await slack.seen('ada')).find((message) => message.text === 'later'), 'the scheduled message')).toMatchObject({ user: 'U0JACK0001' });
  });

  it('shown to one person are seen by nobody else, cannot be edited, and are gone after a reload', async () => {
    const { message_ts: ts } = await client.chat.postEphemeral({ channel: SHOP, user: ADA, text: 'psst' });
    expect(await slack.seen('ada')).toMatchObject([{ text: 'psst', ephemeral: true }]);
    expect(await slack.seen('grace')).toEqual([]);
    expect((await client.conversations.history({ channel: SHOP })).messages).toEqual([]);
    await expect(client.chat.update({ channel: SHOP, ts: ts ?? '', text: 'x' })).rejects.toMatchObject(refusedWith('message_not_found'));
    await expect(client.chat.postEphemeral({ channel: SHOP, user: 'U0EXT00001', text: 'x' })).rejects.toMatchObject(refusedWith('user_not_in_channel'));
    await slack.door('POST', '/slack/reload', { user: 'ada' });
    expect(await slack.seen('ada')).toEqual([]);
  });

  it('shown to one person in a thread appear only where the thread has replies', async () => {
    const { ts: quiet } = await client.chat.postMessage({ channel: SHOP, text: 'quiet' });
    const { ts: busy } = await client.chat.postMessage({ channel: SHOP, text: 'busy' });
    await client.chat.postMessage({ channel: SHOP, text: 'reply', thread_ts: busy ?? '' });
    for (const ts of [quiet, busy]) await client.chat.postEphemeral({ channel: SHOP, user: ADA, text: 'psst', thread_ts: ts ?? '' });
    expect((await slack.seen('ada', 'shop', quiet)).map((message) => message.text)).toEqual(['quiet']);
    expect((await slack.seen('ada', 'shop', busy)).map((message) => message.text)).toEqual(['busy', 'reply', 'psst']);
  });

  it('to a person are direct messages', async () => {
    const opened = await client.conversations.open({ users: ADA });
    await client.chat.postMessage({ channel: ADA, text: 'for you' });
    expect(await slack.seen('ada', 'jack')).toMatchObject([{ text: 'for you' }]);
    expect((await client.conversations.history({ channel: opened.channel?.id ?? '' })).messages).toHaveLength(1);
    expect(await slack.door('GET', '/slack/as/ada')).toMatchObject({ channels: [{ name: 'shop', kind: 'channel', unread: 0 }, { name: 'api' }, { name: 'general' }, { name: 'Jack', kind: 'im', unread: 1, mentions: 1 }] });
  });
});

describe('refusals', () => {
  it.each<[string, string, JsonObject]>([
    ['channel_not_found', 'chat.postMessage', { channel: 'C0NOWHERE1', text: 'x' }],
    ['no_text', 'chat.postMessage', { channel: SHOP }],
    ['no_text', 'chat.update', { channel: SHOP, ts: 'POSTED' }],
    ['markdown_text_conflict', 'chat.postMessage', { channel: SHOP, text: 'x', markdown_text: 'y' }],
    ['msg_too_long', 'chat.postMessage', { channel: SHOP, markdown_text: 'x'.repeat(12_001) }],
    ['message_not_found', 'chat.update', { channel: SHOP, ts: '1.000000', text: 'x' }],
    ['users_not_found', 'users.lookupByEmail', { email: 'dee@acme.test' }],
    ['user_not_found', 'users.info', { user: 'U0NOBODY01' }],
    ['no_such_subteam', 'usergroups.users.list', { usergroup: 'S0NOTHING1' }],
    ['invalid_arguments', 'chat.postMessage', { text: 'x' }],
    ['invalid_cursor', 'conversations.list', { cursor: 'x' }],
    ['unknown_method', 'chat.shout', {}],
  ])('%s from %s', async (error, method, args) => {
    const { ts } = await client.chat.postMessage({ channel: SHOP, text: 'x' });
    await expect(client.apiCall(method, { ...args, ...(args['ts'] === 'POSTED' ? { ts } : {}) })).rejects.toMatchObject(refusedWith(error));
  });

  it('depend on the channel: archived, private, not joined', async () => {
    const make = async (args: JsonObject): Promise<string> => (await slack.door<{ id: string }>('POST', '/slack/channel', args)).id;
    const old = await make({ name: 'old', members: ['ada', 'jack'], archived: true });
    const secret = await make({ name: 'secret', private: true, members: ['ada'] });
    const open = await make({ name: 'open', members: ['ada'] });
    await expect(client.chat.postMessage({ channel: old, text: 'x' })).rejects.toMatchObject(refusedWith('is_archived'));
    await expect(client.chat.postMessage({ channel: secret, text: 'x' })).rejects.toMatchObject(refusedWith('channel_not_found'));
    await client.chat.postMessage({ channel: open, text: 'allowed by chat:write.public' });
    await slack.door('POST', '/slack/scopes', { scopes: ['chat:write', 'channels:history', 'channels:join'] });
    await expect(client.chat.postMessage({ channel: open, text: 'x' })).rejects.toMatchObject(refusedWith('not_in_channel'));
    await expect(client.conversations.history({ channel: open })).rejects.toMatchObject(refusedWith('not_in_channel'));
    await client.conversations.join({ channel: open });
    await client.chat.postMessage({ channel: open, text: 'joined' });
  });

  it('name the scope that is missing and those there are', async () => {
    await slack.door('POST', '/slack/scopes', { scopes: ['commands', 'users:read'] });
    await expect(client.chat.postMessage({ channel: SHOP, text: 'x' })).rejects.toMatchObject(refusedWith('missing_scope', { needed: 'chat:write', provided: 'commands,users:read', response_metadata: { scopes: ['commands', 'users:read'], acceptedScopes: ['chat:write'] } }));
    expect((await client.users.info({ user: ADA })).user?.profile?.email).toBeUndefined();
    await slack.door('POST', '/slack/scopes', { scopes: ['channels:history', 'im:write'] });
    const { channel } = await client.conversations.open({ users: ADA });
    await expect(client.conversations.history({ channel: channel?.id ?? '' })).rejects.toMatchObject(refusedWith('missing_scope', { needed: 'im:history' }));
  });

  it('tell a missing token from a wrong one and from one of the wrong kind', async () => {
    await expect(clientOf(undefined).auth.test()).rejects.toMatchObject(refusedWith('not_authed'));
    await expect(clientOf('xoxb-other').auth.test()).rejects.toMatchObject(refusedWith('invalid_auth'));
    await expect(clientOf(APP_TOKEN).chat.postMessage({ channel: SHOP, text: 'x' })).rejects.toMatchObject(refusedWith('not_allowed_token_type'));
    await expect(client.apps.connections.open({})).rejects.toMatchObject(refusedWith('not_allowed_token_type'));
    expect(await client.auth.test()).toMatchObject({ team_id: 'T0ACME0001', user_id: 'U0JACK0001', bot_id: 'B0JACK0001', user: 'jack' });
  });
});
