import type { JsonObject } from '../../json.ts';
import type { ControlRoute } from '../../control/route.ts';
import type { Slack } from '../slack.ts';
import type { Channel, Role, User } from '../workspace/people.ts';
import { usergroupShape } from '../api/usergroups.ts';
import { ControlError } from '../../control/route.ts';
import { emitEvent } from '../delivery/events.ts';
import { needed } from '../people/who.ts';
import { flagOf, listOf, textOf, textsOf } from '../values.ts';
import { newId } from '../workspace/ids.ts';

const ROLES: readonly Role[] = ['member', 'guest', 'external', 'bot', 'deactivated'];

/** Routes that change the workspace as its admins do. */
export function workspaceRoutes(slack: Slack): readonly ControlRoute[] {
  return [
    { method: 'POST', path: '/slack/channel', summary: 'Make or change a channel {name, private?, archived?, members?: [user], rename?}', run: (args) => setChannel(slack, args) },
    { method: 'POST', path: '/slack/usergroup', summary: 'Change a user group {handle, users?: [user], disabled?}', run: (args) => setUsergroup(slack, args) },
    { method: 'POST', path: '/slack/user', summary: 'Change what a person is {user, role}', run: (args) => setRole(slack, args) },
  ];
}

function setChannel(slack: Slack, args: JsonObject): JsonObject {
  const { workspace } = slack;
  const name = needed(args, 'name');
  const channel = workspace.findChannel(name) ?? newChannel(slack, name, flagOf(args['private']) === true);
  if (listOf(args['members']) !== undefined) setMembers(slack, channel, textsOf(args['members']));
  const archived = flagOf(args['archived']);
  if (archived === true && !channel.archived) emitEvent(slack, { type: 'channel_archive', channel: channel.id, user: workspace.team.id });
  channel.archived = archived ?? channel.archived;
  const renamed = textOf(args['rename']);
  if (renamed !== undefined) {
    channel.name = renamed;
    emitEvent(slack, { type: 'channel_rename', channel: { id: channel.id, name: renamed, created: channel.created } });
  }
  slack.changed();
  return { id: channel.id, name: channel.name, members: [...channel.members], archived: channel.archived };
}

function newChannel(slack: Slack, name: string, isPrivate: boolean): Channel {
  const { workspace } = slack;
  const channel: Channel = { id: newId('C'), name, kind: isPrivate ? 'private' : 'channel', members: new Set(), archived: false, topic: '', bookmarks: [], created: Math.floor(workspace.now() / 1000) };
  workspace.channels.set(channel.id, channel);
  return channel;
}

function setMembers(slack: Slack, channel: Channel, members: readonly string[]): void {
  const ids = members.map((member) => knownUser(slack, member).id);
  for (const gone of [...channel.members].filter((member) => !ids.includes(member))) channel.members.delete(gone);
  const joined = ids.filter((id) => !channel.members.has(id));
  for (const id of joined) channel.members.add(id);
  for (const id of joined) emitEvent(slack, { type: 'member_joined_channel', user: id, channel: channel.id, channel_type: channel.kind === 'private' ? 'G' : 'C', team: slack.workspace.team.id });
}

function setUsergroup(slack: Slack, args: JsonObject): JsonObject {
  const { workspace } = slack;
  const handle = needed(args, 'handle').replace(/^@/, '');
  const group = [...workspace.usergroups.values()].find((each) => each.handle === handle || each.id === handle);
  if (group === undefined) throw new ControlError(`no user group ${handle}`, 404);
  const before = group.users;
  if (listOf(args['users']) !== undefined) group.users = textsOf(args['users']).map((user) => knownUser(slack, user).id);
  group.disabled = flagOf(args['disabled']) ?? group.disabled;
  const now = Math.floor(workspace.now() / 1000);
  const added = group.users.filter((user) => !before.includes(user));
  const removed = before.filter((user) => !group.users.includes(user));
  if (added.length + removed.length > 0) emitEvent(slack, { type: 'subteam_members_changed', subteam_id: group.id, team_id: workspace.team.id, date_previous_update: now - 1, date_update: now, added_users: added, added_users_count: added.length, removed_users: removed, removed_users_count: removed.length });
  emitEvent(slack, { type: 'subteam_updated', subteam: usergroupShape(workspace.team.id, group, true) });
  slack.changed();
  return { id: group.id, handle: group.handle, users: group.users, disabled: group.disabled };
}

function setRole(slack: Slack, args: JsonObject): JsonObject {
  const user = knownUser(slack, needed(args, 'user'));
  const role = ROLES.find((each) => each === args['role']);
  if (role === undefined) throw new ControlError(`the role is one of ${ROLES.join(', ')}`);
  user.role = role;
  slack.changed();
  return { id: user.id, name: user.name, role };
}

function knownUser(slack: Slack, idOrName: string): User {
  const user = slack.workspace.findUser(idOrName);
  if (user === undefined) throw new ControlError(`no user ${idOrName}`, 404);
  return user;
}
