import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Channel } from '../workspace/people.ts';
import type { Message } from '../workspace/message.ts';
import type { Content } from './content.ts';
import { emitEvent } from '../delivery/events.ts';
import { messageShape } from './shapes.ts';

export type Author = { readonly user: string; readonly botId?: string; readonly username?: string };

export type Place = { readonly channel: Channel; readonly threadTs?: string; readonly broadcast?: boolean };

/** The app's bot as an author. */
export function botAuthor(slack: Slack): Author {
  const { app } = slack.workspace;
  return { user: app.botUserId, botId: app.botId };
}

/** Puts a message into a channel, writes it into the transcript and sends its event. */
export function post(slack: Slack, author: Author, place: Place, content: Content & { readonly metadata?: JsonObject; readonly files?: readonly string[] }): Message {
  const { workspace } = slack;
  const message: Message = {
    ts: workspace.newTs(),
    channel: place.channel.id,
    ...author,
    ...content,
    ...(place.threadTs === undefined ? {} : { threadTs: place.threadTs }),
    ...(place.broadcast === true ? { broadcast: true } : {}),
    reactions: new Map(),
  };
  workspace.messages.add(message);
  workspace.messages.markRead(author.user, place.channel.id, message.ts);
  tellMessage(slack, place.channel, message, place.channel.kind === 'im' ? 'dm' : 'post');
  emitMessageEvent(slack, place.channel, messageShape(slack, message));
  return message;
}

/** Changes what a message says. `metadata`: undefined keeps it, 'none' takes it away. */
export function edit(slack: Slack, channel: Channel, message: Message, content: Content & { readonly metadata?: JsonObject | 'none'; readonly files?: readonly string[] }): void {
  const before = messageShape(slack, message);
  message.text = content.text;
  replace(message, 'blocks', content.blocks);
  replace(message, 'posted', content.posted);
  replace(message, 'attachments', content.attachments);
  if (content.metadata !== undefined) replace(message, 'metadata', content.metadata === 'none' ? undefined : content.metadata);
  if (content.files !== undefined) message.files = content.files;
  message.edited = { user: message.botId ?? message.user, ts: slack.workspace.newTs() };
  tellMessage(slack, channel, message, 'edit');
  emitMessageEvent(slack, channel, { type: 'message', subtype: 'message_changed', hidden: true, message: messageShape(slack, message), previous_message: before, ts: message.edited.ts });
}

/** Takes a message away. */
export function erase(slack: Slack, channel: Channel, message: Message): void {
  slack.workspace.messages.remove(channel.id, message.ts);
  tellMessage(slack, channel, message, 'delete');
  emitMessageEvent(slack, channel, { type: 'message', subtype: 'message_deleted', hidden: true, deleted_ts: message.ts, previous_message: messageShape(slack, message), ts: slack.workspace.newTs() });
}

function replace<Key extends 'blocks' | 'posted' | 'attachments' | 'metadata'>(message: Message, key: Key, value: Message[Key] | undefined): void {
  if (value === undefined) delete message[key];
  else message[key] = value;
}

function tellMessage(slack: Slack, channel: Channel, message: Message, kind: 'post' | 'dm' | 'edit' | 'delete'): void {
  slack.workspace.tell({
    kind,
    channel: channel.id,
    user: message.user,
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.broadcast === true ? { broadcast: true } : {}),
    text: message.text,
    ...(message.posted === undefined ? {} : { blocks: message.posted }),
  });
}

function emitMessageEvent(slack: Slack, channel: Channel, message: JsonObject): void {
  const family = { channel: 'channels', private: 'groups', im: 'im' }[channel.kind];
  if (!channel.members.has(slack.workspace.app.botUserId)) return;
  emitEvent(slack, { ...message, channel: channel.id, channel_type: channel.kind === 'private' ? 'group' : channel.kind, event_ts: message['ts'] }, `message.${family}`);
}
