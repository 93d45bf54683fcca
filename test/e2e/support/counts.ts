import { AwsAccount } from './account.ts';
import { auditedBy, type Audited } from './audited.ts';
import { equalKey, read, type Seen } from './messages.ts';
import type { Stage } from './stage.ts';
import { CAST, equaliser } from './transcript.ts';

interface State {
  readonly pipelines: readonly { readonly name: string; readonly executions: readonly { readonly id: string; readonly status: string }[] }[];
  readonly environments: readonly { readonly name: string; readonly version: string; readonly status: string; readonly events: readonly { readonly message: string }[] }[];
}

/** What everybody can see when a story is over. Equal in each telling, whatever went wrong on the way. */
export interface Ending {
  /** The threads of releases, of locks and of freezes, sorted, ids and times made equal. */
  readonly threads: string;
  /** What somebody was told directly, sorted; private answers are best effort and left out. */
  readonly direct: readonly string[];
  /** By AWS's own listings: executions with what became of them, operations that began, and how they were answered. */
  readonly counts: Readonly<Record<string, number>>;
  /** Bot messages by the key in their metadata, sorted. */
  readonly keys: readonly string[];
  /** Messages of the bot that carry the same identity as another, and those that carry none. Always empty. */
  readonly twice: readonly string[];
  readonly audit: Audited;
}

/** Waits until the channel is at rest, and looks. `quietMs`: less where it has come to rest before. */
export async function endingOf(stage: Stage, channel: string, quietMs?: number): Promise<Ending> {
  const threads = threadsIn(await stage.threads(channel, quietMs));
  const [inChannel, direct, counts, calls, audit] = await Promise.all([seenIn(stage, channel), directTo(stage), countOf(stage), countOfCalls(stage), auditedBy(stage)]);
  const identities = [...inChannel, ...direct].map(identityOf);
  return { threads, direct: direct.map((message) => equaliser()(read(message))).sort(), counts: { ...counts, ...calls }, keys: identities.map(({ key }) => equalKey(key)).sort(), twice: doubled(identities), audit };
}

/** Sorted: whether the thread of a rollback or that of its lock comes first is chance. */
function threadsIn(transcript: string): string {
  return transcript.split(/^(?=\S)/m).sort().join('');
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

/** What Jack has made AWS do, by CloudTrail: a call that was cut before it arrived is none, one whose answer was lost is one. */
async function countOfCalls(stage: Stage): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const EventName of ['DisableStageTransition', 'EnableStageTransition', 'PutApprovalResult']) {
    const { Events = [] } = await new AwsAccount(stage).look<{ Events?: readonly { CloudTrailEvent: string; Username: string }[] }>('cloudtrail', 'LookupEvents', { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: EventName }] });
    const taken = Events.filter(({ Username, CloudTrailEvent }) => Username !== 'olive' && !('errorCode' in (JSON.parse(CloudTrailEvent) as object))).length;
    // A rollback and its lock both want the way closed, and which of them comes first, and again, is chance: closed it has to be.
    counts[`${EventName} by Jack`] = EventName === 'DisableStageTransition' ? Math.min(taken, 1) : taken;
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

async function seenIn(stage: Stage, channel: string): Promise<readonly Seen[]> {
  return (await stage.person('olive').sees(channel)).filter((message) => message.user === BOT && message.ephemeral !== true);
}

/** What Jack keeps up in people's direct messages. */
async function directTo(stage: Stage): Promise<readonly Seen[]> {
  const each = CAST.map(async (name) => {
    const { channels } = await stage.door.get<{ channels: readonly { id: string; kind: string }[] }>(`/slack/as/${name}`);
    const im = channels.find(({ kind }) => kind === 'im');
    return im ? stage.person(name).sees(im.id) : [];
  });
  return (await Promise.all(each)).flat().filter((message) => message.user === BOT && payload(message, 'owner') !== '');
}

function identityOf(message: Seen): Identity {
  return { owner: payload(message, 'owner'), key: payload(message, 'key'), says: read(message).slice(0, 80) };
}

const BOT = 'U0JACK0001';

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
