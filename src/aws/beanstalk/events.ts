import { DescribeEventsCommand } from '@aws-sdk/client-elastic-beanstalk';
import type { EventDescription } from '@aws-sdk/client-elastic-beanstalk';
import type { App } from '../../domain/app.ts';
import type { EnvironmentEvent, Time } from '../../domain/observation.ts';
import { given, timeOf } from '../given.ts';
import { pages } from '../reads.ts';
import type { Read } from '../reads.ts';

/** An event with what ties it to an operation. Health and instance events carry no request id. */
export interface TaggedEvent extends EnvironmentEvent {
  readonly requestId?: string;
  readonly label?: string;
}

const PAGE = 1000;
const MOST_PAGES = 3;

/** Events since then (inclusive), oldest first. With `most`, the newest of them. */
export async function listEvents(read: Read, app: App, find: { readonly environment: string; readonly since: Time; readonly most?: number }): Promise<readonly TaggedEvent[]> {
  const found = await pages(find.most === undefined ? MOST_PAGES : 1, async (token) => {
    const input = {
      ApplicationName: app.application,
      EnvironmentName: find.environment,
      StartTime: new Date(find.since),
      MaxRecords: Math.min(find.most ?? PAGE, PAGE),
      ...(token && { NextToken: token }),
    };
    const answer = await read(app, 'elasticbeanstalk:DescribeEvents', input, ({ elasticbeanstalk }, input) => elasticbeanstalk.send(new DescribeEventsCommand(input)));
    return { page: answer.Events ?? [], next: answer.NextToken };
  });
  return oldestFirst(found.flat());
}

/** AWS gives the newest first; within one millisecond that order is the only one there is. */
export function oldestFirst(told: readonly EventDescription[]): readonly TaggedEvent[] {
  return told.map(toEvent).toReversed().sort((a, b) => a.at - b.at);
}

/** The event alone, as the domain has it. */
export function plainEvent({ at, severity, message }: EnvironmentEvent): EnvironmentEvent {
  return { at, severity, message };
}

function toEvent(told: EventDescription): TaggedEvent {
  return {
    at: timeOf(told.EventDate) ?? 0,
    severity: told.Severity ?? 'INFO',
    message: told.Message ?? '',
    ...given({ requestId: told.RequestId || undefined, label: told.VersionLabel || undefined }),
  };
}
