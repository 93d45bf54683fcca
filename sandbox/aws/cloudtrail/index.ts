import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../json.ts';
import type { Account } from '../account.ts';
import type { TrailEntry } from '../engine/call.ts';
import { isList, isObject, number, objects, text, time } from '../engine/values.ts';
import { AwsError } from '../engine/service.ts';
import type { Part } from '../part.ts';

/** AWS milliseconds until an event can be looked up; CloudTrail itself promises "within an average of about 5 minutes". */
const delay = 120_000;

/** S3's and SQS's calls are data events, which LookupEvents does not have. */
const dataEvents = new Set(['s3', 'sqs', 'logs', 'events']);

interface TrailEvent {
  readonly at: number;
  readonly shown: JsonObject;
}

/** CloudTrail's event history: who changed what, a while later. */
export function cloudtrail(account: Account): Part & { record(entry: TrailEntry): void } {
  const events: TrailEvent[] = [];
  return {
    service: { name: 'cloudtrail', handlers: { LookupEvents: (input) => lookup(events, input) } },
    record(entry) {
      if (dataEvents.has(entry.service)) return;
      const event = { at: entry.at, shown: shownOf(account, entry) };
      account.clock.after(delay, () => events.unshift(event));
    },
  };
}

function shownOf(account: Account, entry: TrailEntry): JsonObject {
  const EventId = randomUUID();
  const EventSource = `${entry.service === 'cloudwatch' ? 'monitoring' : entry.service}.amazonaws.com`;
  const Username = entry.arn.split('/').at(-1) ?? '';
  const record = {
    eventVersion: '1.09',
    userIdentity: { type: entry.arn.includes(':assumed-role/') ? 'AssumedRole' : 'IAMUser', arn: entry.arn, accountId: account.id, userName: Username },
    eventTime: new Date(entry.at).toISOString().replace(/\.\d{3}/, ''),
    eventSource: EventSource,
    eventName: entry.operation,
    awsRegion: account.region,
    sourceIPAddress: '127.0.0.1',
    ...(entry.error ? { errorCode: entry.error.code, errorMessage: entry.error.message } : {}),
    requestParameters: camel(entry.input),
    responseElements: entry.output ? camel(entry.output) : null,
    requestID: entry.requestId,
    eventID: EventId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account.id,
    eventCategory: 'Management',
  };
  return { EventId, EventName: entry.operation, ReadOnly: 'false', EventTime: new Date(entry.at), EventSource, Username, Resources: resourcesOf(entry), CloudTrailEvent: JSON.stringify(record) };
}

/** The names by which an event can be found: what the request calls …Name. */
function resourcesOf(entry: TrailEntry): readonly JsonObject[] {
  return Object.entries(entry.input)
    .filter(([name, value]) => /name$/i.test(name) && typeof value === 'string')
    .map(([name, value]) => ({ ResourceType: `AWS::${entry.service}::${name.replace(/Name$/, '')}`, ResourceName: value }));
}

/** CloudTrail writes members with a small first letter. */
function camel(value: Json): Json {
  if (isList(value)) return value.map(camel);
  if (!isObject(value)) return value instanceof Uint8Array ? undefined : value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name.charAt(0).toLowerCase() + name.slice(1), camel(item)]));
}

function lookup(events: readonly TrailEvent[], input: JsonObject): JsonObject {
  const [start, end] = [time(input, 'StartTime')?.getTime() ?? 0, time(input, 'EndTime')?.getTime() ?? Number.POSITIVE_INFINITY];
  if (start > end) throw new AwsError('InvalidTimeRangeException', 'The start time must be before the end time.');
  const attributes = objects(input, 'LookupAttributes');
  const found = events
    .filter(({ at, shown }) => at >= start && at <= end && attributes.every((attribute) => matches(shown, attribute)))
    .toSorted((one, other) => other.at - one.at);
  const from = Number(text(input, 'NextToken') ?? '0');
  const to = from + (number(input, 'MaxResults') ?? 50);
  return { Events: found.slice(from, to).map(({ shown }) => shown), ...(to < found.length ? { NextToken: String(to) } : {}) };
}

function matches(shown: JsonObject, attribute: JsonObject): boolean {
  const [key, value] = [text(attribute, 'AttributeKey') ?? '', text(attribute, 'AttributeValue')];
  const resources = objects(shown, 'Resources');
  if (key === 'ResourceName') return resources.some((resource) => resource['ResourceName'] === value);
  if (key === 'ResourceType') return resources.some((resource) => resource['ResourceType'] === value);
  return shown[key] === value;
}
