import type { Logger } from 'pino';
import type { App } from '../../domain/app.ts';
import type { EnvironmentEvent, ObservedAction, ObservedEnvironment, ObservedExecution, ObservedOperation } from '../../domain/observation.ts';
import type { Failure, Release } from '../../domain/release.ts';
import { listEvents, plainEvent } from '../beanstalk/events.ts';
import { given } from '../given.ts';
import { environmentEventsLink, linkTo } from '../links.ts';
import type { Read } from '../reads.ts';
import { buildEvidence } from './build.ts';
import type { BuildEvidence } from './build.ts';
import { mask, maskLines } from './mask.ts';
import { causeOfOperation, causesOfHealth, isOfOperation, worthQuoting } from './operation.ts';

/** What was observed of a failed release. */
export interface Seen {
  readonly execution?: ObservedExecution;
  readonly operation?: ObservedOperation;
  readonly environment?: ObservedEnvironment;
}

interface FailedAction {
  readonly stage: string;
  readonly action: ObservedAction;
}

/** Everything that a failure reply quotes, secrets masked. Health is asked only where the operation itself names no error. */
export async function gatherFailure(read: Read, log: Logger, { app, release, seen }: { readonly app: App; readonly release: Release; readonly seen: Seen }): Promise<Failure> {
  const failed = failedAction(seen.execution);
  const build = failed && (await evidenceOfBuild(read, log, { app, action: failed.action }));
  const events = await eventsOf(read, log, { app, release, seen, failed });
  const health = events.some((event) => event.severity === 'ERROR' || event.severity === 'FATAL') ? [] : causesOfHealth(seen);
  return masked({
    cause: build?.cause ?? ownWords(failed?.action) ?? causeOfOperation(events) ?? health[0]?.message ?? words(failed?.action) ?? seen.execution?.statusSummary ?? 'AWS gave no reason',
    links: [...(build?.links ?? []), ...links(app, { release, seen })],
    ...given({
      stage: failed?.stage,
      action: failed?.action.name,
      logTail: build?.logTail.length ? build.logTail : undefined,
      events: events.length + health.length > 0 ? [...events, ...health] : undefined,
    }),
  });
}

/** The one that failed last: earlier failures were retried. */
export function failedAction(execution: ObservedExecution | undefined): FailedAction | undefined {
  const failed = (execution?.stages ?? []).flatMap((stage) =>
    stage.actions.filter((action) => action.status === 'Failed' || action.status === 'Abandoned').map((action) => ({ stage: stage.name, action })),
  );
  return failed.sort((a, b) => (b.action.updatedAt ?? 0) - (a.action.updatedAt ?? 0)).find(({ action }) => action.status === 'Failed') ?? failed[0];
}

async function evidenceOfBuild(read: Read, log: Logger, { app, action }: { readonly app: App; readonly action: ObservedAction }): Promise<BuildEvidence | undefined> {
  if (action.provider !== 'CodeBuild' || action.externalId === undefined) return undefined;
  try {
    return await buildEvidence(read, log, { app, buildId: action.externalId });
  } catch (error) {
    log.warn({ err: error, build: action.externalId }, 'the build could not be read');
    return undefined;
  }
}

/** Instance and health events carry no request id, so the operation's time counts as well. */
async function eventsOf(
  read: Read,
  log: Logger,
  { app, release, seen, failed }: { readonly app: App; readonly release: Release; readonly seen: Seen; readonly failed: FailedAction | undefined },
): Promise<readonly EnvironmentEvent[]> {
  if (failed && failed.action.beanstalkEnvironment === undefined) return [];
  const environment = seen.environment?.beanstalkEnvironment ?? failed?.action.beanstalkEnvironment ?? targetOf(app, release);
  const { operation } = seen;
  const since = operation?.startedAt ?? failed?.action.startedAt;
  if (environment === undefined || since === undefined) return worthQuoting(operation?.events ?? []);
  try {
    const events = await listEvents(read, app, { environment, since });
    return worthQuoting(events.filter((event) => isOfOperation(event, operation)).map(plainEvent));
  } catch (error) {
    log.warn({ err: error, environment }, 'the events could not be read');
    return worthQuoting(operation?.events ?? []);
  }
}

function targetOf(app: App, release: Release): string | undefined {
  return app.environments.find((environment) => environment.name === release.environment)?.beanstalkEnvironment;
}

/** Why CodePipeline itself could not deploy; about a deploy that Beanstalk took, Beanstalk's events say more. */
function ownWords(action: ObservedAction | undefined): string | undefined {
  const { error, provider } = action ?? {};
  return provider === 'ElasticBeanstalk' && error && !error.message.startsWith('Deployment completed, but with errors') ? error.message || undefined : undefined;
}

function words(action: ObservedAction | undefined): string | undefined {
  return action && (action.error?.message || action.summary || undefined);
}

function links(app: App, { release, seen }: { readonly release: Release; readonly seen: Seen }): Failure['links'] {
  const found: { label: string; url: string }[] = [];
  if (seen.execution) found.push({ label: 'Execution', url: linkTo(app, { kind: 'execution', pipeline: seen.execution.pipeline, executionId: seen.execution.id }) });
  if (seen.environment) found.push({ label: `Events of ${release.environment}`, url: environmentEventsLink(app, seen.environment.id) });
  return found;
}

async function masked(failure: Failure): Promise<Failure> {
  return {
    ...failure,
    cause: await mask(failure.cause),
    ...(failure.logTail && { logTail: await maskLines(failure.logTail) }),
    ...(failure.events && { events: await Promise.all(failure.events.map(async (event) => ({ ...event, message: await mask(event.message) }))) }),
  };
}
