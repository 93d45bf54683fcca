import type { Logger } from 'pino';
import type { App, Pipeline } from '../domain/app.ts';
import type { ObservedExecution } from '../domain/observation.ts';
import type { Aws, EffectCall } from '../ports.ts';
import { readAlarms } from './alarms.ts';
import { observeEnvironment } from './beanstalk/environments.ts';
import { listEvents, plainEvent } from './beanstalk/events.ts';
import { findOperation } from './beanstalk/operations.ts';
import { listVersions } from './beanstalk/versions.ts';
import { createClientPool, sessionNameOf } from './clients.ts';
import type { ClientPool } from './clients.ts';
import { createCommits } from './commits.ts';
import type { Commits } from './commits.ts';
import { discover } from './discover.ts';
import type { Configured, Discovered } from './discover.ts';
import { findEffect, perform } from './effects/effects.ts';
import type { EffectTools } from './effects/tools.ts';
import { gatherFailure } from './evidence/gather.ts';
import { given } from './given.ts';
import { createWhoAmI } from './identity.ts';
import type { Identity, WhoAmI } from './identity.ts';
import { createLabels } from './labels.ts';
import type { Labels } from './labels.ts';
import { linkTo } from './links.ts';
import { actionsOf, latestAttempts } from './pipelines/attempts.ts';
import { createDefinitions } from './pipelines/definitions.ts';
import { toDeployAction } from './pipelines/deploys.ts';
import { getExecution, listExecutions, MOST_EXECUTIONS } from './pipelines/executions.ts';
import { toObserved } from './pipelines/observe-execution.ts';
import { openExecutions } from './pipelines/open-executions.ts';
import { disabledTransitions, getStages, heldBetween, lastChangedBy, nextStage } from './pipelines/states.ts';
import { createAnsweredBy } from './pipelines/answered-by.ts';
import type { AnsweredBy } from './pipelines/answered-by.ts';
import { createStoppedBy } from './pipelines/stopped-by.ts';
import type { StoppedBy } from './pipelines/stopped-by.ts';
import { createRead } from './reads.ts';
import type { Read } from './reads.ts';

/** AWS as Jack sees it, and what only the start and the command line ask of it. */
export interface AwsConnection extends Aws {
  /** Definitions are kept for two minutes; `fresh` asks for them again. */
  discover(configured: Configured, fresh?: boolean): Promise<Discovered>;
  /** Account and ARN under which Jack reads this app. */
  whoAmI(app: Pick<App, 'region' | 'roleArn'>): Promise<Identity>;
  close(): void;
}

export interface AwsOptions {
  readonly log: Logger;
  /** How often a moving release is looked at: lists that grow are kept no longer. Milliseconds; 3000 when absent. */
  readonly pollHints?: { readonly fastMs: number };
}

/** The events that environmentEvents answers with at most. */
const MOST_EVENTS = 100;
/** Events come late: an operation is looked for from a little before. */
const EVENTS_BEFORE_MS = 60_000;

/** Makes no call yet. Addresses and credentials are the SDK's own settings. */
export function connectAws(options: AwsOptions): AwsConnection {
  const pool = createClientPool();
  const read = createRead(pool);
  const commits = createCommits(read);
  const fastMs = options.pollHints?.fastMs ?? 3_000;
  const labels = createLabels(read, commits, fastMs);
  const parts: Parts = { pool, read, commits, labels, log: options.log, whoAmI: createWhoAmI(read), stoppedBy: createStoppedBy(read, options.log, fastMs * 10), answeredBy: createAnsweredBy(read, options.log, fastMs * 10) };
  const definitions = createDefinitions(read);
  return {
    ...reading(parts),
    ...looking(parts),
    ...changing(parts),
    discover: (configured, fresh = false) => discover(read, definitions, configured, fresh),
    whoAmI: parts.whoAmI,
    close: () => pool.close(),
  };
}

interface Parts {
  readonly pool: ClientPool;
  readonly read: Read;
  readonly commits: Commits;
  readonly labels: Labels;
  readonly log: Logger;
  readonly whoAmI: WhoAmI;
  readonly stoppedBy: StoppedBy;
  readonly answeredBy: AnsweredBy;
}

