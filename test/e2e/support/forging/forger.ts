import { until } from '../door.ts';
import type { Seen } from '../messages.ts';
import type { Stage } from '../stage.ts';

/** A message of Jack's, and whose it is by its metadata. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly ephemeral?: boolean;
}

/** A click as it comes over the wire: any user, any button, any value, in any place. */
export interface Click {
  readonly user: string;
  readonly button: string;
  readonly value: string;
  /** Absent: in no message. */
  readonly at?: Place;
  readonly block?: string;
}

/** A form as it comes back over the wire. */
export interface Submission {
  readonly user: string;
  readonly form: string;
  readonly metadata: string;
  readonly reason: string;
}

interface Call {
  readonly n: number;
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What came of one envelope. */
export interface Outcome {
  readonly acked: boolean;
  /** What the person was told; undefined: nothing. */
  readonly answer: string | undefined;
  /** Calls of the bot that change something, besides the answer: in AWS and in Slack. */
  readonly changed: readonly string[];
}

/** What a private answer is made of: it may need a direct message to be opened first. */
const ANSWERS: ReadonlySet<string> = new Set(['chat.postEphemeral', 'conversations.open']);
const TEAM = { id: 'T0ACME0001', domain: 'acme' };

/** Sends what nobody could click: made-up and repeated envelopes. */
export class Forger {
  readonly #stage: Stage;
  #count = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** The payload of a click, with an `action_ts` of its own. */
  click({ user, button, value, at, block = 'forged' }: Click): object {
    const channel = at?.channel ?? 'C0SHOP0001';
    const container = { type: 'message', channel_id: channel, is_ephemeral: at?.ephemeral === true, ...(at && { message_ts: at.ts }), ...(at?.threadTs !== undefined && { thread_ts: at.threadTs }) };
    const action = { type: 'button', action_id: button, block_id: block, value, action_ts: this.#next(), text: { type: 'plain_text', text: 'forged' } };
    return { type: 'block_actions', ...whose(user), container, channel: { id: channel, name: 'forged' }, ...(at && !at.ephemeral && { message: { ts: at.ts } }), response_url: '', trigger_id: this.#next(), actions: [action] };
  }

  /** The payload of a click in a home tab. */
  clickAtHome({ user, button, value }: Click): object {
    const action = { type: 'button', action_id: button, block_id: 'forged', value, action_ts: this.#next(), text: { type: 'plain_text', text: 'forged' } };
    return { type: 'block_actions', ...whose(user), container: { type: 'view', view_id: 'V0FORGED01' }, view: { id: 'V0FORGED01', type: 'home', blocks: [], state: { values: {} } }, trigger_id: this.#next(), actions: [action] };
  }

  submission({ user, form, metadata, reason }: Submission): object {
    const values = { reason: { [`${form}.reason`]: { type: 'plain_text_input', value: reason } } };
    return { type: 'view_submission', ...whose(user), trigger_id: this.#next(), response_urls: [], view: { id: `V0${this.#next().replace('.', '')}`, type: 'modal', callback_id: form, private_metadata: metadata, blocks: [], state: { values } } };
  }

  command(user: string, channel: string, command: string, text: string): object {
    return { command, text, user_id: user, user_name: 'forged', channel_id: channel, channel_name: 'forged', team_id: TEAM.id, team_domain: TEAM.domain, api_app_id: 'A0JACK0001', response_url: '', trigger_id: this.#next() };
  }

  /** Delivers it, and waits for the answer; `silent`: none is to come, and a moment is waited. */
  async send(payload: object, { kind = 'interactive', silent = false }: { readonly kind?: 'interactive' | 'slash_commands'; readonly silent?: boolean } = {}): Promise<Outcome> {
    const before = (await this.#calls(0)).at(-1)?.n ?? 0;
    const { acked } = await this.#stage.door.post<{ acked: boolean }>('/slack/deliver/raw', { kind, payload });
    const user = userOf(payload);
    const answer = silent ? await pause(300) : await until(`an answer to ${JSON.stringify(payload)}`, async () => (await this.#calls(before)).find((call) => isAnswer(call, user)), 10_000, 15);
    const after = await this.#calls(before);
    const text = answer && after.find((call) => call.n === answer.n)?.input['text'];
    return { acked, answer: typeof text === 'string' ? text : undefined, changed: after.filter((call) => !isAnswer(call, user) && !ANSWERS.has(call.operation)).map((call) => `${call.service} ${call.operation}`) };
  }

  /** The bot's own calls that change something, after this one. */
  async #calls(since: number): Promise<readonly Call[]> {
    const { calls } = await this.#stage.door.get<{ calls: readonly Call[] }>(`/calls?since=${since}&mutates=true`);
    return calls.filter(({ caller, n }) => n > since && !caller.endsWith('/olive'));
  }

  #next(): string {
    this.#count += 1;
    return `${Math.floor(Date.now() / 1000)}.${String(this.#count).padStart(6, '0')}`;
  }
}

function whose(user: string): object {
  return { user: { id: user, username: 'forged', name: 'forged', team_id: TEAM.id }, api_app_id: 'A0JACK0001', token: 'forged', team: TEAM, enterprise: null, is_enterprise_install: false };
}

function userOf(payload: object): string {
  const { user, user_id: id } = payload as { readonly user?: { readonly id: string }; readonly user_id?: string };
  return user?.id ?? id ?? '';
}

/** To them alone: an ephemeral message, or one in their direct messages. */
function isAnswer({ operation, input }: Call, user: string): boolean {
  if (operation === 'chat.postEphemeral') return input['user'] === user;
  return operation === 'chat.postMessage' && typeof input['channel'] === 'string' && input['channel'].startsWith('D');
}

async function pause(ms: number): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return undefined;
}

/** Where a message stands, as a click in it says. */
export function placeOf(channel: string, message: Pick<Seen, 'ts' | 'thread_ts'>): Place {
  return { channel, ts: message.ts, ...(message.thread_ts !== undefined && { threadTs: message.thread_ts }) };
}
