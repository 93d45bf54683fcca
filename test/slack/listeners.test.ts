import { describe, expect, it } from '@jest/globals';
import type { ReplyAddress, Said } from '../../src/ports.ts';
import { boltApp } from '../../src/slack/listening/connection.ts';
import { front } from '../../src/slack/listening/front.ts';
import { hearing } from '../../src/slack/listening/hearing.ts';
import { listen, type Forms, type ShownForm } from '../../src/slack/listening/listeners.ts';
import { saidByMessage } from '../../src/slack/listening/said.ts';
import { click, command, event, FakeReceiver, mention, submission, view } from './fake-deliveries.ts';
import { bot, handClock, silentLog } from './fake-slack.ts';

interface Told {
  readonly to: ReplyAddress;
  readonly text: string;
}

/** Jack's ears with a store that remembers, breaks or hangs. */
function setUp(how: { readonly receive?: (said: Said) => Promise<boolean>; readonly forms?: Partial<Forms> } = {}) {
  const recorded: Said[] = [];
  const nudged: string[] = [];
  const told: Told[] = [];
  const opened: { said: Said; shown: ShownForm | undefined }[] = [];
  let wakes = 0;
  const log = silentLog();
  const receive = how.receive ?? (async (said: Said) => {
    const known = recorded.some((one) => one.id === said.id);
    if (!known) recorded.push(said);
    return !known;
  });
  const wake = (): void => {
    wakes += 1;
  };
  const hear = hearing({ store: { receive }, ids: { next: () => '0000ffff-0000-4000-8000-000000000000' }, log, wake });
  const receiver = new FakeReceiver();
  const spoken = async (event: Parameters<typeof saidByMessage>[0]): Promise<boolean> => {
    const said = saidByMessage(event, bot.botUserId);
    return said === undefined || (await hear(said)).kind !== 'failed';
  };
  const app = boltApp(front(receiver, spoken), { token: 'xoxb-test', bot, log });
  listen(app, {
    hear,
    log,
    wake,
    clock: handClock(),
    store: { nudge: async (key) => void nudged.push(key) },
    people: { forgetGroup: (group) => void nudged.push(`forgot ${group}`) },
    reply: async (to, message) => void told.push({ to, text: message.text }),
    forms: {
      opens: () => false,
      open: async (said, shown) => void opened.push({ said, shown }),
      check: () => undefined,
      suggest: async () => [],
      ...how.forms,
    },
  });
  return { deliver: (body: object) => receiver.deliver(body), recorded, nudged, told, opened, wakes: () => wakes };
}

const broken = async (): Promise<boolean> => {
  throw new Error('no database');
};

describe('a command', () => {
  it('is recorded before it is acked, and wakes the loop', async () => {
    const jack = setUp();
    await expect(jack.deliver(command('prod because'))).resolves.toBeNull();
    expect(jack.recorded).toEqual([
      {
        id: 'command:1.2.abc',
        at: 1_700_000_000_000,
        user: 'U1',
        channel: 'C1',
        what: { kind: 'command', command: '/deploy', words: 'prod because' },
        reply: { user: 'U1', channel: 'C1', responseUrl: 'https://hooks.test/1' },
      },
    ]);
    expect(jack.wakes()).toBe(1);
  });

  it('that comes twice is recorded once and acked twice', async () => {
    const jack = setUp();
    await jack.deliver(command('prod'));
    await expect(jack.deliver(command('prod'))).resolves.toBeNull();
    expect(jack.recorded).toHaveLength(1);
  });

  it('tells that nothing was recorded when the store is broken', async () => {
    const jack = setUp({ receive: broken });
    const acked = await jack.deliver(command('prod'));
    expect(acked).toMatchObject({ response_type: 'ephemeral' });
    expect(JSON.stringify(acked)).toMatch(/f-[A-Z2-9]{4}.*nothing was recorded/);
  });

  it('does not claim that nothing was recorded when the store is slow', async () => {
    const jack = setUp({ receive: () => new Promise((resolve) => setTimeout(() => resolve(true), 5_000).unref()) });
    const acked = JSON.stringify(await jack.deliver(command('prod')));
    expect(acked).toContain('could not tell in time');
    expect(acked).not.toContain('nothing was recorded');
  });

  it('opens its form at once, with the trigger id that is never stored', async () => {
    const jack = setUp({ forms: { opens: () => true } });
    await jack.deliver(command(''));
    expect(jack.opened[0]?.said.triggerId).toBe('1.2.abc');
    expect(jack.recorded[0]).not.toHaveProperty('triggerId');
  });

  it('says that the form could not be opened', async () => {
    const jack = setUp({ forms: { opens: () => true, open: broken as unknown as Forms['open'] } });
    await jack.deliver(command(''));
    expect(jack.told[0]?.text).toContain('form could not be opened');
  });
});

