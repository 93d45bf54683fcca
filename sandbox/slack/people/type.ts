import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Channel, User } from '../workspace/people.ts';
import { ControlError } from '../../control/route.ts';
import { emitEvent } from '../delivery/events.ts';
import { post } from '../posting/post.ts';
import { textOf } from '../values.ts';
import { typeCommand } from './command.ts';
import { channelOf, needed, personFor } from './who.ts';
import { encodeMessage } from './words.ts';

/** A person sends what they typed: a message, or a command when it begins with a slash. Answers when the app has acked. */
export async function typeText(slack: Slack, args: JsonObject): Promise<JsonObject> {
  const user = personFor(slack, args);
  const channel = channelOf(slack, user, args['channel']);
  const text = needed(args, 'text');
  const threadTs = textOf(args['thread_ts']);
  if (channel.archived) throw new ControlError(`${channel.name} is archived`);
  if (text.startsWith('/')) return typeCommand(slack, user, { channel, text, ...(threadTs === undefined ? {} : { threadTs }) });
  return typeMessage(slack, user, channel, { text, ...(threadTs === undefined ? {} : { threadTs }) });
}

async function typeMessage(slack: Slack, user: User, channel: Channel, typed: { readonly text: string; readonly threadTs?: string }): Promise<JsonObject> {
  const { workspace } = slack;
  const root = typed.threadTs === undefined ? undefined : workspace.messages.find(channel.id, typed.threadTs);
  if (typed.threadTs !== undefined && root === undefined) throw new ControlError(`no message ${typed.threadTs} in ${channel.name}`, 404);
  const threadTs = root === undefined ? undefined : (root.threadTs ?? root.ts);
  const message = post(slack, { user: user.id }, { channel, ...(threadTs === undefined ? {} : { threadTs }) }, { text: encodeMessage(workspace, typed.text) });
  const mentioned = message.text.includes(`<@${workspace.app.botUserId}`) && channel.kind !== 'im' && channel.members.has(workspace.app.botUserId);
  if (mentioned) emitEvent(slack, { type: 'app_mention', user: user.id, text: message.text, ts: message.ts, team: user.teamId, channel: channel.id, event_ts: message.ts, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) });
  slack.changed();
  await slack.delivery.firstAttempts();
  return { ts: message.ts };
}
