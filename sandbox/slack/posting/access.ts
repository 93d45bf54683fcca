import type { Workspace } from '../workspace/workspace.ts';
import type { Channel } from '../workspace/people.ts';
import type { Message } from '../workspace/message.ts';
import { SlackRefusal } from '../refusal.ts';

/** The channel for reading; a private one the bot is not in does not exist for it. */
export function channelFor(workspace: Workspace, idOrName: string): Channel {
  const channel = workspace.findChannel(idOrName);
  if (channel === undefined) throw new SlackRefusal('channel_not_found');
  if (channel.kind === 'private' && !channel.members.has(workspace.app.botUserId)) throw new SlackRefusal('channel_not_found');
  return channel;
}

/** The channel for posting: by id, by name, or by a person's id for direct messages. */
export function channelForPost(workspace: Workspace, idOrName: string): Channel {
  const person = workspace.users.get(idOrName);
  const channel = person === undefined ? channelFor(workspace, idOrName) : workspace.directMessages(person.id);
  if (channel.archived) throw new SlackRefusal('is_archived');
  const joined = channel.members.has(workspace.app.botUserId) || workspace.scopes.includes('chat:write.public');
  if (!joined) throw new SlackRefusal('not_in_channel');
  return channel;
}

/** The root of the thread that a `thread_ts` means; a reply's own ts means its thread. */
export function threadRoot(workspace: Workspace, channel: Channel, threadTs: string | undefined): string | undefined {
  if (threadTs === undefined || threadTs === '') return undefined;
  const message = workspace.messages.find(channel.id, threadTs);
  if (message === undefined) throw new SlackRefusal('thread_not_found');
  return message.threadTs ?? message.ts;
}

/** A message the bot may change. */
export function ownMessage(workspace: Workspace, channel: Channel, ts: string, refusal: 'cant_update_message' | 'cant_delete_message'): Message {
  const message = workspace.messages.find(channel.id, ts);
  if (message === undefined) throw new SlackRefusal('message_not_found');
  if (message.botId !== workspace.app.botId) throw new SlackRefusal(refusal);
  return message;
}
