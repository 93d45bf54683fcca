import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../sandbox/json.ts';
import { methods } from '../../../sandbox/slack/api/methods.ts';
import { BOT_TOKEN, SHOP, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;

beforeAll(async () => {
  slack = await slackUnderTest();
});
afterAll(() => slack.stop());

const authorization = `Bearer ${BOT_TOKEN}`;
const post = async (init: RequestInit): Promise<JsonObject> => (await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', ...init })).json() as Promise<JsonObject>;

describe('the wire', () => {
  it('takes forms, JSON and multipart alike, and the token in a header or among the fields', async () => {
    const blocks = [{ type: 'divider', block_id: 'd' }];
    const multipart = new FormData();
    for (const [name, value] of Object.entries({ token: BOT_TOKEN, channel: SHOP, text: 'three', blocks: JSON.stringify(blocks) })) multipart.set(name, value);
    const answers = [
      await post({ headers: { authorization, 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify({ channel: SHOP, text: 'one', blocks }) }),
      await post({ headers: { authorization }, body: new URLSearchParams({ channel: SHOP, text: 'two', blocks: JSON.stringify(blocks) }) }),
      await post({ body: multipart }),
    ];
    expect(answers).toMatchObject(['one', 'two', 'three'].map((text) => ({ ok: true, message: { text, blocks } })));
    expect((await slack.seen('ada')).map((message) => message.text)).toEqual(['one', 'two', 'three']);
  });

  it('tells a broken body from a broken field, and what scopes a call has', async () => {
    expect(await post({ headers: { authorization, 'content-type': 'application/json' }, body: '{' })).toEqual({ ok: false, error: 'invalid_json' });
    const answer = await fetch(`${slack.apiUrl}users.info?user=U0ADA00001`, { headers: { authorization } });
    expect(answer.headers.get('x-oauth-scopes')).toContain('chat:write');
    expect(answer.headers.get('x-accepted-oauth-scopes')).toBe('users:read');
    expect(await answer.json()).toMatchObject({ ok: true, user: { name: 'ada' } });
  });

  it('knows these methods and no others', () => {
    expect([...methods.keys()].sort()).toEqual([
      'api.test', 'apps.connections.open', 'auth.test', 'blocks.validate', 'bookmarks.add', 'bookmarks.edit', 'bookmarks.list', 'bookmarks.remove', 'chat.delete',
      'chat.getPermalink', 'chat.postEphemeral', 'chat.postMessage', 'chat.scheduleMessage', 'chat.update', 'conversations.history', 'conversations.info',
      'conversations.join', 'conversations.list', 'conversations.members', 'conversations.open', 'conversations.replies', 'files.completeUploadExternal', 'files.delete',
      'files.getUploadURLExternal', 'files.info', 'pins.add', 'pins.list', 'pins.remove', 'reactions.add', 'reactions.remove', 'usergroups.list', 'usergroups.users.list',
      'users.conversations', 'users.info', 'users.list', 'users.lookupByEmail', 'views.open', 'views.publish', 'views.push', 'views.update',
    ]);
  });

  it('lists channels, members and users page by page', async () => {
    const client = slack.client();
    const first = await client.conversations.list({ limit: 2 });
    const second = await client.conversations.list({ limit: 2, cursor: first.response_metadata?.next_cursor ?? '' });
    expect([...(first.channels ?? []), ...(second.channels ?? [])].map((channel) => channel.name)).toEqual(['shop', 'api', 'general']);
    expect(second.response_metadata?.next_cursor).toBe('');
    expect((await client.conversations.members({ channel: SHOP })).members).toContain('U0GUS00001');
    expect((await client.users.list({})).members).toHaveLength(9);
    expect((await client.users.conversations({ user: 'U0GUS00001' })).channels?.map((channel) => channel.name)).toEqual(['shop']);
    expect((await client.conversations.info({ channel: 'C0API00001' })).channel).toMatchObject({ is_ext_shared: true, is_member: true });
    expect((await client.usergroups.list({ include_users: true })).usergroups).toMatchObject([{ id: 'S0APPROVE1', handle: 'release-approvers', users: ['U0GRACE001', 'U0MIN00001'] }]);
  });
});
