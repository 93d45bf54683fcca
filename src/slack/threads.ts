import type { Clock, MessageIdentity, Slack } from '../ports.ts';
import type { WantedMessage } from '../views/message.ts';
import type { SlackCalls } from './calls.ts';
import { faultOf, isRateLimit, platformError } from './faults.ts';
import { findMessage, MESSAGE_MARK } from './find-message.ts';
import type { BotIdentity } from './identity.ts';
import { pauses, type Pauses } from './pauses.ts';

/** chat.update refuses longer texts (`msg_too_long`), though chat.postMessage takes 40,000. */
const EDIT_LIMIT = 4000;

/** Slack's words for a message that can be edited no more. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found']);

export type Threads = Pick<Slack, 'post' | 'edit' | 'find' | 'permalink'> & {
  /** The channel id behind a channel, or behind a person: their direct messages are opened. */
  readonly place: (channel: string) => Promise<string>;
};

/** Posting, editing and finding messages in channels, threads and direct messages. */
export function threads({ calls, bot, clock }: { readonly calls: SlackCalls; readonly bot: BotIdentity; readonly clock: Clock }): Threads {
  const paused = pauses(clock);
  const place = placeFinder(calls);
  return {
    place,

    async post(message, identity, threadTs) {
      const channel = await place(message.channel);
      paused.refuseWhilePaused(channel);
      const request = postArguments(channel, message, identity, threadTs);
      const posted = await attempt('chat.postMessage', channel, () => calls.once.apiCall('chat.postMessage', request), paused);
      return { channel: text(posted, 'channel') ?? channel, ts: text(posted, 'ts') ?? '' };
    },

    async edit(message, at) {
      paused.refuseWhilePaused(at.channel);
      return attempt('chat.update', at.channel, () => update(calls, message, at), paused);
    },

    async find(identity, where) {
      const channel = await place(where.channel);
      return attempt('conversations.history', channel, () => findMessage(calls, bot, identity, { ...where, channel }));
    },

    permalink: ({ channel, ts }) => attempt('chat.getPermalink', channel, () => permalinkOf(calls, channel, ts)),
  };
}

/** The call's answer, or a fault; a rate limit pauses the channel. */
async function attempt<T>(method: string, channel: string, call: () => Promise<T>, paused?: Pauses): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const fault = faultOf(error, { method, channel });
    if (isRateLimit(fault)) paused?.pause(channel, fault.retryAfterMs ?? 1000);
    throw fault;
  }
}

/** A person stands for the direct messages with them, which are opened once. */
function placeFinder(calls: SlackCalls): Threads['place'] {
  const direct = new Map<string, string>();
  return async (channel) => {
    if (!/^[UW]/.test(channel)) return channel;
    const known = direct.get(channel);
    if (known !== undefined) return known;
    const opened = await attempt('conversations.open', channel, () => calls.reading.conversations.open({ users: channel }));
    const id = opened.channel?.id ?? channel;
    direct.set(channel, id);
    return id;
  };
}

async function update(calls: SlackCalls, message: WantedMessage, at: { readonly channel: string; readonly ts: string }): Promise<boolean> {
  try {
    await calls.once.chat.update({ ...at, text: cut(message.text, EDIT_LIMIT), blocks: [...message.blocks] });
    return true;
  } catch (error) {
    if (GONE.has(platformError(error) ?? '')) return false;
    throw error;
  }
}

async function permalinkOf(calls: SlackCalls, channel: string, ts: string): Promise<string | undefined> {
  try {
    return (await calls.reading.chat.getPermalink({ channel, message_ts: ts })).permalink;
  } catch (error) {
    if (platformError(error) !== undefined) return undefined;
    throw error;
  }
}

function postArguments(channel: string, message: WantedMessage, identity: MessageIdentity, threadTs?: string): Record<string, unknown> {
  return {
    channel,
    text: message.text,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    metadata: { event_type: MESSAGE_MARK, event_payload: { owner: identity.owner, key: identity.key } },
    unfurl_links: false,
    unfurl_media: false,
    ...(threadTs !== undefined && { thread_ts: threadTs, ...(message.broadcast && { reply_broadcast: true }) }),
  };
}

/** Cuts to so many code points, which is how Slack counts, and says so with an ellipsis. */
export function cut(words: string, limit: number): string {
  const points = Array.from(words);
  return points.length <= limit ? words : `${points.slice(0, limit - 1).join('')}…`;
}

function text(answer: object, field: string): string | undefined {
  const value: unknown = Reflect.get(answer, field);
  return typeof value === 'string' ? value : undefined;
}
