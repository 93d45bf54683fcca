import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { ResponseTarget } from '../workspace/response-urls.ts';
import type { HttpAnswer } from './answer.ts';
import { Arguments } from '../api/arguments.ts';
import { respond } from '../posting/respond.ts';
import { SlackRefusal } from '../refusal.ts';
import { jsonAnswer, textAnswer } from './answer.ts';
import { throughGate } from './through-gate.ts';

/** A POST to a response URL: says something where the command or click came from, or changes what was clicked. */
export function answerResponseUrl(slack: Slack, path: string, body: JsonObject): Promise<HttpAnswer> {
  const args = new Arguments(body);
  const call = { service: 'slack', operation: 'response_url', input: args.readable(), caller: slack.workspace.app.botUserId, mutates: true };
  return throughGate(slack.gate, call, () => {
    const target = slack.workspace.responseUrls.use(path);
    return typeof target === 'string' ? refused(target) : tryToRespond(slack, target, args);
  });
}

function tryToRespond(slack: Slack, target: ResponseTarget, args: Arguments): HttpAnswer {
  try {
    respond(slack, target, args);
    slack.changed();
    return textAnswer('ok');
  } catch (error) {
    if (error instanceof SlackRefusal) return refused(error.code, error.details);
    throw error;
  }
}

function refused(error: string, details: JsonObject = {}): HttpAnswer {
  return jsonAnswer({ ok: false, error, ...details }, { status: error === 'expired_url' || error === 'used_url' ? 404 : 400, error });
}
