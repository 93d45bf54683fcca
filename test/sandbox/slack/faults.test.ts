import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClientEvent } from '@slack/web-api';
import { ADA, SHOP, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;

beforeEach(async () => {
  slack = await slackUnderTest();
});
afterEach(() => slack.stop());

const aim = { service: 'slack', operation: 'chat.postMessage' } as const;
const texts = async (): Promise<readonly string[]> => (await slack.seen('ada')).map((message) => message.text);

describe('rate limits', () => {
  it('allow a burst into a channel, then one message a second; other channels are free', async () => {
    await slack.door('POST', '/slack/ratelimit', { postBurst: 2 });
    const client = slack.client({ rejectRateLimitedCalls: true });
    await client.chat.postMessage({ channel: SHOP, text: '1' });
    await client.chat.postMessage({ channel: '#shop', text: '2' });
    await expect(client.chat.postMessage({ channel: SHOP, text: '3' })).rejects.toMatchObject({ retryAfter: 1 });
    await client.chat.postMessage({ channel: 'C0API00001', text: 'elsewhere' });
    expect(await texts()).toEqual(['1', '2']);
  });

  it('pause the whole client of the SDK for as long as Slack says', async () => {
    await slack.door('POST', '/slack/ratelimit', { method: 'chat.postMessage', channel: 'shop', retryAfter: 1, times: 1 });
    const client = slack.client({ retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 } });
    const paused: number[] = [];
    client.on(WebClientEvent.RATE_LIMITED, (seconds: number) => void paused.push(seconds));
    const began = Date.now();
    await client.chat.postMessage({ channel: SHOP, text: 'in the end' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
    expect(paused).toEqual([1]);
    expect(await texts()).toEqual(['in the end']);
  });

  it('follow the tiers of the methods', async () => {
    await slack.door('POST', '/slack/ratelimit', { tierScale: 0.1 });
    const client = slack.client({ rejectRateLimitedCalls: true });
    await client.usergroups.list();
    await client.usergroups.list();
    await expect(client.usergroups.list()).rejects.toMatchObject({ retryAfter: expect.any(Number) });
    await client.users.info({ user: ADA });
    await slack.door('POST', '/slack/ratelimit', { on: false });
    await client.usergroups.list();
  });
});

describe('faults at the gate', () => {
  it('an answer lost after the effect makes a client that repeats post twice', async () => {
    slack.book.fail({ ...aim, when: 'after' }, { kind: 'status', status: 500 });
    await slack.client({ retryConfig: { retries: 1, minTimeout: 1, maxTimeout: 1 } }).chat.postMessage({ channel: SHOP, text: 'once?' });
    expect(await texts()).toEqual(['once?', 'once?']);
  });

  it('a fault before the effect leaves nothing behind', async () => {
    slack.book.fail({ ...aim, when: 'before' }, { kind: 'drop' });
    await expect(slack.client().chat.postMessage({ channel: SHOP, text: 'x' })).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    slack.book.fail({ ...aim, when: 'before' }, { kind: 'error', code: 'service_unavailable' });
    await expect(slack.client().chat.postMessage({ channel: SHOP, text: 'x' })).rejects.toMatchObject({ data: { error: 'service_unavailable' } });
    expect(await texts()).toEqual([]);
  });

  it('a held call has its effect only when it is let go', async () => {
    const { id } = slack.book.hold({ service: 'slack', operation: '*mutating*', when: 'before' });
    const posting = slack.client().chat.postMessage({ channel: SHOP, text: 'x' });
    expect(await slack.book.awaitHold(id, 2000)).toMatchObject({ state: 'held', call: { operation: 'chat.postMessage' } });
    expect(await texts()).toEqual([]);
    slack.book.release(id);
    await posting;
    expect(await texts()).toEqual(['x']);
  });

  it('calls are written down with what they carried; refused and reading ones as not mutating', async () => {
    const client = slack.client();
    await client.chat.postMessage({ channel: SHOP, text: 'x', blocks: [{ type: 'divider' }] });
    await client.conversations.history({ channel: SHOP });
    await slack.door('POST', '/slack/scopes', { scopes: [] });
    await client.chat.postMessage({ channel: SHOP, text: 'y' }).catch(() => undefined);
    expect(slack.book.calls()).toMatchObject([
      { service: 'slack', operation: 'chat.postMessage', caller: 'U0JACK0001', mutates: true, status: 200, input: { channel: SHOP, text: 'x', blocks: [{ type: 'divider' }] } },
      { operation: 'conversations.history', mutates: false, status: 200 },
      { operation: 'chat.postMessage', mutates: false, status: 200, error: 'missing_scope' },
    ]);
    expect(JSON.stringify(slack.book.calls())).not.toContain('xoxb-');
  });
});
