import { read, type Seen } from './messages.ts';
import type { Stage } from './stage.ts';

interface State {
  readonly pipelines: readonly { readonly name: string; readonly executions: readonly { readonly id: string; readonly status: string }[] }[];
  readonly environments: readonly { readonly name: string; readonly version: string; readonly status: string; readonly events: readonly { readonly message: string }[] }[];
}

/** What everybody can see when a story is over. Equal in each telling, whatever went wrong on the way. */
export interface Ending {
  /** The threads, ids and times made equal. */
  readonly threads: string;
  /** By AWS's own listings: executions with what became of them, operations that began, and how they were answered. */
  readonly counts: Readonly<Record<string, number>>;
  /** Bot messages by the key in their metadata, sorted. */
  readonly keys: readonly string[];
  /** Messages of the bot that carry the same identity as another, and those that carry none. Always empty. */
  readonly twice: readonly string[];
}

/** Waits until the channel is at rest, and looks. */
export async function endingOf(stage: Stage, channel: string): Promise<Ending> {
  const threads = await stage.threads(channel);
  const identities = await identitiesIn(stage, channel);
  return { threads, counts: await countOf(stage), keys: identities.map(({ key }) => key).sort(), twice: doubled(identities) };
}

/** What has really happened; a refused or repeated call counts for nothing. */
export async function countOf(stage: Stage): Promise<Readonly<Record<string, number>>> {
  const state = await stage.door.get<State>('/aws/state');
  const counts: Record<string, number> = {};
  const add = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
  for (const { name, executions } of state.pipelines) for (const { status } of executions) add(`executions of ${name} ${status}`);
  for (const { name, status, events } of state.environments) {
    add(`${name} is ${status}`);
    for (const { message } of events) if (OPERATION.test(message)) add(`${name}: ${message}`);
  }
  return counts;
}

/** Beanstalk's words for what somebody made it do. */
const OPERATION = /^(Environment update is starting\.|The environment update was aborted|.*abort(ed|ing)? .*operation|Initiating abort)/i;

/** How many calls of this operation AWS has taken from the bot since that number; those of which it lost the answer included. */
export async function takenCalls(stage: Stage, operation: string, since = 0): Promise<number> {
  const { calls } = await stage.door.get<{ calls: readonly { caller: string; error?: string; status?: number }[] }>(`/calls?operation=${operation}&since=${since}`);
  return calls.filter((call) => !call.caller.endsWith('/olive') && (call.status === 200 || /cut|status 5/.test(call.error ?? ''))).length;
}

interface Identity {
  readonly owner: string;
  readonly key: string;
  readonly says: string;
}

async function identitiesIn(stage: Stage, channel: string): Promise<readonly Identity[]> {
  const seen = (await stage.person('olive').sees(channel)).filter((message) => message.user === BOT && message.ephemeral !== true);
  return seen.map((message) => ({ owner: payload(message, 'owner'), key: payload(message, 'key').replaceAll(UUID, 'id'), says: read(message).slice(0, 80) }));
}

const BOT = 'U0JACK0001';
const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

function payload(message: Seen, field: string): string {
  const value = message.metadata?.event_payload?.[field];
  return typeof value === 'string' ? value : '';
}

function doubled(identities: readonly Identity[]): readonly string[] {
  const known = new Set<string>();
  return identities.flatMap(({ owner, key, says }) => {
    const identity = `${owner} ${key}`;
    const bad = owner === '' || known.has(identity);
    known.add(identity);
    return bad ? [`${identity}: ${says}`] : [];
  });
}