describe('a mention', () => {
  it('is heard without the name, and named by channel and time', async () => {
    const jack = setUp();
    await expect(jack.deliver(mention('hey <@UJACK> deploy &lt;prod&gt;'))).resolves.toBeNull();
    expect(jack.recorded[0]).toMatchObject({ id: 'mention:C1:1700000000.000200', at: 1_700_000_000_000, what: { kind: 'mention', words: 'deploy &lt;prod&gt;' } });
  });

  it('in a thread is answered there', async () => {
    const jack = setUp();
    await jack.deliver(mention('<@UJACK|jack> status', { thread_ts: '1600000000.000100' }));
    expect(jack.recorded[0]).toMatchObject({ what: { words: 'status', threadTs: '1600000000.000100' }, reply: { threadTs: '1600000000.000100' } });
  });

  it('is not acked when it could not be recorded, so that Slack sends it again', async () => {
    const jack = setUp({ receive: broken });
    await expect(jack.deliver(mention('<@UJACK> status'))).rejects.toThrow('could not be recorded');
  });

  it('needs no name in a direct message', async () => {
    const jack = setUp();
    await jack.deliver(event({ type: 'message', channel_type: 'im', user: 'U1', channel: 'D1', text: 'status', ts: '1.1' }));
    expect(jack.recorded[0]).toMatchObject({ channel: 'D1', what: { words: 'status' } });
  });

  it.each([
    ['an edit', { type: 'message', channel_type: 'im', subtype: 'message_changed', channel: 'D1', ts: '1.1' }],
    ['a bot', { type: 'message', channel_type: 'im', user: 'U2', bot_id: 'B2', channel: 'D1', text: 'hi', ts: '1.1' }],
    ['Jack', { type: 'message', channel_type: 'im', user: 'UJACK', channel: 'D1', text: 'hi', ts: '1.1' }],
    ['talk in a channel', { type: 'message', channel_type: 'channel', user: 'U1', channel: 'C1', text: 'hi', ts: '1.1' }],
  ])('is not %s', async (_what, inner) => {
    const jack = setUp();
    await expect(jack.deliver(event(inner))).resolves.toBeNull();
    expect(jack.recorded).toHaveLength(0);
  });
});

describe('a click', () => {
  it('is named by message, person, button and moment', async () => {
    const jack = setUp();
    await expect(jack.deliver(click('approve'))).resolves.toBeNull();
    expect(jack.recorded[0]).toMatchObject({
      id: 'click:1700000000.000100:U1:approve:1700000001.123456',
      channel: 'C1',
      what: { kind: 'button', button: 'approve', value: 'a1', messageTs: '1700000000.000100', ephemeral: false },
      reply: { responseUrl: 'https://hooks.test/2' },
    });
  });

  it.each([
    ['in the channel: a parent with replies', '1700000000.000100', undefined, undefined],
    ['in the channel: a reply that was sent there too', '1600000000.000100', 'thread_broadcast', undefined],
    ['in the thread: an ordinary reply', '1600000000.000100', undefined, '1600000000.000100'],
  ])('is answered where the message stands, %s', async (_where, threadTs, subtype, answered) => {
    const jack = setUp({ forms: { opens: () => true } });
    const place = { type: 'message', message_ts: '1700000000.000100', channel_id: 'C1', is_ephemeral: false, thread_ts: threadTs };
    await jack.deliver(click('approve', { container: place, message: { type: 'message', ts: '1700000000.000100', thread_ts: threadTs, subtype } }));
    expect(jack.recorded[0]?.what).toMatchObject({ threadTs });
    expect([jack.recorded[0]?.reply.threadTs, jack.opened[0]?.said.reply.threadTs]).toEqual([answered, answered]);
  });

  it('is told when it could not be recorded', async () => {
    const jack = setUp({ receive: broken });
    await expect(jack.deliver(click('approve'))).resolves.toBeNull();
    expect(jack.told[0]?.text).toContain('nothing was recorded');
  });

  it('on a link is acked and forgotten', async () => {
    const jack = setUp();
    await expect(jack.deliver(click('link-console'))).resolves.toBeNull();
    expect(jack.recorded).toHaveLength(0);
  });

  it('in the App Home is answered to the person', async () => {
    const jack = setUp();
    await jack.deliver(click('approve', { container: { type: 'view', view_id: 'V9' }, channel: undefined, message: undefined, response_url: undefined, view: view({}, { type: 'home', id: 'V9' }) }));
    expect(jack.recorded[0]).toMatchObject({ channel: 'U1', reply: { user: 'U1', channel: 'U1' } });
    expect(jack.recorded[0]?.reply).not.toHaveProperty('responseUrl');
  });

  it('in a form redraws the form and is not recorded: nobody can redraw it later', async () => {
    const jack = setUp({ forms: { opens: () => true } });
    const shown = view({ app: { app: { type: 'static_select', selected_option: { value: 'shop' } } } });
    await expect(jack.deliver(click('app', { container: { type: 'view', view_id: 'V1' }, channel: undefined, message: undefined, view: shown }))).resolves.toBeNull();
    expect(jack.recorded).toHaveLength(0);
    expect(jack.opened[0]?.shown).toEqual({ viewId: 'V1', hash: 'h1', form: 'deploy', privateMetadata: '{"channel":"C1"}', values: { app: 'shop' } });
  });
});

