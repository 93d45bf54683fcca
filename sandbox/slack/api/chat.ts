import type { JsonObject } from '../../json.ts';
import type { Call, Method } from './method.ts';
import { channelFor, channelForPost, ownMessage, threadRoot } from '../posting/access.ts';
import { lengthOf } from '../block-kit/limit-problems.ts';
import { readContent } from '../posting/content.ts';
import { whisper } from '../posting/ephemeral.ts';
import { readMetadata } from '../posting/metadata.ts';
import { botAuthor, edit, erase, post } from '../posting/post.ts';
import { messageShape } from '../posting/shapes.ts';
import { SlackRefusal } from '../refusal.ts';
import { textsOf } from '../values.ts';

/** Slack refuses an edit that is longer, where a post is cut (reference 2.5). */
const LONGEST_EDIT = 4000;

const write = { scopes: ['chat:write'], mutates: true, token: 'bot' } as const;

/** chat.postMessage, update, delete, postEphemeral. */
export const chatMethods: readonly Method[] = [
  { name: 'chat.postMessage', ...write, tier: 'post', run: postMessage },
  { name: 'chat.update', ...write, tier: 3, run: update },
  { name: 'chat.delete', ...write, tier: 3, run: remove },
  { name: 'chat.postEphemeral', ...write, tier: 4, run: postEphemeral },
];

function postMessage({ slack, workspace, args }: Call): JsonObject {
  const channel = channelForPost(workspace, args.required('channel'));
  const threadTs = threadRoot(workspace, channel, args.text('thread_ts'));
  const metadata = readMetadata(args);
  const content = readContent(workspace, args);
  const username = args.text('username');
  const author = { ...botAuthor(slack), ...(username === undefined ? {} : { username }) };
  const broadcast = threadTs !== undefined && args.flag('reply_broadcast');
  const message = post(slack, author, { channel, ...(threadTs === undefined ? {} : { threadTs, broadcast }) }, { ...content, ...(metadata === undefined || metadata === 'none' ? {} : { metadata }) });
  return { channel: channel.id, ts: message.ts, message: messageShape(slack, message) };
}

function update({ slack, workspace, args }: Call): JsonObject {
  const channel = channelFor(workspace, args.required('channel'));
  if (channel.archived) throw new SlackRefusal('is_archived');
  const message = ownMessage(workspace, channel, args.required('ts'), 'cant_update_message');
  if (lengthOf(args.text('text') ?? '') > LONGEST_EDIT) throw new SlackRefusal('msg_too_long');
  const metadata = readMetadata(args);
  const files = textsOf(args.structured('file_ids', 'invalid_arguments'));
  edit(slack, channel, message, { ...readContent(workspace, args), ...(metadata === undefined ? {} : { metadata }), ...(files.length === 0 ? {} : { files }) });
  return { channel: channel.id, ts: message.ts, text: message.text, message: messageShape(slack, message) };
}

function remove({ slack, workspace, args }: Call): JsonObject {
  const channel = channelFor(workspace, args.required('channel'));
  const message = ownMessage(workspace, channel, args.required('ts'), 'cant_delete_message');
  erase(slack, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral({ slack, workspace, args }: Call): JsonObject {
  const channel = channelForPost(workspace, args.required('channel'));
  const user = workspace.users.get(args.required('user'));
  if (user === undefined || !channel.members.has(user.id)) throw new SlackRefusal('user_not_in_channel');
  const metadata = readMetadata(args);
  if (metadata !== undefined && metadata !== 'none') throw new SlackRefusal('invalid_metadata_schema');
  const threadTs = threadRoot(workspace, channel, args.text('thread_ts'));
  const ephemeral = whisper(slack, { user: user.id, channel: channel.id, ...(threadTs === undefined ? {} : { threadTs }) }, readContent(workspace, args));
  return { message_ts: ephemeral.ts };
}
