import { describe, expect, it } from '@jest/globals';
import { Fault } from '../../src/domain/faults.ts';
import type { WantedMessage } from '../../src/views/message.ts';
import { threads } from '../../src/slack/threads.ts';
import { bot, connectionRefused, fakeSlack, handClock, refusal } from './fake-slack.ts';

const identity = { owner: 'r1', key: 'headline' };
const message: WantedMessage = { key: 'headline', channel: 'C1', place: 'root', text: 'Deploying', blocks: [{ type: 'divider' }] };

function setUp() {
  const slack = fakeSlack();
  const clock = handClock();
  return { slack, clock, threads: threads({ calls: slack.calls, bot, clock }) };
}

async function faultFrom(work: Promise<unknown>): Promise<Fault> {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof Fault)) throw new Error(`no fault but ${String(error)}`);
  return error;
}

describe('posting', () => {
  it('carries its identity in the metadata, and unfurls nothing', async () => {
    const { slack, threads } = setUp();
    slack.on('chat.postMessage', { body: { channel: 'C1', ts: '1.1' } });
    await expect(threads.post(message, identity)).resolves.toEqual({ channel: 'C1', ts: '1.1' });
    expect(slack.seen[0]?.fields).toMatchObject({
      channel: 'C1',
      text: 'Deploying',
      blocks: [{ type: 'divider' }],
      metadata: { event_type: 'jack_message', event_payload: identity },
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
    expect(slack.seen[0]?.fields['thread_ts']).toBeUndefined();
  });

  it('shows a reply in the channel too only when it is asked to', async () => {
    const { slack, threads } = setUp();
    await threads.post({ ...message, broadcast: true }, identity, '1.1');
    await threads.post(message, identity, '1.1');
    expect(slack.seen.map((call) => call.fields['reply_broadcast'])).toEqual(['true', undefined]);
  });

  it('opens the direct messages of a person once', async () => {
    const { slack, threads } = setUp();
    slack.on('conversations.open', { body: { channel: { id: 'D9' } } });
    await threads.post({ ...message, channel: 'U1' }, identity);
    await threads.post({ ...message, channel: 'U1' }, identity);
    expect(slack.seen.map((call) => call.method)).toEqual(['conversations.open', 'chat.postMessage', 'chat.postMessage']);
    expect(slack.seen[2]?.fields['channel']).toBe('D9');
  });

  it.each([
    ['a 500', { status: 500 }],
    ['a broken connection', new TypeError('fetch failed', { cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) })],
    ['an internal error', refusal('internal_error')],
  ])('after %s nobody knows whether it stands there, and it is tried once only', async (_what, answer) => {
    const { slack, threads } = setUp();
    slack.on('chat.postMessage', answer);
    const fault = await faultFrom(threads.post(message, identity));
    expect(fault).toMatchObject({ retryable: true, unknownOutcome: true });
    expect(slack.seen).toHaveLength(1);
  });

  it('is known not to have happened when nothing listened', async () => {
    const { slack, threads } = setUp();
    slack.on('chat.postMessage', connectionRefused());
    expect(await faultFrom(threads.post(message, identity))).toMatchObject({ retryable: true, unknownOutcome: false });
  });

  it.each([
    ['not_in_channel', '/invite @Jack'],
    ['channel_not_found', 'jack.yml'],
    ['is_archived', 'Unarchive C1'],
    ['invalid_auth', 'SLACK_BOT_TOKEN'],
  ])('says what to do about %s', async (word, advice) => {
    const { slack, threads } = setUp();
    slack.on('chat.postMessage', refusal(word));
    const fault = await faultFrom(threads.post(message, identity));
    expect(fault.message).toContain(advice);
    expect(fault.unknownOutcome).toBe(false);
  });

  it('counts a message that Slack finds wrong as one that no repeat can help', async () => {
    const { slack, threads } = setUp();
    slack.on('chat.postMessage', refusal('invalid_blocks', { response_metadata: { messages: ['[ERROR] no such element [json-pointer:/blocks/0]'] } }));
    const fault = await faultFrom(threads.post(message, identity));
    expect(fault.retryable).toBe(false);
    expect(fault.message).toContain('/blocks/0');
  });

  it('waits as long as Slack asks, and in that channel only', async () => {
    const { slack, clock, threads } = setUp();
    slack.on('chat.postMessage', { status: 429, headers: { 'retry-after': '7' } });
    expect(await faultFrom(threads.post(message, identity))).toMatchObject({ retryAfterMs: 7000, unknownOutcome: false });
    clock.forward(3000);
    expect(await faultFrom(threads.post(message, identity))).toMatchObject({ retryAfterMs: 4000 });
    await threads.post({ ...message, channel: 'C2' }, identity);
    clock.forward(4000);
    await threads.post(message, identity);
    expect(slack.seen.map((call) => call.fields['channel'])).toEqual(['C1', 'C2', 'C1']);
  });
});

describe('editing', () => {
  const at = { channel: 'C1', ts: '1.1' };

  it('cuts the text to what an edit may have', async () => {
    const { slack, threads } = setUp();
    await expect(threads.edit({ ...message, text: '🚢'.repeat(4001) }, at)).resolves.toBe(true);
    const text = String(slack.seen[0]?.fields['text']);
    expect(Array.from(text)).toHaveLength(4000);
    expect(text.endsWith('🚢…')).toBe(true);
  });

  it('tells when the message is gone', async () => {
    const { slack, threads } = setUp();
    slack.on('chat.update', refusal('message_not_found'));
    await expect(threads.edit(message, at)).resolves.toBe(false);
  });

  it('leaves the identity in the metadata as it is', async () => {
    const { slack, threads } = setUp();
    await threads.edit(message, at);
    expect(slack.seen[0]?.fields).not.toHaveProperty('metadata');
  });
});

const mark = (owner: string, key: string) => ({ event_type: 'jack_message', event_payload: { owner, key } });

describe('finding', () => {
  it('looks through the pages for its own message with that owner and key', async () => {
    const { slack, threads } = setUp();
    slack.on(
      'conversations.history',
      { body: { messages: [{ ts: '9.1', bot_id: 'B2', metadata: mark('r1', 'headline') }, { ts: '9.2', bot_id: 'B1', metadata: mark('r2', 'headline') }], response_metadata: { next_cursor: 'more' } } },
      { body: { messages: [{ ts: '9.3', bot_id: 'B1', metadata: mark('r1', 'headline') }] } },
    );
    await expect(threads.find(identity, { channel: 'C1', since: 1_700_000_000_000 })).resolves.toEqual({ channel: 'C1', ts: '9.3' });
    expect(slack.seen[0]?.fields).toMatchObject({ include_all_metadata: 'true', oldest: '1699999880.000000' });
    expect(slack.seen[1]?.fields['cursor']).toBe('more');
  });

  it('looks for a reply in its thread, and tells when it is not there', async () => {
    const { slack, threads } = setUp();
    slack.on('conversations.replies', { body: { messages: [{ ts: '1.1', bot_id: 'B1', metadata: mark('r1', 'headline') }] } });
    await expect(threads.find({ owner: 'r1', key: 'outcome' }, { channel: 'C1', threadTs: '1.1', since: 0 })).resolves.toBeUndefined();
    expect(slack.seen[0]).toMatchObject({ method: 'conversations.replies', fields: { ts: '1.1' } });
  });
});
