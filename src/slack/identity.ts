import { Fault } from '../domain/faults.ts';
import type { SlackCalls } from './calls.ts';
import { faultOf, platformError } from './faults.ts';
import { missingScopes } from './scopes.ts';

/** Who Jack is in the workspace. */
export interface BotIdentity {
  /** B…: what Jack's own messages carry. */
  readonly botId: string;
  /** U…: what a mention of Jack carries. */
  readonly botUserId: string;
  readonly teamId: string;
}

/**
 * Asks Slack who the token belongs to and whether it may do all that Jack does.
 * Throws a fault whose message is one sentence that says what to do.
 */
export async function identify(calls: SlackCalls): Promise<BotIdentity> {
  const answer = await ask(calls);
  const missing = answer.response_metadata?.scopes === undefined ? [] : missingScopes(answer.response_metadata.scopes);
  if (missing.length > 0) {
    const noun = missing.length === 1 ? 'scope' : 'scopes';
    throw stop(`The Slack app lacks the bot ${noun} ${missing.join(', ')}: add them under OAuth & Permissions (manifest.yml lists all) and install the app again.`);
  }
  if (answer.bot_id === undefined || answer.user_id === undefined) {
    throw stop('SLACK_BOT_TOKEN belongs to a person, not to a bot: use the Bot User OAuth Token (xoxb-…) from OAuth & Permissions.');
  }
  return { botId: answer.bot_id, botUserId: answer.user_id, teamId: answer.team_id ?? '' };
}

async function ask(calls: SlackCalls): ReturnType<SlackCalls['once']['auth']['test']> {
  try {
    return await calls.once.auth.test();
  } catch (error) {
    const word = platformError(error);
    if (word === undefined) throw unreachable(error);
    throw stop(`Slack does not accept SLACK_BOT_TOKEN (${word}): set it to the Bot User OAuth Token (xoxb-…) from the app's OAuth & Permissions page.`, error);
  }
}

/** Whether the app-level token opens sockets; Socket Mode only. */
export async function checkAppToken(appCalls: SlackCalls): Promise<void> {
  try {
    await appCalls.once.apps.connections.open({});
  } catch (error) {
    const word = platformError(error);
    if (word === undefined) throw unreachable(error);
    throw stop(
      `Slack does not accept SLACK_APP_TOKEN (${word}): make an app-level token (xapp-…) with the scope connections:write under Basic Information, and switch Socket Mode on.`,
      error,
    );
  }
}

function unreachable(error: unknown): Fault {
  const fault = faultOf(error, { method: 'auth.test' });
  return stop(`${fault.message}: check the network, the proxy and SLACK_API_URL, and whether Slack is up (status.slack.com).`, error);
}

function stop(message: string, cause?: unknown): Fault {
  return new Fault(message, { cause, retryable: false });
}
