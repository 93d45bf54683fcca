import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { HttpAnswer } from '../wire/answer.ts';
import { SlackRefusal } from '../refusal.ts';
import { jsonAnswer } from '../wire/answer.ts';
import { throughGate } from '../wire/through-gate.ts';
import { Arguments } from './arguments.ts';
import { requireScope } from './scopes.ts';
import { methods } from './methods.ts';
import type { Method } from './method.ts';

/** Answers one call of the Web API: token, scope, rate, gate, effect. */
export async function answerCall(slack: Slack, name: string, body: JsonObject, bearer: string | undefined): Promise<HttpAnswer> {
  const method = methods.get(name);
  const args = new Arguments(body);
  if (method === undefined) return recorded(slack, { name, args, caller: 'unknown', mutates: false }, () => refused('unknown_method', { req_method: name }));
  const token = bearer ?? args.text('token');
  const refusal = checkToken(slack, method, token) ?? limited(slack, method, args);
  const call = { name, args, caller: token?.startsWith('xapp-') === true ? slack.workspace.app.appId : slack.workspace.app.botUserId };
  if (refusal !== undefined) return recorded(slack, { ...call, mutates: false }, () => refusal);
  return recorded(slack, { ...call, mutates: method.mutates }, () => run(slack, method, args));
}

function recorded(slack: Slack, call: { readonly name: string; readonly args: Arguments; readonly caller: string; readonly mutates: boolean }, effect: () => HttpAnswer | Promise<HttpAnswer>): Promise<HttpAnswer> {
  return throughGate(slack.gate, { service: 'slack', operation: call.name, input: call.args.readable(), caller: call.caller, mutates: call.mutates }, effect);
}

async function run(slack: Slack, method: Method, args: Arguments): Promise<HttpAnswer> {
  const headers = scopeHeaders(slack, method);
  try {
    const answer = await method.run({ slack, workspace: slack.workspace, args });
    if (method.mutates) slack.changed();
    return jsonAnswer({ ok: true, ...answer }, { headers });
  } catch (error) {
    if (error instanceof SlackRefusal) return refused(error.code, error.details, headers);
    throw error;
  }
}

function checkToken(slack: Slack, method: Method, token: string | undefined): HttpAnswer | undefined {
  if (method.token === 'none') return undefined;
  const { app, scopes } = slack.workspace;
  if (token === undefined || token === '') return refused('not_authed');
  if (token !== app.botToken && token !== app.appToken) return refused('invalid_auth');
  const kind = token === app.botToken ? 'bot' : 'app';
  if (method.token !== 'any' && kind !== method.token) return refused('not_allowed_token_type');
  if (kind === 'app') return undefined;
  try {
    requireScope(scopes, method.scopes);
    return undefined;
  } catch (error) {
    if (error instanceof SlackRefusal) return refused(error.code, error.details, scopeHeaders(slack, method));
    throw error;
  }
}

function limited(slack: Slack, method: Method, args: Arguments): HttpAnswer | undefined {
  const channel = args.text('channel');
  const retryAfter = slack.limits.take(method.name, method.tier, channel === undefined ? undefined : (slack.workspace.findChannel(channel)?.id ?? channel));
  if (retryAfter === undefined) return undefined;
  return jsonAnswer({ ok: false, error: 'ratelimited' }, { status: 429, headers: { 'retry-after': String(retryAfter) }, error: 'ratelimited' });
}

function scopeHeaders(slack: Slack, method: Method): Record<string, string> {
  if (method.token === 'app' || method.token === 'none') return {};
  return { 'x-oauth-scopes': slack.workspace.scopes.join(','), 'x-accepted-oauth-scopes': method.scopes.join(',') };
}

function refused(error: string, details: JsonObject = {}, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return jsonAnswer({ ok: false, error, ...details }, { headers, error });
}
