import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Ephemeral, Message } from '../workspace/message.ts';
import type { Channel, User } from '../workspace/people.ts';
import { fileShape, threadCounts } from '../posting/shapes.ts';
import { SLACKBOT } from '../posting/ephemeral.ts';
import { numberOf, textOf } from '../values.ts';
import { compareTs } from '../workspace/ids.ts';
import { viewShape } from '../views/shape.ts';
import { channelOf } from './who.ts';
import { mentions } from './words.ts';

/** The channels a person has, with what they have not read. */
export function sidebarOf(slack: Slack, user: User): JsonObject {
  const direct = slack.workspace.directMessages(user.id);
  const joined = [...slack.workspace.channels.values()].filter((channel) => channel.kind !== 'im' && channel.members.has(user.id));
  return { channels: [...joined, direct].map((channel) => channelRow(slack, user, channel)) };
}

function channelRow(slack: Slack, user: User, channel: Channel): JsonObject {
  const { messages, bot } = slack.workspace;
  const lastRead = messages.lastRead(user.id, channel.id);
  const isNew = (message: Message): boolean => message.user !== user.id && compareTs(message.ts, lastRead) > 0;
  const top = messages.topLevel(channel.id);
  const mentioning = messages.inChannel(channel.id).filter((message) => isNew(message) && (channel.kind === 'im' || mentions(slack.workspace, wordsOf(message), user.id)));
  return {
    id: channel.id,
    name: channel.kind === 'im' ? bot.realName : channel.name,
    kind: channel.kind === 'im' ? 'im' : 'channel',
    private: channel.kind === 'private',
    archived: channel.archived,
    topic: channel.topic,
    unread: top.filter(isNew).length,
    mentions: mentioning.length,
    lastTs: top.at(-1)?.ts ?? null,
    lastRead,
  };
}

/** Mentions count wherever they stand: in the text or in a block. */
function wordsOf(message: Message): string {
  return `${message.text} ${JSON.stringify(message.posted ?? [])}`;
}

/** A channel (or with `thread` one thread: its root, then the replies), oldest first, with what only this person sees. */
export function channelSnapshot(slack: Slack, user: User, args: JsonObject): JsonObject {
  const channel = channelOf(slack, user, args['channel']);
  const { messages } = slack.workspace;
  const thread = textOf(args['thread']) ?? '';
  const said = thread === '' ? messages.topLevel(channel.id) : [messages.find(channel.id, thread), ...messages.replies(channel.id, thread)].filter((message) => message !== undefined);
  const whispered = messages.ephemeralsOf(user.id, channel.id).filter((ephemeral) => (ephemeral.threadTs ?? '') === thread);
  const rows = [...said.map((message) => messageRow(slack, message)), ...whispered.map(ephemeralRow)];
  rows.sort((a, b) => compareTs(textOf(a['ts']) ?? '', textOf(b['ts']) ?? ''));
  return { messages: rows.slice(-(numberOf(args['limit']) ?? 500)) };
}

/** Slack shows no "edited" where the edit brought blocks (chat.update page). */
function messageRow(slack: Slack, message: Message): JsonObject {
  return {
    ts: message.ts,
    user: message.user,
    ...(message.username === undefined ? {} : { username: message.username }),
    text: message.text,
    ...(message.posted === undefined ? {} : { blocks: message.posted }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.edited === undefined || message.posted !== undefined ? {} : { edited: message.edited }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.pinned === true ? { pinned: true } : {}),
    ...(message.broadcast === true ? { broadcast: true } : {}),
    ...(message.files === undefined ? {} : { files: message.files.map((id) => slack.workspace.files.find(id)).filter((file) => file !== undefined).map((file) => fileShape(slack, file)) }),
    ...(message.reactions.size === 0 ? {} : { reactions: [...message.reactions].map(([name, users]) => ({ name, users })) }),
    ...threadCounts(slack.workspace, message),
  };
}

function ephemeralRow(ephemeral: Ephemeral): JsonObject {
  return {
    ts: ephemeral.ts,
    user: ephemeral.user,
    ...(ephemeral.user === SLACKBOT ? { username: 'Slackbot' } : {}),
    text: ephemeral.text,
    ...(ephemeral.posted === undefined ? {} : { blocks: ephemeral.posted }),
    ...(ephemeral.threadTs === undefined ? {} : { thread_ts: ephemeral.threadTs }),
    ephemeral: true,
  };
}

/** The modals open for a person, topmost last, with what the last submission was refused with. */
export function modalSnapshot(slack: Slack, user: User): JsonObject {
  return { views: slack.workspace.views.stack(user.id).map((view) => ({ ...viewShape(slack.workspace, view), errors: view.errors ?? {} })) };
}

/** A person's home tab, if one was published. */
export function homeSnapshot(slack: Slack, user: User): JsonObject {
  const view = slack.workspace.views.home(user.id);
  return view === undefined ? {} : { view: viewShape(slack.workspace, view) };
}
