import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Fault } from '../../../src/domain/faults.ts';
import type { Clock, Said } from '../../../src/ports.ts';
import { slackAdapter, identify, slackCalls } from '../../../src/slack/index.ts';
import type { BotIdentity } from '../../../src/slack/identity.ts';
import { connection, type Connection, type Way } from '../../../src/slack/listening/connection.ts';
import { hearing } from '../../../src/slack/listening/hearing.ts';
import { beginHistory, catchUp } from '../../../src/slack/listening/history.ts';
import type { WantedMessage } from '../../../src/views/message.ts';
import { silentLog } from '../../slack/fake-slack.ts';
import { ADA, APP_TOKEN, BOT_TOKEN, eventually, SHOP, SIGNING_SECRET, slackUnderTest, type SlackUnderTest } from '../support/slack-workspace.ts';

jest.setTimeout(20_000);

const clock: Clock = { now: () => Date.now() };
const log = silentLog();
let slack: SlackUnderTest;
let bot: BotIdentity;
let open: Connection | undefined;

beforeAll(async () => {
  slack = await slackUnderTest();
  bot = await identify(slackCalls({ token: BOT_TOKEN, slackApiUrl: slack.apiUrl, log }));
});

afterEach(async () => {
  await open?.stop();
  open = undefined;
  await slack.door('POST', '/slack/mode', { mode: 'socket' });
  slack.reset();
});

afterAll(() => slack.stop());

const callsTo = () => slackCalls({ token: BOT_TOKEN, slackApiUrl: slack.apiUrl, log });
const adapter = () => slackAdapter({ calls: callsTo(), bot, clock, log });
const message = (text: string, channel = SHOP): WantedMessage => ({ key: 'headline', channel, place: 'root', text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });

const text = (words: string) => ({ type: 'plain_text' as const, text: words });

/** Jack's ears, with a store in memory and a form that wants a reason. */
async function listening(way: 'socket' | { readonly port: number }) {
  const said: Said[] = [];
  const told: string[] = [];
  const hear = hearing({
    store: {
      receive: async (one) => {
        const known = said.some(({ id }) => id === one.id);
        if (!known) said.push(one);
        return !known;
      },
    },
    ids: { next: () => '00000000-0000-4000-8000-000000000000' },
    log,
    wake: () => undefined,
  });
  const jack = adapter();
  const ears = {
    hear,
    log,
    clock,
    wake: () => undefined,
    reply: (...given: Parameters<typeof jack.reply>) => jack.reply(...given),
    people: jack.people,
    store: { nudge: async (key: string) => void told.push(key) },
    forms: {
      opens: (one: Said) => one.what.kind === 'command' && one.what.words === '',
      open: async (one: Said) => {
        const input = { type: 'input' as const, block_id: 'reason', optional: true, label: { type: 'plain_text' as const, text: 'Why' }, element: { type: 'plain_text_input' as const, action_id: 'r' } };
        await jack.openForm(one.triggerId ?? '', { type: 'modal', callback_id: 'deploy', title: text('Deploy'), submit: text('Go'), blocks: [input] });
      },
      check: (_form: string, values: Readonly<Record<string, string>>) => (values['reason'] === undefined ? { reason: 'Say why.' } : undefined),
      suggest: async () => [],
    },
  };
  const ways: Way = way === 'socket'
    ? { kind: 'socket', appToken: APP_TOKEN, slackApiUrl: slack.apiUrl, log, onHearingAgain: () => void told.push('hearing again') }
    : { kind: 'http', signingSecret: SIGNING_SECRET, port: way.port, host: '127.0.0.1', clock, log };
  open = connection(ways, { token: BOT_TOKEN, slackApiUrl: slack.apiUrl, bot, ears, log });
  await open.start();
  return { said, told, hear };
}

const types = (text: string, more: object = {}) => slack.door<{ acked?: boolean; ts?: string; error?: string }>('POST', '/slack/type', { user: 'ada', channel: 'shop', text, ...more });
const sockets = async (): Promise<number> => (await slack.door<{ sockets: number }>('GET', '/slack/connections')).sockets;

