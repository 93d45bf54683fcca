import type { JsonObject } from '../../json.ts';
import type { Account, LogSink } from '../account.ts';
import { AwsError } from '../engine/service.ts';
import { flag, number, requiredText, text, texts } from '../engine/values.ts';
import type { Part } from '../part.ts';
import { filterTest } from './filter.ts';
import { Streams, type LogEvent, type LogStream } from './streams.ts';

/** CloudWatch Logs: reading what builds and instances wrote. */
export function logs(account: Account): Part & { readonly logs: LogSink } {
  const store = new Streams();
  const streamsOf = (input: JsonObject): readonly LogStream[] => {
    const found = store.streams(groupName(input));
    if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return found;
  };
  const arnOf = (group: string): string => `arn:aws:logs:${account.region}:${account.id}:log-group:${group}`;
  return {
    service: {
      name: 'logs',
      handlers: {
        DescribeLogGroups: (input) => ({
          logGroups: store.groups().filter((name) => name.startsWith(text(input, 'logGroupNamePrefix') ?? '')).map((name) => ({ logGroupName: name, arn: `${arnOf(name)}:*`, logGroupArn: arnOf(name), metricFilterCount: 0, storedBytes: 0 })),
        }),
        DescribeLogStreams: (input) => describeStreams(streamsOf(input), input, arnOf(groupName(input))),
        GetLogEvents: (input) => getEvents(streamsOf(input), input),
        FilterLogEvents: (input) => filterEvents(streamsOf(input), input),
      },
    },
    logs: { write: (group, stream, lines) => store.write(group, stream, lines) },
  };
}

/** By name, or by an identifier that may be an ARN; exactly one must be given. */
function groupName(input: JsonObject): string {
  const [name, identifier] = [text(input, 'logGroupName'), text(input, 'logGroupIdentifier')];
  if ((name === undefined) === (identifier === undefined)) throw new AwsError('InvalidParameterException', 'Exactly one of logGroupName or logGroupIdentifier must be specified.');
  return name ?? (identifier ?? '').replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
}

function describeStreams(streams: readonly LogStream[], input: JsonObject, groupArn: string): JsonObject {
  const found = streams.filter((stream) => stream.name.startsWith(text(input, 'logStreamNamePrefix') ?? ''));
  const sorted = text(input, 'orderBy') === 'LastEventTime' ? found.toSorted((one, other) => lastAt(one) - lastAt(other)) : found;
  const ordered = flag(input, 'descending') ? sorted.toReversed() : sorted;
  const from = Number(text(input, 'nextToken') ?? '0');
  const to = from + (number(input, 'limit') ?? 50);
  return {
    logStreams: ordered.slice(from, to).map((stream) => ({
      logStreamName: stream.name,
      creationTime: stream.createdAt,
      ...(stream.events[0] ? { firstEventTimestamp: stream.events[0].at, lastEventTimestamp: lastAt(stream), lastIngestionTime: lastAt(stream) } : {}),
      arn: `${groupArn}:log-stream:${stream.name}`,
      storedBytes: 0,
    })),
    ...(to < ordered.length ? { nextToken: String(to) } : {}),
  };
}

function lastAt(stream: LogStream): number {
  return stream.events.at(-1)?.at ?? stream.createdAt;
}

/** Pages in both directions; at an end the token that comes back is the one that was sent. */
function getEvents(streams: readonly LogStream[], input: JsonObject): JsonObject {
  const stream = streams.find((candidate) => candidate.name === requiredText(input, 'logStreamName'));
  if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  const events = within(stream.events, input);
  const limit = number(input, 'limit') ?? 10_000;
  const token = /^([fb])\/(\d+)$/.exec(text(input, 'nextToken') ?? '');
  if (text(input, 'nextToken') !== undefined && !token) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  const place = token ? Number(token[2]) : undefined;
  const forward = token ? token[1] === 'f' : flag(input, 'startFromHead') === true;
  const from = forward ? (place ?? 0) : Math.max(0, (place ?? events.length) - limit);
  const to = forward ? Math.min(events.length, from + limit) : (place ?? events.length);
  return {
    events: events.slice(from, to).map((event) => ({ timestamp: event.at, message: event.message, ingestionTime: event.at })),
    nextForwardToken: `f/${to}`,
    nextBackwardToken: `b/${from}`,
  };
}

function filterEvents(streams: readonly LogStream[], input: JsonObject): JsonObject {
  const names = texts(input, 'logStreamNames');
  const prefix = text(input, 'logStreamNamePrefix');
  const test = filterTest(text(input, 'filterPattern') ?? '');
  const found = streams
    .filter((stream) => (!names || names.includes(stream.name)) && stream.name.startsWith(prefix ?? ''))
    .flatMap((stream) => within(stream.events, input).filter((event) => test(event.message)).map((event) => ({ stream: stream.name, event })))
    .toSorted((one, other) => one.event.at - other.event.at || (one.event.id < other.event.id ? -1 : 1));
  const from = Number(text(input, 'nextToken') ?? '0');
  const to = from + (number(input, 'limit') ?? 10_000);
  return {
    events: found.slice(from, to).map(({ stream, event }) => ({ logStreamName: stream, timestamp: event.at, message: event.message, ingestionTime: event.at, eventId: event.id })),
    searchedLogStreams: [],
    ...(to < found.length ? { nextToken: String(to) } : {}),
  };
}

function within(events: readonly LogEvent[], input: JsonObject): readonly LogEvent[] {
  const [start, end] = [number(input, 'startTime') ?? 0, number(input, 'endTime') ?? Number.POSITIVE_INFINITY];
  return events.filter((event) => event.at >= start && event.at < end);
}
