import type { Log } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import { faultOf, platformError } from './faults.ts';

/** Slack's words for channels that one is already in. */
const IN_IT = new Set(['already_in_channel']);

/** Joins the public channels; where that is not possible the log says what a person has to do. */
export async function joinChannels(calls: SlackCalls, channels: readonly string[], log: Log): Promise<void> {
  for (const channel of new Set(channels)) {
    try {
      const known = await calls.reading.conversations.info({ channel });
      if (known.channel?.is_member) continue;
      await calls.once.conversations.join({ channel });
    } catch (error) {
      if (IN_IT.has(platformError(error) ?? '')) continue;
      log.warn({ channel, error: faultOf(error, { method: 'conversations.join', channel }).message }, 'Jack is not in this channel: type /invite @Jack there');
    }
  }
}

/** The direct messages that people have open with Jack. */
export async function directMessages(calls: SlackCalls): Promise<readonly string[]> {
  try {
    const answer = await calls.reading.conversations.list({ types: 'im', exclude_archived: true, limit: 200 });
    return (answer.channels ?? []).flatMap((channel) => channel.id ?? []);
  } catch (error) {
    throw faultOf(error, { method: 'conversations.list' });
  }
}