describe('posting', () => {
  it('is found again by what it carries, in the channel, in a thread and among direct messages', async () => {
    const jack = adapter();
    const since = Date.now();
    const root = await jack.post(message('root'), { owner: 'r1', key: 'headline' });
    const reply = await jack.post(message('reply'), { owner: 'r1', key: 'outcome' }, root.ts);
    const direct = await jack.post(message('direct', ADA), { owner: 'r1', key: 'dm' });
    expect(direct.channel).toMatch(/^D/);
    await expect(jack.find({ owner: 'r1', key: 'headline' }, { channel: SHOP, since })).resolves.toEqual(root);
    await expect(jack.find({ owner: 'r1', key: 'outcome' }, { channel: SHOP, threadTs: root.ts, since })).resolves.toEqual(reply);
    await expect(jack.find({ owner: 'r1', key: 'dm' }, { channel: ADA, since })).resolves.toEqual(direct);
    await expect(jack.find({ owner: 'r2', key: 'headline' }, { channel: SHOP, since })).resolves.toBeUndefined();
  });

  it('keeps what it carries when it is edited, and tells when it is gone', async () => {
    const jack = adapter();
    const at = await jack.post(message('before'), { owner: 'r1', key: 'headline' });
    await expect(jack.edit(message('after'), at)).resolves.toBe(true);
    await expect(jack.find({ owner: 'r1', key: 'headline' }, { channel: SHOP, since: Date.now() })).resolves.toEqual(at);
    expect((await slack.seen('ada')).map(({ text }) => text)).toEqual(['after']);
    await slack.client().chat.delete({ channel: at.channel, ts: at.ts });
    await expect(jack.edit(message('again'), at)).resolves.toBe(false);
  });

  it('stands there once though the answer was lost, and is found', async () => {
    const jack = adapter();
    slack.book.fail({ service: 'slack', operation: 'chat.postMessage', when: 'after' }, { kind: 'status', status: 503 });
    const fault = await jack.post(message('once'), { owner: 'r1', key: 'headline' }).then(() => undefined, (thrown: unknown) => thrown);
    expect(fault).toMatchObject({ unknownOutcome: true });
    expect(await slack.seen('ada')).toHaveLength(1);
    await expect(jack.find({ owner: 'r1', key: 'headline' }, { channel: SHOP, since: Date.now() })).resolves.toBeDefined();
  });

  it('waits where Slack asks to, and nowhere else', async () => {
    const jack = adapter();
    await slack.door('POST', '/slack/ratelimit', { method: 'chat.postMessage', channel: 'shop', retryAfter: 30, times: 1 });
    const refused = async () => jack.post(message('a'), { owner: 'r1', key: 'a' }).then(() => undefined, (thrown: unknown) => thrown);
    expect(await refused()).toBeInstanceOf(Fault);
    expect(await refused()).toMatchObject({ message: expect.stringContaining('asked to wait') });
    await expect(jack.post(message('b', 'C0API00001'), { owner: 'r1', key: 'b' })).resolves.toMatchObject({ channel: 'C0API00001' });
  });

  it('says what to do where Jack may not post', async () => {
    await slack.door('POST', '/slack/channel', { name: 'secret', private: true, members: ['ada'] });
    const { channels } = await slack.door<{ channels: readonly { id: string; name: string }[] }>('GET', '/slack/workspace');
    const secret = channels.find(({ name }) => name === 'secret')?.id ?? '';
    await expect(adapter().post(message('x', secret), { owner: 'r1', key: 'x' })).rejects.toThrow('/invite @Jack');
  });
});

describe('people', () => {
  it('are what the workspace says they are', async () => {
    const { people } = adapter();
    const ids = { ada: ADA, gus: 'U0GUS00001', ext: 'U0EXT00001', dee: 'U0DEE00001', jack: 'U0JACK0001' };
    const standings = await Promise.all(Object.values(ids).map((id) => people.standing(id)));
    expect(standings).toEqual(['member', 'guest', 'external', 'deactivated', 'bot']);
  });

  it('are in a group as long as they are', async () => {
    const { people } = adapter();
    await expect(people.isAmong('U0GRACE001', ['S0APPROVE1'])).resolves.toBe(true);
    await slack.door('POST', '/slack/usergroup', { handle: 'release-approvers', users: ['min'] });
    await expect(people.isAmong('U0GRACE001', ['S0APPROVE1'], true)).resolves.toBe(false);
  });
});

