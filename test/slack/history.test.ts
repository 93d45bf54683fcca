import { describe, expect, it } from '@jest/globals';
import type { Said } from '../../src/ports.ts';
import { catchUp } from '../../src/slack/listening/history.ts';
import type { Hear } from '../../src/slack/listening/hearing.ts';
import { bot, fakeSlack, handClock, silentLog } from './fake-slack.ts';

const NOW_S = 1_700_000_000;

function setUp(noted?: number) {
  const slack = fakeSlack();
  const notes = new Map<string, string>(noted === undefined ? [] : [['history:C1', String(noted)]]);
  const heard: Said[] = [];
  const hear: Hear = async (said) => {
    heard.push(said);
    return { kind: 'recorded' };
  };
  const store = { note: async (key: string) => notes.get(key), setNote: async (key: string, value: string) => void notes.set(key, value) };
  const look = catchUp({ calls: slack.calls, bot, store, hear, clock: handClock(), log: silentLog() });
  return { slack, notes, heard, look };
}

const at = (secondsAgo: number): string => `${NOW_S - secondsAgo}.000100`;

describe('catching up', () => {
  it('leaves alone what was said before Jack first came', async () => {
    const { slack, notes, look } = setUp();
    await look('C1');
    expect(slack.seen).toHaveLength(0);
    expect(notes.get('history:C1')).toBe(String(NOW_S));
  });

  it('hears the mentions since the last look, oldest first, in the channel and in threads', async () => {
    const { slack, heard, look, notes } = setUp(NOW_S - 600);
    slack.on('conversations.history', {
      body: {
        messages: [
          { type: 'message', ts: at(100), user: 'U1', text: '<@UJACK> status' },
          { ts: at(200), user: 'U2', text: 'no mention' },
          { ts: at(300), bot_id: 'B1', text: 'I am <@UJACK>' },
          { ts: at(5000), user: 'U1', text: 'an old thread', latest_reply: at(50) },
          { ts: at(6000), user: 'U1', text: '<@UJACK> heard long ago', latest_reply: at(5500) },
        ],
      },
    });
    slack.on('conversations.replies', { body: { messages: [{ ts: at(5000), user: 'U1', text: 'an old thread' }, { type: 'message', ts: at(150), thread_ts: at(5000), user: 'U1', text: '<@UJACK> cancel' }] } });
    await look('C1');
    expect(heard.map((said) => said.id)).toEqual([`mention:C1:${at(150)}`, `mention:C1:${at(100)}`]);
    expect(heard[0]).toMatchObject({ what: { words: 'cancel', threadTs: at(5000) }, reply: { threadTs: at(5000) } });
    expect(slack.asked('conversations.replies')).toHaveLength(1);
    expect(notes.get('history:C1')).toBe(String(NOW_S));
  });

  it('goes back one day and no further', async () => {
    const { slack, heard, look } = setUp(NOW_S - 7 * 86_400);
    slack.on('conversations.history', { body: { messages: [{ ts: at(86_300), user: 'U1', text: '<@UJACK> a' }, { ts: at(86_500), user: 'U1', text: '<@UJACK> b' }] } });
    await look('C1');
    expect(heard.map((said) => said.what)).toMatchObject([{ words: 'a' }]);
  });

  it('looks from the same moment again when Slack fails', async () => {
    const { slack, notes, look } = setUp(NOW_S - 600);
    slack.on('conversations.history', { body: { ok: false, error: 'not_in_channel' } });
    await expect(look('C1')).rejects.toThrow('/invite @Jack');
    expect(notes.get('history:C1')).toBe(String(NOW_S - 600));
  });
});
