import type { Clock, Log, Store } from '../../ports.ts';
import type { SlackCalls } from '../calls.ts';
import { faultOf } from '../faults.ts';
import type { Hear } from './hearing.ts';
import type { BotIdentity } from '../identity.ts';
import { saidByMessage, type SpokenEvent } from './said.ts';

/** Messages of the last minute before the last look are looked at again: Slack may show them late. */
const OVERLAP_S = 60;
/** Nobody wants what they asked for days ago to start now; also the reach for threads that went on while Jack was away. */
const REACH_S = 24 * 3600;
/** Pages of 200 messages. */
const MOST_PAGES = 5;

interface Settings {
  readonly calls: SlackCalls;
  readonly bot: BotIdentity;
  readonly store: Pick<Store, 'note' | 'setNote'>;
  readonly hear: Hear;
  readonly clock: Clock;
  readonly log: Log;
}

/** What of a message in the history matters here. */
interface Found {
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly subtype?: string;
  readonly text?: string;
  readonly latest_reply?: string;
}

/**
 * Looks for mentions that came while Jack was away, in the channel and in threads of the last day, and hears them. What
 * was heard before is recognised. The first look at a channel only notes the time: what was said before Jack came is not for Jack.
 */
export function catchUp({ calls, bot, store, hear, clock, log }: Settings): (channel: string) => Promise<void> {
  return async (channel) => {
    const now = clock.now() / 1000;
    const noted = await store.note(noteKey(channel));
    if (noted !== undefined) {
      const since = Math.max(Number(noted) - OVERLAP_S, now - REACH_S);
      const missed = await attempt(channel, () => mentionsSince(calls, bot, channel, since, now - REACH_S));
      for (const said of missed) {
        const heard = await hear(said);
        if (heard.kind === 'failed') return;
        if (heard.kind === 'recorded') log.info({ channel, said: said.id }, 'a mention was found in the history');
      }
    }
    await store.setNote(noteKey(channel), String(now));
  };
}

/** The first time that Jack has anything to do with a channel: its history counts from here on. */
export async function beginHistory(store: Settings['store'], clock: Clock, channel: string): Promise<void> {
  if ((await store.note(noteKey(channel))) === undefined) await store.setNote(noteKey(channel), String(clock.now() / 1000));
}

function noteKey(channel: string): string {
  return `history:${channel}`;
}

async function mentionsSince(calls: SlackCalls, bot: BotIdentity, channel: string, since: number, reach: number) {
  const roots = await pages((cursor) => calls.reading.conversations.history({ channel, oldest: reach.toFixed(6), limit: 200, ...cursor }));
  const threads = roots.filter((root) => Number(root.latest_reply ?? 0) > since).map((root) => root.ts ?? '');
  const replies: Found[] = [];
  for (const ts of threads) {
    replies.push(...(await pages((cursor) => calls.reading.conversations.replies({ channel, ts, oldest: since.toFixed(6), limit: 200, ...cursor }))));
  }
  return [...roots, ...replies]
    .filter((message) => Number(message.ts ?? 0) > since && speaksTo(bot, channel, message))
    .sort((one, other) => Number(one.ts) - Number(other.ts))
    .flatMap((message) => saidByMessage(eventOf(channel, message), bot.botUserId) ?? []);
}

/** In a direct message every word is for Jack. */
function speaksTo(bot: BotIdentity, channel: string, message: Found): boolean {
  return channel.startsWith('D') || (message.text ?? '').includes(`<@${bot.botUserId}`);
}

/** In the history it is a plain message, which `speaksTo` has found to be a mention. */
function eventOf(channel: string, { latest_reply: _none, ...message }: Found): SpokenEvent {
  return { ...message, type: 'app_mention', channel };
}

type Cursor = { readonly cursor?: string };
type Page = { readonly messages?: readonly Found[]; readonly response_metadata?: { readonly next_cursor?: string } };

async function pages(read: (cursor: Cursor) => Promise<Page>): Promise<readonly Found[]> {
  const found: Found[] = [];
  let cursor: Cursor = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await read(cursor);
    found.push(...(answer.messages ?? []));
    const next = answer.response_metadata?.next_cursor ?? '';
    if (next === '') break;
    cursor = { cursor: next };
  }
  return found;
}

async function attempt<T>(channel: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw faultOf(error, { method: 'conversations.history', channel });
  }
}
