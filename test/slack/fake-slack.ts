import type { Clock, Log } from '../../src/ports.ts';
import { slackCalls, type SlackCalls } from '../../src/slack/calls.ts';
import type { BotIdentity } from '../../src/slack/identity.ts';

/** One request as Slack would have seen it: JSON fields decoded. */
export interface SeenCall {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: object } | Error;

/** A Slack that answers what it is told to, and remembers what it was asked. */
export interface FakeSlack {
  readonly calls: SlackCalls;
  readonly seen: SeenCall[];
  /** Answers to come for a method, first come first served; without any: `{ok: true}`. */
  on(method: string, ...answers: Answer[]): void;
  asked(method: string): readonly SeenCall[];
}

export const bot: BotIdentity = { botId: 'B1', botUserId: 'UJACK', teamId: 'T1' };

/** Starts with no answers laid out. */
export function fakeSlack(): FakeSlack {
  const seen: SeenCall[] = [];
  const laidOut = new Map<string, Answer[]>();
  const fetch = async (url: string | URL, init?: { readonly body?: unknown }): Promise<Response> => {
    const method = String(url).split('/').at(-1) ?? '';
    seen.push({ method, fields: fieldsOf(init?.body) });
    const answer = laidOut.get(method)?.shift() ?? {};
    if (answer instanceof Error) throw answer;
    const headers = { 'content-type': 'application/json', ...answer.headers };
    return new Response(JSON.stringify({ ok: true, ...answer.body }), { status: answer.status ?? 200, headers });
  };
  return {
    calls: slackCalls({ token: 'xoxb-test', log: silentLog(), fetch }),
    seen,
    on: (method, ...answers) => void laidOut.set(method, [...(laidOut.get(method) ?? []), ...answers]),
    asked: (method) => seen.filter((call) => call.method === method),
  };
}

/** Slack's refusal with this word. */
export function refusal(error: string, more: object = {}): Answer {
  return { body: { ok: false, error, ...more } };
}

/** What undici throws when nothing listens there. */
export function connectionRefused(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }) });
}

/** A clock that stands until it is moved. */
export function handClock(start = 1_700_000_000_000): Clock & { forward(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    forward: (ms) => {
      now += ms;
    },
  };
}

/** Keeps what was logged. */
export function keptLog(): Log & { readonly lines: { level: string; facts: object; message: string }[] } {
  const lines: { level: string; facts: object; message: string }[] = [];
  const keep = (level: string) => (facts: object, message: string) => void lines.push({ level, facts, message });
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

export function silentLog(): Log {
  return { info: () => undefined, warn: () => undefined, error: () => undefined };
}

function fieldsOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'string') return {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    fields[name] = /^[[{]/.test(value) ? JSON.parse(value) : value;
  }
  return fields;
}