describe('two sockets', () => {
  it('hear commands, mentions and direct messages', async () => {
    const { said } = await listening('socket');
    expect((await types('/deploy prod')).acked).toBe(true);
    await types('@Jack status');
    await eventually(() => (said.length === 2 ? said : undefined), 'both');
    expect(said.map(({ what }) => what.kind)).toEqual(['command', 'mention']);
    expect(said[1]?.what).toMatchObject({ words: 'status' });
  });

  it('hear a command once that is delivered twice', async () => {
    const { said } = await listening('socket');
    await slack.door('POST', '/slack/deliver', { kind: 'duplicate-next', only: 'slash_commands' });
    expect((await types('/deploy prod')).acked).toBe(true);
    await types('/deploy dev');
    expect(said).toHaveLength(2);
  });

  it('miss nothing while one of them is recycled', async () => {
    const { said } = await listening('socket');
    await eventually(async () => ((await sockets()) === 2 ? true : undefined), 'two sockets');
    await slack.door('POST', '/slack/deliver', { kind: 'disconnect', reason: 'refresh_requested' });
    for (const words of ['a', 'b', 'c']) expect((await types(`/deploy ${words}`)).acked).toBe(true);
    expect(said).toHaveLength(3);
    await eventually(async () => ((await sockets()) === 2 ? true : undefined), 'two sockets again');
  });

  it('come back after both were lost, and Jack looks into the history', async () => {
    const { told, said } = await listening('socket');
    await eventually(async () => ((await sockets()) === 2 ? true : undefined), 'two sockets');
    await slack.door('POST', '/slack/deliver', { kind: 'drop-socket', all: true });
    await eventually(() => (told.includes('hearing again') ? true : undefined), 'a socket');
    expect((await types('/deploy prod')).acked).toBe(true);
    expect(said).toHaveLength(1);
  });

  it('open a form in time, show what is wrong beside its field, and record what was filled in', async () => {
    const { said } = await listening('socket');
    await types('/deploy');
    const [form] = await eventually(async () => ((await slack.modals('ada')).length > 0 ? slack.modals('ada') : undefined), 'the form');
    const submit = (values: object) => slack.door<{ response_action?: string; errors?: object }>('POST', '/slack/submit', { user: 'ada', view_id: form?.id ?? '', values: JSON.parse(JSON.stringify(values)) });
    await expect(submit({})).resolves.toMatchObject({ response_action: 'errors', errors: { reason: 'Say why.' } });
    await submit({ reason: { r: 'a fix' } });
    expect(said.at(-1)?.what).toMatchObject({ kind: 'form', form: 'deploy', values: { reason: 'a fix' } });
    expect(await slack.modals('ada')).toHaveLength(0);
  });
});

describe('being away', () => {
  it('loses no mention, and hears none twice', async () => {
    const notes = new Map<string, string>();
    const store = { note: async (key: string) => notes.get(key), setNote: async (key: string, value: string) => void notes.set(key, value) };
    await beginHistory(store, clock, SHOP);
    const root = await types('a talk among people');
    await types('@Jack status');
    await types('@Jack cancel', { thread_ts: root.ts });
    const { said, hear } = await listening('socket');
    const look = catchUp({ calls: callsTo(), bot, store, hear, clock, log });
    await look(SHOP);
    await look(SHOP);
    expect(said.map(({ what }) => (what.kind === 'mention' ? [what.words, what.threadTs === root.ts] : []))).toEqual([['status', false], ['cancel', true]]);
  });
});

describe('HTTP', () => {
  it('hears what Slack signed, and nothing else', async () => {
    const port = await freePort();
    const { said } = await listening({ port });
    await expect(slack.door('POST', '/slack/mode', { mode: 'http', url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SIGNING_SECRET })).resolves.toMatchObject({ verified: true });
    expect((await types('/deploy prod')).acked).toBe(true);
    for (const kind of ['bad-signature-next', 'old-timestamp-next', 'future-timestamp-next']) {
      await slack.door('POST', '/slack/deliver', { kind });
      expect((await types('/deploy prod')).acked).toBe(false);
    }
    await types('@Jack status');
    await eventually(() => (said.length === 2 ? true : undefined), 'the mention');
    expect(said.map(({ what }) => what.kind)).toEqual(['command', 'mention']);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
