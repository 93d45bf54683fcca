import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Channel, Command, User } from '../workspace/people.ts';
import { Arguments } from '../api/arguments.ts';
import { SLACKBOT, whisper } from '../posting/ephemeral.ts';
import { respond } from '../posting/respond.ts';
import { SlackRefusal } from '../refusal.ts';
import { BUILT_IN } from './built-in-commands.ts';
import { channelName } from './payload-parts.ts';
import { encodeCommand } from './words.ts';

type Typed = { readonly channel: Channel; readonly text: string; readonly threadTs?: string };

/** A person runs a slash command. What goes wrong is said to them alone, in Slack's words. */
export async function typeCommand(slack: Slack, user: User, typed: Typed): Promise<JsonObject> {
  const { workspace } = slack;
  const [, name = '', rest = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(typed.text) ?? [];
  const refusal = refusalOf(slack, user, name, typed);
  if (refusal !== undefined) return failed(slack, user, typed, refusal);
  const command = workspace.commands.find((each) => each.command === name);
  if (command === undefined) return failed(slack, user, typed, { error: 'unknown_command', text: `\`${name}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.` });
  const path = workspace.responseUrls.make('commands', workspace.team.id, { channel: typed.channel.id, user: user.id });
  const ack = await slack.delivery.command(commandPayload(slack, user, { typed, command, rest, responseUrl: `${slack.origin}${path}` }));
  if (!ack.acked) return failed(slack, user, typed, { error: ack.error, text: `${name} failed with the error "${ack.error}"` });
  return answered(slack, user, typed, ack.answer);
}

function commandPayload(slack: Slack, user: User, run: { readonly typed: Typed; readonly command: Command; readonly rest: string; readonly responseUrl: string }): JsonObject {
  const { workspace } = slack;
  const { channel } = run.typed;
  return {
    token: 'sandbox-verification-token',
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command: run.command.command,
    text: encodeCommand(workspace, run.rest.trim(), run.command.shouldEscape),
    api_app_id: workspace.app.appId,
    is_enterprise_install: 'false',
    response_url: run.responseUrl,
    trigger_id: workspace.triggers.make(user.id),
  };
}

function refusalOf(slack: Slack, user: User, name: string, typed: Typed): { readonly error: string; readonly text: string } | undefined {
  if (BUILT_IN.has(name)) return { error: 'built_in_command', text: `${name} is Slack's own command; the sandbox does not have it.` };
  if (typed.threadTs !== undefined) return { error: 'not_supported_in_threads', text: `${name} is not supported in threads. Sorry!` };
  const installed = user.teamId === slack.workspace.team.id && slack.workspace.scopes.includes('commands');
  return installed ? undefined : { error: 'unknown_command', text: `\`${name}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.` };
}

function answered(slack: Slack, user: User, typed: Typed, answer: JsonObject): JsonObject {
  if (Object.keys(answer).length === 0) return { command: true, acked: true };
  try {
    respond(slack, { channel: typed.channel.id, user: user.id }, new Arguments(answer));
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return failed(slack, user, typed, { error: 'invalid_command_response', text: `${typed.text.split(' ')[0] ?? ''} failed with the error "invalid_command_response"` });
  }
  slack.changed();
  return { command: true, acked: true, response: answer };
}

function failed(slack: Slack, user: User, typed: Typed, problem: { readonly error: string; readonly text: string }): JsonObject {
  whisper(slack, { user: user.id, channel: typed.channel.id, ...(typed.threadTs === undefined ? {} : { threadTs: typed.threadTs }) }, { text: problem.text }, SLACKBOT);
  slack.changed();
  return { command: true, acked: false, error: problem.error, message: problem.text };
}
