import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { StoredFile } from '../workspace/files.ts';
import type { Message } from '../workspace/message.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { extensionOf } from '../workspace/files.ts';

/** A message as the Web API and payloads give it. */
export function messageShape(slack: Slack, message: Message, metadata: 'all' | 'type' = 'all'): JsonObject {
  const { workspace } = slack;
  const app = message.botId === undefined ? {} : { bot_id: message.botId, app_id: workspace.app.appId };
  return drop({
    type: 'message',
    subtype: message.broadcast === true ? 'thread_broadcast' : message.subtype,
    user: message.user,
    ...app,
    username: message.username,
    text: message.text,
    ts: message.ts,
    team: workspace.team.id,
    blocks: message.blocks,
    attachments: message.attachments,
    thread_ts: message.threadTs ?? (workspace.messages.replies(message.channel, message.ts).length > 0 ? message.ts : undefined),
    edited: message.edited,
    metadata: metadataShape(message.metadata, metadata),
    files: message.files?.flatMap((id) => fileOrNothing(slack, id)),
    reactions: message.reactions.size === 0 ? undefined : [...message.reactions].map(([name, users]) => ({ name, users, count: users.length })),
    pinned_to: message.pinned === true ? [message.channel] : undefined,
    ...threadCounts(workspace, message),
  });
}

/** What a root message says of its thread; nothing for a message without replies. */
export function threadCounts(workspace: Workspace, message: Message): { readonly reply_count?: number; readonly latest_reply?: string; readonly reply_users?: readonly string[] } {
  const replies = workspace.messages.replies(message.channel, message.ts);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  return { reply_count: replies.length, latest_reply: latest.ts, reply_users: [...new Set(replies.map((reply) => reply.user))] };
}

/** A file as `files.info` gives it: `mimetype` is empty until Slack has finished with it. */
export function fileShape(slack: Slack, file: StoredFile): JsonObject {
  const { workspace } = slack;
  const shares = (kinds: readonly string[]): JsonObject => Object.fromEntries([...file.shares].filter(([channel]) => kinds.includes(workspace.channels.get(channel)?.kind ?? '')).map(([channel, times]) => [channel, times.map((ts) => ({ ts }))]));
  return drop({
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype ?? '',
    filetype: file.mimetype === undefined ? '' : extensionOf(file.name),
    user: workspace.app.botUserId,
    size: file.length,
    alt_txt: file.altText,
    url_private: `${slack.origin}/files-pri/${file.id}/${encodeURIComponent(file.name)}`,
    permalink: `https://${workspace.team.domain}.slack.com/files/${workspace.app.botUserId}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: [...file.shares.keys()],
    shares: file.shares.size === 0 ? {} : { public: shares(['channel']), private: shares(['private', 'im']) },
  });
}

function fileOrNothing(slack: Slack, id: string): readonly JsonObject[] {
  const file = slack.workspace.files.find(id);
  return file === undefined ? [] : [fileShape(slack, file)];
}

/** Without `include_all_metadata` Slack leaves only the type (python-slack-sdk#1501). */
function metadataShape(metadata: JsonObject | undefined, what: 'all' | 'type'): JsonObject | undefined {
  if (metadata === undefined || what === 'all') return metadata;
  return { event_type: metadata['event_type'] };
}

/** Without undefined members. */
function drop(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
