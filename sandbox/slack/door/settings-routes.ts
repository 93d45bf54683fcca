import type { JsonObject } from '../../json.ts';
import type { ControlRoute } from '../../control/route.ts';
import type { Slack } from '../slack.ts';
import { ControlError } from '../../control/route.ts';
import { needed } from '../people/who.ts';
import { flagOf, listOf, numberOf, textOf, textsOf } from '../values.ts';

/** Routes that set what the app may do, how fast, and how long Slack waits. */
export function settingsRoutes(slack: Slack): readonly ControlRoute[] {
  return [
    { method: 'POST', path: '/slack/ratelimit', summary: 'Refuse the next calls {method, channel?, retryAfter, times}, or set the limits {on?, postPerSecond?, postBurst?, tierScale?}', run: (args) => rateLimit(slack, args) },
    { method: 'POST', path: '/slack/scopes', summary: "Set the bot token's scopes and the events the app subscribes to {scopes?, events?}", run: (args) => scopes(slack, args) },
    { method: 'POST', path: '/slack/timing', summary: "Set Slack's own times, real milliseconds {ackMs?, eventRetryMs?, uploadMs?, pingMs?}", run: (args) => timing(slack, args) },
  ];
}

function rateLimit(slack: Slack, args: JsonObject): JsonObject {
  const { limits } = slack;
  if (args['method'] !== undefined) {
    const channel = textOf(args['channel']);
    const id = channel === undefined ? undefined : (slack.workspace.findChannel(channel)?.id ?? channel);
    limits.force({ method: needed(args, 'method'), retryAfter: numberOf(args['retryAfter']) ?? 1, times: numberOf(args['times']) ?? 1, ...(id === undefined ? {} : { channel: id }) });
    return {};
  }
  const { settings } = limits;
  settings.on = flagOf(args['on']) ?? settings.on;
  settings.postPerSecond = positive(args, 'postPerSecond') ?? settings.postPerSecond;
  settings.postBurst = positive(args, 'postBurst') ?? settings.postBurst;
  settings.tierScale = positive(args, 'tierScale') ?? settings.tierScale;
  return { ...settings };
}

function scopes(slack: Slack, args: JsonObject): JsonObject {
  if (listOf(args['scopes']) !== undefined) slack.workspace.scopes = textsOf(args['scopes']);
  if (listOf(args['events']) !== undefined) slack.workspace.events = textsOf(args['events']);
  return { scopes: slack.workspace.scopes, events: slack.workspace.events };
}

function timing(slack: Slack, args: JsonObject): JsonObject {
  const { timing: times } = slack;
  times.ackMs = positive(args, 'ackMs') ?? times.ackMs;
  times.uploadMs = positive(args, 'uploadMs') ?? times.uploadMs;
  times.pingMs = positive(args, 'pingMs') ?? times.pingMs;
  const retries = listOf(args['eventRetryMs'])?.map(numberOf);
  if (retries !== undefined) times.eventRetryMs = retries.filter((ms) => ms !== undefined);
  return { ...times };
}

function positive(args: JsonObject, name: string): number | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  const number = numberOf(value);
  if (number === undefined || !(number > 0)) throw new ControlError(`${name} must be a number above 0`);
  return number;
}
