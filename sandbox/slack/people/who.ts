import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Channel, User } from '../workspace/people.ts';
import { ControlError } from '../../control/route.ts';
import { textOf } from '../values.ts';

/** Who acts: by id or handle. A bot or a closed account cannot. */
export function personFor(slack: Slack, args: JsonObject): User {
  const given = textOf(args['user']) ?? '';
  const user = slack.workspace.findUser(given);
  if (user === undefined) throw new ControlError(`no user ${JSON.stringify(given)}; there are ${[...slack.workspace.users.values()].map((each) => each.name).join(', ')}`, 404);
  if (user.role === 'bot' || user.role === 'deactivated') throw new ControlError(`${user.name} is a ${user.role} account and cannot act`);
  return user;
}

/** A channel this person is in: by id or name; the app's handle means direct messages with it. */
export function channelOf(slack: Slack, user: User, given: unknown): Channel {
  const { workspace } = slack;
  const idOrName = typeof given === 'string' ? given : '';
  const direct = workspace.directMessages(user.id);
  if (idOrName === direct.id || workspace.findUser(idOrName)?.id === workspace.app.botUserId) return direct;
  const channel = workspace.findChannel(idOrName);
  if (channel === undefined) throw new ControlError(`no channel ${JSON.stringify(idOrName)}`, 404);
  if (!channel.members.has(user.id)) throw new ControlError(`${user.name} is not in ${channel.name}`);
  return channel;
}

/** A text argument that must be there. */
export function needed(args: JsonObject, name: string): string {
  const value = textOf(args[name]);
  if (value === undefined || value === '') throw new ControlError(`${name} is missing`);
  return value;
}
