import type { EnvironmentEvent, ObservedEnvironment, ObservedOperation } from '../../domain/observation.ts';
import type { TaggedEvent } from '../beanstalk/events.ts';

const MOST_EVENTS = 12;
const MOST_CAUSES = 3;
/** These say that it failed and not why. */
const EMPTY_WORDS = [
  /^Failed to deploy (?:application|configuration)\.$/,
  /^During an aborted deployment,/,
  /^Unsuccessful command execution on instance id/,
  /^The environment was reverted to the previous configuration setting\.$/,
  /^Update environment operation is complete, but with/,
  /^Instance deployment failed\. For details, see/,
];

/** Events that are worth quoting: warnings and errors of the operation, and what Beanstalk did about them. */
export function worthQuoting(events: readonly EnvironmentEvent[]): readonly EnvironmentEvent[] {
  return events.filter((event) => isTrouble(event) || /reverted to the previous configuration|^Command execution completed/.test(event.message)).slice(-MOST_EVENTS);
}

/** The first event that names a reason, else the first error at all. */
export function causeOfOperation(events: readonly EnvironmentEvent[]): string | undefined {
  const errors = events.filter((event) => event.severity === 'ERROR' || event.severity === 'FATAL');
  const telling = [...errors, ...events.filter(isTrouble)].find((event) => !EMPTY_WORDS.some((words) => words.test(event.message)));
  return (telling ?? errors[0])?.message.trim();
}

/** Health's words as quotes: of the environment first, then of the instances that are not well. */
export function causesOfHealth({ environment, operation }: { readonly environment?: ObservedEnvironment; readonly operation?: ObservedOperation }): readonly EnvironmentEvent[] {
  if (!environment || environment.health.verdict !== 'bad') return [];
  const ill = (environment.instances ?? []).filter((instance) => !['Ok', 'Info'].includes(instance.health));
  const causes = [...environment.health.causes, ...ill.flatMap((instance) => instance.causes.map((cause) => `${instance.id}: ${cause}`))];
  const at = operation?.endedAt ?? environment.updatedAt ?? 0;
  return causes.slice(0, MOST_CAUSES).map((cause) => ({ at, severity: 'WARN', message: `Health ${environment.health.word}: ${cause}` }));
}

/**
 * Told by the operation or while it was at work. What follows it is left out: it would depend on when one looks. Where
 * the operation is not known, only what carries a request id counts; health has none.
 */
export function isOfOperation(event: TaggedEvent, operation: ObservedOperation | undefined): boolean {
  if (!operation) return event.requestId !== undefined;
  return event.requestId === operation.requestId || (event.at >= operation.startedAt && event.at <= (operation.endedAt ?? Number.POSITIVE_INFINITY));
}

function isTrouble(event: EnvironmentEvent): boolean {
  return ['WARN', 'ERROR', 'FATAL'].includes(event.severity);
}