describe('a form', () => {
  const filledIn = { reason: { r: { type: 'plain_text_input', value: 'fix' } }, empty: { e: { type: 'plain_text_input', value: null } } };

  it('is recorded with its values by block, and answered where its metadata says', async () => {
    const jack = setUp();
    await expect(jack.deliver(submission(filledIn))).resolves.toBeNull();
    expect(jack.recorded[0]).toMatchObject({ channel: 'C1', what: { kind: 'form', form: 'deploy', values: { reason: 'fix' }, privateMetadata: '{"channel":"C1"}' } });
  });

  it('pressed twice is one', async () => {
    const jack = setUp();
    await jack.deliver(submission(filledIn));
    await jack.deliver(submission(filledIn));
    expect(jack.recorded).toHaveLength(1);
  });

  it('shows what is wrong beside the field, and records nothing', async () => {
    const jack = setUp({ forms: { check: (_form, values) => (values['reason'] === 'fix' ? { reason: 'Say more' } : undefined) } });
    await expect(jack.deliver(submission(filledIn))).resolves.toEqual({ response_action: 'errors', errors: { reason: 'Say more' } });
    expect(jack.recorded).toHaveLength(0);
  });

  it('stays open and says so when it could not be recorded', async () => {
    const jack = setUp({ receive: broken });
    const acked = await jack.deliver(submission(filledIn));
    expect(acked).toMatchObject({ response_action: 'errors', errors: { reason: expect.stringContaining('nothing was recorded') } });
  });
});

describe('other deliveries', () => {
  it('fills a menu', async () => {
    const jack = setUp({ forms: { suggest: async (menu, typed) => [{ text: `${menu} ${typed}`, value: 'v' }] } });
    const asked = { type: 'block_suggestion', user: { id: 'U1' }, team: { id: 'T1' }, action_id: 'version', block_id: 'version', value: '1.4', view: view({}) };
    await expect(jack.deliver(asked)).resolves.toEqual({ options: [{ text: { type: 'plain_text', text: 'version 1.4' }, value: 'v' }] });
  });

  it('nudges the App Home when it is opened, and not for the messages tab', async () => {
    const jack = setUp();
    await jack.deliver(event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1.1' }));
    await jack.deliver(event({ type: 'app_home_opened', user: 'U2', channel: 'D1', tab: 'messages', event_ts: '1.1' }));
    expect(jack.nudged).toEqual(['home:U1']);
  });

  it('forgets the members of a group that changed', async () => {
    const jack = setUp();
    await jack.deliver(event({ type: 'subteam_members_changed', subteam_id: 'S1', team_id: 'T1', date_previous_update: 1, date_update: 2, added_users: [], added_users_count: 0, removed_users: ['U1'], removed_users_count: 1 }));
    expect(jack.nudged).toEqual(['forgot S1']);
  });
});
