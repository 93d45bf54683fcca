import type { JsonObject } from '../../../json.ts';
import type { Handler } from '../../engine/service.ts';
import type { Estate } from '../state/estate.ts';
import type { BeanstalkEvent, Severity } from '../state/model.ts';
import { page, text, time } from './input.ts';

const severities: readonly Severity[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
/** Events are kept for six weeks. */
const keptFor = 42 * 24 * 3_600_000;

/** DescribeEvents: newest first; StartTime is inclusive, EndTime exclusive; Severity means this or higher. */
export function eventHandlers(estate: Estate): Record<string, Handler> {
  return {
    DescribeEvents: (input) => {
      const name = text(input, 'EnvironmentName') ?? nameOf(estate, text(input, 'EnvironmentId'));
      const all = estate.events.filter((each) => asked(each, input, name) && each.at > estate.account.clock.now() - keptFor).toSorted((a, b) => b.at - a.at);
      const { items, NextToken } = page(all, input);
      return { Events: items.map(eventView), ...(NextToken !== undefined && { NextToken }) };
    },
  };
}

function nameOf(estate: Estate, id: string | undefined): string | undefined {
  return id === undefined ? undefined : estate.environment({ EnvironmentId: id }).name;
}

function is(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}

function asked(event: BeanstalkEvent, input: JsonObject, environment: string | undefined): boolean {
  const least = severities.indexOf((text(input, 'Severity') ?? 'TRACE') as Severity);
  return (
    is(event.application, text(input, 'ApplicationName')) &&
    is(event.environment, environment) &&
    is(event.versionLabel, text(input, 'VersionLabel')) &&
    is(event.requestId, text(input, 'RequestId')) &&
    // No event here is of a template or a platform.
    is(undefined, text(input, 'TemplateName')) &&
    is(undefined, text(input, 'PlatformArn')) &&
    severities.indexOf(event.severity) >= least &&
    event.at >= (time(input, 'StartTime') ?? 0) &&
    event.at < (time(input, 'EndTime') ?? Number.POSITIVE_INFINITY)
  );
}

function eventView(event: BeanstalkEvent): JsonObject {
  return {
    EventDate: new Date(event.at),
    Message: event.message,
    ApplicationName: event.application,
    Severity: event.severity,
    ...(event.environment !== undefined && { EnvironmentName: event.environment }),
    ...(event.versionLabel !== undefined && { VersionLabel: event.versionLabel }),
    ...(event.requestId !== undefined && { RequestId: event.requestId }),
  };
}
