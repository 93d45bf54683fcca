import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { StoredFile } from '../workspace/files.ts';
import type { Channel } from '../workspace/people.ts';
import type { Call, Method } from './method.ts';
import { threadRoot } from '../posting/access.ts';
import { botAuthor, post } from '../posting/post.ts';
import { fileShape } from '../posting/shapes.ts';
import { SlackRefusal } from '../refusal.ts';
import { objectsOf, textOf } from '../values.ts';
import { mimetypeOf } from '../workspace/files.ts';
import { newId } from '../workspace/ids.ts';
import { readContent } from '../posting/content.ts';

const write = { scopes: ['files:write'], mutates: true, token: 'bot' } as const;

/** files.getUploadURLExternal, completeUploadExternal, info, delete. */
export const fileMethods: readonly Method[] = [
  { name: 'files.getUploadURLExternal', ...write, tier: 4, run: announce },
  { name: 'files.completeUploadExternal', ...write, tier: 4, run: complete },
  { name: 'files.info', scopes: ['files:read'], tier: 4, mutates: false, token: 'bot', run: (call) => ({ file: fileShape(call.slack, known(call)), comments: [] }) },
  { name: 'files.delete', ...write, tier: 3, run: remove },
];

function announce({ slack, workspace, args }: Call): JsonObject {
  const length = args.number('length') ?? 0;
  if (!(length > 0)) throw new SlackRefusal('invalid_arguments');
  const name = args.required('filename');
  const altText = args.text('alt_txt') ?? args.text('alt_text');
  const file: StoredFile = { id: newId('F'), name, title: name, length, ticket: randomUUID(), created: Math.floor(workspace.now() / 1000), completed: false, shares: new Map(), ...(altText === undefined ? {} : { altText }) };
  workspace.files.add(file);
  return { upload_url: `${slack.origin}/upload/v1/${file.ticket}`, file_id: file.id };
}

/** Answers at once; the file's mimetype and its message come a little later, as with Slack (node-slack-sdk#1865). */
function complete(call: Call): JsonObject {
  const { slack, workspace, args } = call;
  const wanted = objectsOf(args.structured('files', 'invalid_arguments'));
  const files = wanted.map((each) => uploaded(call, textOf(each['id']) ?? '', textOf(each['title'])));
  if (files.length === 0) throw new SlackRefusal('invalid_arguments');
  const channelId = args.text('channel_id');
  const channel = channelId === undefined || channelId === '' ? undefined : workspace.channels.get(channelId);
  if (channelId !== undefined && channelId !== '' && channel === undefined) throw new SlackRefusal('channel_not_found');
  if (channel !== undefined && !channel.members.has(workspace.app.botUserId)) throw new SlackRefusal('not_in_channel');
  const threadTs = channel === undefined ? undefined : threadRoot(workspace, channel, args.text('thread_ts'));
  const comment = args.has('blocks') ? readContent(workspace, args) : { text: args.text('initial_comment') ?? '' };
  slack.clock().afterReal(slack.timing.uploadMs, () => {
    for (const file of files) file.mimetype = mimetypeOf(file.name);
    if (channel !== undefined) share(slack, files, { channel, ...(threadTs === undefined ? {} : { threadTs }) }, comment);
    slack.changed();
  });
  return { files: files.map((file) => ({ id: file.id, title: file.title })) };
}

function uploaded({ workspace }: Call, id: string, title: string | undefined): StoredFile {
  const file = workspace.files.find(id);
  if (file?.bytes === undefined || file.completed) throw new SlackRefusal('file_not_found');
  file.completed = true;
  if (title !== undefined) file.title = title;
  return file;
}

function share(slack: Slack, files: readonly StoredFile[], place: { readonly channel: Channel; readonly threadTs?: string }, comment: ReturnType<typeof readContent>): void {
  const message = post(slack, botAuthor(slack), place, { ...comment, files: files.map((file) => file.id) });
  for (const file of files) file.shares.set(place.channel.id, [...(file.shares.get(place.channel.id) ?? []), message.ts]);
}

function known({ workspace, args }: Call): StoredFile {
  const file = workspace.files.find(args.required('file'));
  if (file === undefined) throw new SlackRefusal('file_not_found');
  return file;
}

function remove(call: Call): JsonObject {
  call.workspace.files.remove(known(call).id);
  return {};
}
