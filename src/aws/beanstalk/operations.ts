import type { ObservedOperation, Time } from '../../domain/observation.ts';
import { plainEvent } from './events.ts';
import type { TaggedEvent } from './events.ts';
import { given } from '../given.ts';

/** Beanstalk has no ids for operations and no status of one: its texts are all there is (the EB CLI decides by the same ones). */
const STARTED = 'Environment update is starting.';
const SUCCEEDED = new Set([
  'Environment update completed successfully.',
  'Successfully deployed new configuration to environment.',
]);
const FAILED = new Set([
  'Failed to deploy application.',
  'Failed to deploy configuration.',
  'Environment tag update failed.',
]);
const FAILED_PREFIXES = ['Update environment operation is complete, but with errors.', 'Update environment operation is complete, but with command timeouts'];
const REVERTED = 'The environment was reverted to the previous configuration setting.';
/** These two come with every failed deploy; any other word of an abort means that somebody asked for one. */
const NOT_ASKED = /^During an aborted deployment,|Aborting the operation\.$/;
const DEPLOYS = [
  /^Deploying new version to instance\(s\)\.$/,
  /^Batch \d+: Starting application deployment/,
  /^Immutable deployment policy enabled\./,
  /^Rolling with Additional Batch deployment policy enabled\./,
  /^New application version was deployed/,
  /^Failed to deploy application\.$/,
];
const OTHER_WORK = /configuration settings\.$|^Failed to deploy configuration\.$|^Successfully deployed new configuration|tag update|^Managed platform update/;
const BEGINS = / is starting\.$/;
/** An action's start is told in whole seconds in places. */
const MARGIN_MS = 1_000;

/** The newest operation that fits: of this request id, or begun since then (for this label, if given). */
export function findOperation(
  events: readonly TaggedEvent[],
  find: { readonly requestId?: string; readonly since: Time; readonly label?: string },
): ObservedOperation | undefined {
  const groups = byRequest(events);
  if (find.requestId !== undefined) {
    const own = groups.get(find.requestId);
    return own && toOperation(find.requestId, own, events);
  }
  const operations = [...groups]
    .filter(([, own]) => own.some((event) => BEGINS.test(event.message) && event.at >= find.since - MARGIN_MS))
    .filter(([, own]) => !isAbortCall(own))
    .map(([requestId, own]) => toOperation(requestId, own, events))
    .filter((operation) => find.label === undefined || operation.label === find.label);
  return operations.sort((a, b) => b.startedAt - a.startedAt)[0];
}

/** The operation that Beanstalk began for this label since then, whoever asked for it. */
export function updateStarted(events: readonly TaggedEvent[], label: string, since: Time): { readonly requestId: string; readonly at: Time } | undefined {
  const start = events.find((event) => event.message === STARTED && event.label === label && event.at >= since && event.requestId !== undefined);
  return start?.requestId === undefined ? undefined : { requestId: start.requestId, at: start.at };
}

/** Whether somebody asked to abort what was under way. */
export function abortAsked(events: readonly TaggedEvent[]): TaggedEvent | undefined {
  return events.find(isAbort);
}

function byRequest(events: readonly TaggedEvent[]): ReadonlyMap<string, readonly TaggedEvent[]> {
  const groups = new Map<string, TaggedEvent[]>();
  for (const event of events) {
    if (event.requestId === undefined) continue;
    const group = groups.get(event.requestId);
    if (group) group.push(event);
    else groups.set(event.requestId, [event]);
  }
  return groups;
}

/** `own` is not empty. An abort is asked under a request id of its own, so all events tell of it. */
function toOperation(requestId: string, own: readonly TaggedEvent[], all: readonly TaggedEvent[]): ObservedOperation {
  const startedAt = own[0]?.at ?? 0;
  const ends = own.filter((event) => isFailure(event.message) || SUCCEEDED.has(event.message));
  const failed = ends.some((event) => isFailure(event.message));
  const endedAt = ends.at(-1)?.at;
  const during = all.filter((event) => event.at >= startedAt && event.at <= (endedAt ?? Number.POSITIVE_INFINITY));
  const label = labelOf(own);
  return {
    requestId,
    kind: kindOf(own, label),
    startedAt,
    outcome: ends.length === 0 ? 'running' : failed ? 'failed' : 'succeeded',
    revertedByBeanstalk: own.some((event) => event.message === REVERTED),
    aborted: abortAsked(during) !== undefined,
    events: own.map(plainEvent),
    ...given({ label, endedAt }),
  };
}

/** The start names the label that is coming; later events may name what runs. */
function labelOf(own: readonly TaggedEvent[]): string | undefined {
  return own.find((event) => event.message === STARTED && event.label !== undefined)?.label ?? own.find((event) => event.label !== undefined)?.label;
}

/** Until the texts tell, an operation with a label is taken for a deploy. */
function kindOf(own: readonly TaggedEvent[], label: string | undefined): ObservedOperation['kind'] {
  if (own.some((event) => DEPLOYS.some((text) => text.test(event.message)))) return 'application';
  if (own.some((event) => OTHER_WORK.test(event.message))) return 'other';
  return label !== undefined && own.some((event) => event.message === STARTED) ? 'application' : 'other';
}

function isFailure(message: string): boolean {
  return FAILED.has(message) || message === REVERTED || FAILED_PREFIXES.some((prefix) => message.startsWith(prefix));
}

function isAbort(event: TaggedEvent): boolean {
  return /\babort/i.test(event.message) && !NOT_ASKED.test(event.message);
}

function isAbortCall(own: readonly TaggedEvent[]): boolean {
  return own[0] !== undefined && isAbort(own[0]);
}
