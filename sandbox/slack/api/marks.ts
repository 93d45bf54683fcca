import type { JsonObject } from '../../json.ts';
import type { Message } from '../workspace/message.ts';
import type { Call, Method } from './method.ts';
import { channelFor } from '../posting/access.ts';
import { messageShape } from '../posting/shapes.ts';
import { SlackRefusal } from '../refusal.ts';

const bot = { token: 'bot' } as const;

/** pins.* and reactions.*. */
export const markMethods: readonly Method[] = [
  { name: 'pins.add', scopes: ['pins:write'], tier: 2, mutates: true, ...bot, run: (call) => pin(call, true) },
  { name: 'pins.remove', scopes: ['pins:write'], tier: 2, mutates: true, ...bot, run: (call) => pin(call, false) },
  { name: 'pins.list', scopes: ['pins:read'], tier: 2, mutates: false, ...bot, run: pins },
  { name: 'reactions.add', scopes: ['reactions:write'], tier: 3, mutates: true, ...bot, run: react },
  { name: 'reactions.remove', scopes: ['reactions:write'], tier: 2, mutates: true, ...bot, run: unreact },
];

function marked({ workspace, args }: Call): Message {
  const channel = channelFor(workspace, args.required('channel'));
  if (!channel.members.has(workspace.app.botUserId)) throw new SlackRefusal('not_in_channel');
  if (channel.archived) throw new SlackRefusal('is_archived');
  const message = workspace.messages.find(channel.id, args.required('timestamp'));
  if (message === undefined) throw new SlackRefusal('message_not_found');
  return message;
}

function pin(call: Call, on: boolean): JsonObject {
  const message = marked(call);
  if ((message.pinned === true) === on) throw new SlackRefusal(on ? 'already_pinned' : 'no_pin');
  message.pinned = on;
  return {};
}

function pins({ slack, workspace, args }: Call): JsonObject {
  const channel = channelFor(workspace, args.required('channel'));
  const items = workspace.messages.inChannel(channel.id).filter((message) => message.pinned === true);
  return { items: items.map((message) => ({ type: 'message', channel: channel.id, message: messageShape(slack, message), created: Math.floor(workspace.now() / 1000), created_by: workspace.app.botUserId })) };
}

function react(call: Call): JsonObject {
  const message = marked(call);
  const name = call.args.required('name').replaceAll(':', '');
  const users = message.reactions.get(name) ?? [];
  if (users.includes(call.workspace.app.botUserId)) throw new SlackRefusal('already_reacted');
  message.reactions.set(name, [...users, call.workspace.app.botUserId]);
  return {};
}

function unreact(call: Call): JsonObject {
  const message = marked(call);
  const name = call.args.required('name').replaceAll(':', '');
  const users = message.reactions.get(name) ?? [];
  if (!users.includes(call.workspace.app.botUserId)) throw new SlackRefusal('no_reaction');
  const others = users.filter((user) => user !== call.workspace.app.botUserId);
  if (others.length === 0) message.reactions.delete(name);
  else message.reactions.set(name, others);
  return {};
}
