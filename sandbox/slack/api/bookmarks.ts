import type { JsonObject } from '../../json.ts';
import type { Bookmark, Channel } from '../workspace/people.ts';
import type { Call, Method } from './method.ts';
import { channelFor } from '../posting/access.ts';
import { SlackRefusal } from '../refusal.ts';
import { newId } from '../workspace/ids.ts';

const MOST_BOOKMARKS = 100;
const write = { scopes: ['bookmarks:write'], tier: 2, mutates: true, token: 'bot' } as const;

/** bookmarks.*: apps may only make links. */
export const bookmarkMethods: readonly Method[] = [
  { name: 'bookmarks.add', ...write, run: add },
  { name: 'bookmarks.edit', ...write, run: edit },
  { name: 'bookmarks.remove', ...write, run: remove },
  { name: 'bookmarks.list', scopes: ['bookmarks:read'], tier: 3, mutates: false, token: 'bot', run: (call) => ({ bookmarks: channelOf(call).bookmarks.map((bookmark) => shape(call, bookmark)) }) },
];

function channelOf({ workspace, args }: Call): Channel {
  const channel = channelFor(workspace, args.required('channel_id'));
  if (!channel.members.has(workspace.app.botUserId)) throw new SlackRefusal('not_in_channel');
  return channel;
}

function shape({ workspace, args }: Call, bookmark: Bookmark): JsonObject {
  return { ...bookmark, channel_id: args.text('channel_id'), type: 'link', app_id: workspace.app.appId, date_created: Math.floor(workspace.now() / 1000) };
}

function add(call: Call): JsonObject {
  const channel = channelOf(call);
  if (call.args.required('type') !== 'link') throw new SlackRefusal('invalid_bookmark_type');
  if (channel.bookmarks.length >= MOST_BOOKMARKS) throw new SlackRefusal('too_many_bookmarks');
  const link = call.args.required('link');
  if (!/^https?:\/\//.test(link)) throw new SlackRefusal('invalid_link');
  const bookmark = { id: newId('Bk'), title: call.args.required('title'), link, emoji: call.args.text('emoji') ?? '' };
  channel.bookmarks.push(bookmark);
  return { bookmark: shape(call, bookmark) };
}

function edit(call: Call): JsonObject {
  const bookmark = found(call);
  bookmark.title = call.args.text('title') ?? bookmark.title;
  bookmark.link = call.args.text('link') ?? bookmark.link;
  bookmark.emoji = call.args.text('emoji') ?? bookmark.emoji;
  return { bookmark: shape(call, bookmark) };
}

function remove(call: Call): JsonObject {
  const channel = channelOf(call);
  channel.bookmarks.splice(channel.bookmarks.indexOf(found(call)), 1);
  return {};
}

function found(call: Call): Bookmark {
  const bookmark = channelOf(call).bookmarks.find((each) => each.id === call.args.required('bookmark_id'));
  if (bookmark === undefined) throw new SlackRefusal('bookmark_not_found');
  return bookmark;
}
