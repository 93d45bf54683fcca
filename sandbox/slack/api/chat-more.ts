import type { JsonObject } from '../../json.ts';
import type { Call, Method } from './method.ts';
import { channelFor, channelForPost, threadRoot } from '../posting/access.ts';
import { readContent } from '../posting/content.ts';
import { readMetadata } from '../posting/metadata.ts';
import { botAuthor, post } from '../posting/post.ts';
import { SlackRefusal } from '../refusal.ts';
import { newId } from '../workspace/ids.ts';

const FARTHEST_SECONDS = 120 * 24 * 3600;

/** chat.getPermalink, scheduleMessage. */
export const chatMoreMethods: readonly Method[] = [
  { name: 'chat.getPermalink', scopes: [], tier: 'free', mutates: false, token: 'bot', run: permalink },
  { name: 'chat.scheduleMessage', scopes: ['chat:write'], tier: 3, mutates: true, token: 'bot', run: schedule },
];

function permalink({ workspace, args }: Call): JsonObject {
  const channel = channelFor(workspace, args.required('channel'));
  const ts = args.required('message_ts');
  const message = workspace.messages.find(channel.id, ts);
  if (message === undefined) throw new SlackRefusal('message_not_found');
  const thread = message.threadTs === undefined || message.threadTs === ts ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return { channel: channel.id, permalink: `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${thread}` };
}

function schedule({ slack, workspace, args }: Call): JsonObject {
  const channel = channelForPost(workspace, args.required('channel'));
  const postAt = args.number('post_at');
  const seconds = Math.floor(workspace.now() / 1000);
  if (postAt === undefined) throw new SlackRefusal('invalid_time');
  if (postAt <= seconds) throw new SlackRefusal('time_in_past');
  if (postAt > seconds + FARTHEST_SECONDS) throw new SlackRefusal('time_too_far');
  const threadTs = threadRoot(workspace, channel, args.text('thread_ts'));
  const metadata = readMetadata(args);
  const content = { ...readContent(workspace, args), ...(metadata === undefined || metadata === 'none' ? {} : { metadata }) };
  const id = newId('Q');
  const sendIt = (): void => {
    post(slack, botAuthor(slack), { channel, ...(threadTs === undefined ? {} : { threadTs }) }, content);
    slack.changed();
  };
  slack.clock().afterReal(Math.min(postAt * 1000 - workspace.now(), 2 ** 31 - 1), sendIt);
  return { channel: channel.id, scheduled_message_id: id, post_at: postAt, message: { text: content.text, type: 'delayed_message' } };
}