/** What is observed again and again. */
function reading(parts: Parts): Pick<Aws, 'observeExecution' | 'recentExecutions' | 'openExecutions' | 'disabledTransitions' | 'lastChangedBy' | 'observeEnvironment' | 'observeOperation' | 'environmentEvents' | 'versions'> {
  const { read } = parts;
  return {
    observeExecution: (app, pipeline, executionId) => observeExecution(parts, { app, pipeline, executionId }),
    async recentExecutions(app, pipeline, limit = MOST_EXECUTIONS) {
      const list = await listExecutions(read, app, pipeline.name, limit);
      return list.map(({ stopReason: _left, ...line }) => line);
    },
    openExecutions: (app, pipeline) => openExecutions(read, app, pipeline, Date.now()),
    disabledTransitions: async (app, pipeline) => disabledTransitions(await getStages(read, app, pipeline.name)),
    lastChangedBy: async (app, pipeline, stage) => lastChangedBy(await getStages(read, app, pipeline.name), stage),
    observeEnvironment: (app, name) => observeEnvironment(read, app, name),
    async observeOperation(app, environment, find) {
      const events = await listEvents(read, app, { environment, since: find.since - EVENTS_BEFORE_MS });
      return findOperation(events, find);
    },
    async environmentEvents(app, environment, since) {
      const events = await listEvents(read, app, { environment, since, most: MOST_EVENTS });
      return events.map(plainEvent);
    },
    versions: (app) => listVersions(read, app),
  };
}

/** What is looked up now and then. */
function looking({ read, commits, labels, log }: Parts): Pick<Aws, 'sourceHead' | 'revisionOfLabel' | 'pastDeploys' | 'commitsBetween' | 'gatherFailure' | 'alarms' | 'link'> {
  return {
    sourceHead: (app, pipeline) => commits.head(app, pipeline),
    revisionOfLabel: (app, label) => labels.revisionOf(app, label),
    pastDeploys: (app, environment) => labels.pastDeploys(app, environment),
    commitsBetween: (app, pipeline, from, to) => commits.between(app, pipeline, from, to),
    gatherFailure: (app, release, seen) => gatherFailure(read, log, { app, release, seen }),
    alarms: (app, names) => readAlarms(read, app, names),
    link: linkTo,
  };
}

function changing(parts: Parts): Pick<Aws, 'perform' | 'findEffect'> {
  return {
    perform: (app, effect, call) => perform(toolsFor(parts, app, call), effect),
    findEffect: (app, effect, call) => findEffect(toolsFor(parts, app, call), effect),
  };
}

function toolsFor({ pool, read, whoAmI }: Parts, app: App, call: EffectCall): EffectTools {
  const sessionName = sessionNameOf(call.by, call.releaseNumber);
  return { app, call, sessionName, read, whoAmI, clients: pool.changing(app, sessionName) };
}

/**
 * The order of the calls matters: the execution first, so that what it says has ended shows in the actions, and the state
 * before the actions, so that a token whose approval was answered meanwhile is dropped.
 */
async function observeExecution(parts: Parts, find: { readonly app: App; readonly pipeline: Pipeline; readonly executionId: string }): Promise<ObservedExecution | undefined> {
  const { read, commits, labels, stoppedBy, answeredBy } = parts;
  const { app, pipeline, executionId } = find;
  const execution = await getExecution(read, app, pipeline.name, executionId);
  if (!execution) return undefined;
  const list = await listExecutions(read, app, pipeline.name);
  const stages = pipeline.mode === 'PARALLEL' ? [] : await getStages(read, app, pipeline.name);
  const actions = await actionsOf(read, app, pipeline.name, executionId);
  const observed = toObserved({ pipeline, execution, list, stages, actions });
  const revisions = [];
  for (const revision of observed.revisions) revisions.push(await commits.describe(app, pipeline, revision));
  const held = pipeline.mode === 'PARALLEL' && nextStage(observed) !== undefined ? heldBetween(observed, await getStages(read, app, pipeline.name)) : undefined;
  const deploys = [...latestAttempts(actions).values()].flatMap((action) => toDeployAction(pipeline.name, app.application, action) ?? []);
  return labels.withLabels(app, { ...observed, revisions, stages: await answeredBy(app, observed), ...given({ before: held ?? observed.before, stoppedBy: await stoppedBy(app, observed) }) }, deploys);
}

