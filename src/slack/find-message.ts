import type { MessageIdentity } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import type { BotIdentity } from './identity.ts';

/** `event_type` of the metadata on every message of Jack's. */
export const MESSAGE_MARK = 'jack_message';

/** Our clock and Slack's may differ by this much. */
const SKEW_MS = 120_000;
/** Pages of a hundred messages; a channel busier than that between a crash and a restart is not known. */
const MOST_PAGES = 20;

interface Place {
  readonly channel: string;
  readonly threadTs?: string;
  readonly since: number;
}

/**
 * Looks for Jack's own message with this identity in its metadata. Slack strips `event_payload` unless
 * `include_all_metadata` is set, and shows replies only through conversations.replies.
 */
export async function findMessage(
  calls: SlackCalls,
  bot: BotIdentity,
  identity: MessageIdentity,
  place: Place,
): Promise<{ readonly channel: string; readonly ts: string } | undefined> {
  const oldest = ((place.since - SKEW_MS) / 1000).toFixed(6);
  const asked = { channel: place.channel, oldest, inclusive: true, include_all_metadata: true, limit: 100 };
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const next = cursor === undefined ? asked : { ...asked, cursor };
    const answer = place.threadTs === undefined
      ? await calls.reading.conversations.history(next)
      : await calls.reading.conversations.replies({ ...next, ts: place.threadTs });
    const found = (answer.messages ?? []).find((message) => isOurs(message, bot, identity));
    if (found?.ts !== undefined) return { channel: place.channel, ts: found.ts };
    cursor = answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return undefined;
  }
  return undefined;
}

interface Seen {
  readonly ts?: string;
  readonly bot_id?: string;
  readonly metadata?: unknown;
}

function isOurs(message: Seen, bot: BotIdentity, identity: MessageIdentity): boolean {
  if (message.bot_id !== bot.botId) return false;
  const metadata = message.metadata as { event_type?: string; event_payload?: { owner?: unknown; key?: unknown } } | undefined;
  const payload = metadata?.event_payload;
  return metadata?.event_type === MESSAGE_MARK && payload?.owner === identity.owner && payload.key === identity.key;
}
