import type { JsonObject } from '../../json.ts';
import type { Channel } from '../workspace/people.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Call, Method } from './method.ts';
import { emitEvent } from '../delivery/events.ts';
import { channelFor } from '../posting/access.ts';
import { SlackRefusal } from '../refusal.ts';
import { pageOf } from './pages.ts';
import { requireScope, scopeFor } from './scopes.ts';

const read = { scopes: ['channels:read', 'groups:read', 'mpim:read', 'im:read'], mutates: false, token: 'bot' } as const;

/** conversations.info, list, members, join, open. */
export const channelMethods: readonly Method[] = [
  { name: 'conversations.info', ...read, tier: 3, run: info },
  { name: 'conversations.list', ...read, tier: 2, run: list },
  { name: 'conversations.members', ...read, tier: 4, run: members },
  { name: 'conversations.join', scopes: ['channels:join'], tier: 3, mutates: true, token: 'bot', run: join },
  { name: 'conversations.open', scopes: ['im:write', 'mpim:write'], tier: 3, mutates: true, token: 'bot', run: open },
];

/** A channel as the bot is shown it. */
export function channelShape(workspace: Workspace, channel: Channel): JsonObject {
  const bot = workspace.app.botUserId;
  const person = [...channel.members].find((member) => member !== bot);
  if (channel.kind === 'im') return { id: channel.id, created: channel.created, is_im: true, is_channel: false, is_group: false, is_archived: false, user: person, is_user_deleted: false };
  const external = [...channel.members].some((member) => workspace.users.get(member)?.role === 'external');
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'private',
    is_private: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_member: channel.members.has(bot),
    is_shared: external,
    is_ext_shared: external,
    is_org_shared: false,
    created: channel.created,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

function info({ workspace, args }: Call): JsonObject {
  const channel = channelFor(workspace, args.required('channel'));
  requireScope(workspace.scopes, [scopeFor(channel, 'read')]);
  return { channel: channelShape(workspace, channel) };
}

function list({ workspace, args }: Call): JsonObject {
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  const bot = workspace.app.botUserId;
  const visible = [...workspace.channels.values()].filter((channel) => {
    const type = { channel: 'public_channel', private: 'private_channel', im: 'im' }[channel.kind];
    return types.includes(type) && (channel.kind === 'channel' || channel.members.has(bot)) && !(args.flag('exclude_archived') && channel.archived);
  });
  const page = pageOf(visible.map((channel) => channelShape(workspace, channel)), args, 1000);
  return { channels: page.items, ...page.metadata };
}

function members({ workspace, args }: Call): JsonObject {
  const channel = channelFor(workspace, args.required('channel'));
  requireScope(workspace.scopes, [scopeFor(channel, 'read')]);
  const page = pageOf([...channel.members], args, 1000);
  return { members: page.items, ...page.metadata };
}

function join({ slack, workspace, args }: Call): JsonObject {
  const channel = channelFor(workspace, args.required('channel'));
  if (channel.kind !== 'channel') throw new SlackRefusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new SlackRefusal('is_archived');
  const already = channel.members.has(workspace.app.botUserId);
  channel.members.add(workspace.app.botUserId);
  if (!already) emitEvent(slack, { type: 'member_joined_channel', user: workspace.app.botUserId, channel: channel.id, channel_type: 'C', team: workspace.team.id });
  return { channel: channelShape(workspace, channel), ...(already ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } } : {}) };
}

function open({ workspace, args }: Call): JsonObject {
  const [first, ...more] = (args.text('users') ?? '').split(',').filter((user) => user !== '');
  const person = workspace.users.get(first ?? '');
  if (first === undefined) throw new SlackRefusal('users_list_not_supplied');
  if (more.length > 0) throw new SlackRefusal('not_enough_users', { detail: 'group direct messages are not built' });
  if (person === undefined) throw new SlackRefusal('user_not_found');
  if (person.role === 'bot') throw new SlackRefusal('cannot_dm_bot');
  if (person.role === 'deactivated') throw new SlackRefusal('user_disabled');
  return { channel: { id: workspace.directMessages(person.id).id } };
}
