import type { JsonObject } from '../../json.ts';
import type { Usergroup } from '../workspace/people.ts';
import type { Call, Method } from './method.ts';
import { SlackRefusal } from '../refusal.ts';

/** usergroups.list and usergroups.users.list (which gives ids only). */
export const usergroupMethods: readonly Method[] = [
  { name: 'usergroups.list', scopes: ['usergroups:read'], tier: 2, mutates: false, token: 'bot', run: list },
  { name: 'usergroups.users.list', scopes: ['usergroups:read'], tier: 2, mutates: false, token: 'bot', run: users },
];

/** A user group as Slack gives it, in answers and events. */
export function usergroupShape(team: string, group: Usergroup, withUsers: boolean): JsonObject {
  const { id, handle, name, users: members } = group;
  return { id, team_id: team, is_usergroup: true, is_subteam: true, name, handle, description: '', is_external: false, date_create: 1_700_000_000, date_update: 1_700_000_000, date_delete: group.disabled ? 1_700_000_001 : 0, user_count: members.length, ...(withUsers ? { users: members } : {}) };
}

function list({ workspace, args }: Call): JsonObject {
  const groups = [...workspace.usergroups.values()].filter((group) => !group.disabled || args.flag('include_disabled'));
  return { usergroups: groups.map((group) => usergroupShape(workspace.team.id, group, args.flag('include_users'))) };
}

function users({ workspace, args }: Call): JsonObject {
  const group = workspace.usergroups.get(args.required('usergroup'));
  if (group === undefined) throw new SlackRefusal('no_such_subteam');
  if (group.disabled && !args.flag('include_disabled')) throw new SlackRefusal('subteam_disabled');
  return { users: group.users };
}
