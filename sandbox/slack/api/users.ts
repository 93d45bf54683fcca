import type { JsonObject } from '../../json.ts';
import type { User } from '../workspace/people.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Call, Method } from './method.ts';
import { SlackRefusal } from '../refusal.ts';
import { channelShape } from './channels.ts';
import { pageOf } from './pages.ts';

const read = { mutates: false, token: 'bot' } as const;

/** users.info, list, lookupByEmail, conversations. */
export const userMethods: readonly Method[] = [
  { name: 'users.info', scopes: ['users:read'], tier: 4, ...read, run: info },
  { name: 'users.list', scopes: ['users:read'], tier: 2, ...read, run: list },
  { name: 'users.lookupByEmail', scopes: ['users:read.email'], tier: 3, ...read, run: lookup },
  { name: 'users.conversations', scopes: ['channels:read', 'groups:read', 'mpim:read', 'im:read'], tier: 3, ...read, run: conversations },
];

/** A user as `users.info` gives it; the e-mail only with its scope. */
function userShape(workspace: Workspace, user: User): JsonObject {
  const stranger = user.role === 'external';
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.role === 'deactivated',
    color: user.color,
    real_name: user.realName,
    tz: user.name === 'min' ? 'Asia/Seoul' : 'Europe/London',
    tz_label: user.name === 'min' ? 'Korea Standard Time' : 'Greenwich Mean Time',
    tz_offset: user.name === 'min' ? 32_400 : 0,
    profile: {
      title: user.title,
      real_name: user.realName,
      display_name: user.name,
      team: user.teamId,
      ...(workspace.scopes.includes('users:read.email') && user.role !== 'bot' ? { email: user.email } : {}),
      ...(user.role === 'bot' ? { bot_id: workspace.app.botId, api_app_id: workspace.app.appId } : {}),
    },
    is_admin: false,
    is_owner: user.name === 'olive',
    is_primary_owner: false,
    is_restricted: user.role === 'guest',
    is_ultra_restricted: user.role === 'guest',
    is_bot: user.role === 'bot',
    is_app_user: false,
    updated: 0,
    ...(stranger ? { is_stranger: true } : {}),
  };
}

function info({ workspace, args }: Call): JsonObject {
  const user = workspace.users.get(args.required('user'));
  if (user === undefined) throw new SlackRefusal('user_not_found');
  return { user: userShape(workspace, user) };
}

function list({ workspace, args }: Call): JsonObject {
  const page = pageOf([...workspace.users.values()].map((user) => userShape(workspace, user)), args, 1000);
  return { members: page.items, cache_ts: Math.floor(workspace.now() / 1000), ...page.metadata };
}

function lookup({ workspace, args }: Call): JsonObject {
  const email = args.required('email').toLowerCase();
  const user = [...workspace.users.values()].find((each) => each.email.toLowerCase() === email && each.role !== 'bot' && each.role !== 'deactivated');
  if (user === undefined) throw new SlackRefusal('users_not_found');
  return { user: userShape(workspace, user) };
}

function conversations({ workspace, args }: Call): JsonObject {
  const user = args.text('user') ?? workspace.app.botUserId;
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  const found = [...workspace.channels.values()].filter((channel) => {
    const type = { channel: 'public_channel', private: 'private_channel', im: 'im' }[channel.kind];
    return types.includes(type) && channel.members.has(user) && !(args.flag('exclude_archived') && channel.archived);
  });
  const page = pageOf(found.map((channel) => channelShape(workspace, channel)), args, 999);
  return { channels: page.items, ...page.metadata };
}
