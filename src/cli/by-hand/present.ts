import type { AwsConnection } from '../../aws/connect.ts';
import { deploysTo, type App, type Environment, type Pipeline } from '../../domain/app.ts';
import { Fault } from '../../domain/faults.ts';
import type { ObservedExecution } from '../../domain/observation.ts';
import { chooseRollbackTarget } from '../../domain/rollback-target.ts';
import type { Place, Way } from './place.ts';
import { placeOf } from './places.ts';
import { closedLines, environmentLines, executionLine, openApprovals, plain, policyLine, utc, type ClosedWay } from './told.ts';

/** An environment as AWS answers now. */
export interface Present {
  /** With the executions that ask, and the version to go back to. */
  readonly place: Place;
  /** What is so now, one plain line each. */
  readonly told: readonly string[];
  /** What AWS did not answer, and why. */
  readonly missing: readonly string[];
}

/** What is read of AWS: nothing here changes anything. */
export type Reading = Pick<AwsConnection, 'observeEnvironment' | 'pastDeploys' | 'versions' | 'disabledTransitions' | 'recentExecutions' | 'observeExecution' | 'revisionOfLabel' | 'whoAmI'>;

/** Executions that are looked into, of each pipeline. */
const MOST_EXECUTIONS = 5;

/** Looks everything up that the lines can use. What AWS does not answer within the patience (milliseconds) is missing, and nothing else is. */
export async function presentOf(aws: Reading, app: App, environment: Environment, patienceMs: number): Promise<Present> {
  const missing: string[] = [];
  const ask = askWith(missing, patienceMs);
  const at = environment.beanstalkEnvironment;
  const pipelines = app.pipelines.filter((pipeline) => deploysTo(pipeline, at).length > 0);
  const [account, seen, goBack, closed, moving] = await Promise.all([
    ask('the account', () => aws.whoAmI(app)),
    ask('the environment', () => aws.observeEnvironment(app, at)),
    ask('earlier deploys', () => lastGood(aws, app, environment)),
    Promise.all(pipelines.map((pipeline) => ask(`closed transitions of ${pipeline.name}`, () => closedOf(aws, app, pipeline)))),
    Promise.all(pipelines.map((pipeline) => ask(`executions of ${pipeline.name}`, () => movingOf(aws, app, pipeline)))),
  ]);
  const place = placeOf(app, environment);
  const executions = moving.flatMap((one) => one ?? []);
  return {
    place: {
      ...place,
      ways: moving.includes(undefined) ? place.ways : place.ways.map((way) => withWaiting(way, executions)),
      ...(goBack && { goBackTo: goBack.label }),
    },
    told: [
      ...(account ? [`AWS account ${account.account}: the first lines have to show it.`] : []),
      ...(seen ? environmentLines(seen) : []),
      ...(goBack ? [`Last deployed with success, other than what runs: ${plain(goBack.label)}${goBack.about}.`] : []),
      ...policyLine(environment),
      ...executions.map((execution) => executionLine(execution)),
      ...closedLines(closed.flatMap((one) => one ?? [])),
    ],
    missing,
  };
}

type Ask = <Answer>(what: string, read: () => Promise<Answer>) => Promise<Answer | undefined>;

function askWith(missing: string[], patienceMs: number): Ask {
  return async (what, read) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Fault('AWS did not answer in time', { retryable: true })), patienceMs);
    });
    try {
      return await Promise.race([read(), late]);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      missing.push(`${what}: ${plain(error.message)}`);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** As a rollback chooses in an account that Jack has never seen: the newest deploy of a pipeline that is not what runs. */
async function lastGood(aws: Reading, app: App, environment: Environment): Promise<{ readonly label: string; readonly about: string } | undefined> {
  const [past, versions, seen] = await Promise.all([aws.pastDeploys(app, environment.beanstalkEnvironment), aws.versions(app), aws.observeEnvironment(app, environment.beanstalkEnvironment)]);
  const history = past
    .filter((one) => one.label !== seen.label)
    .map((one) => ({ app: app.name, environment: environment.name, label: one.label, revision: one.revision, since: one.at, standing: 'deployed' as const }));
  const running = seen.label === undefined ? undefined : await aws.revisionOfLabel(app, seen.label);
  const target = chooseRollbackTarget({ history, versions, environment: seen, ...(running && { running }) })?.version;
  if (!target) return undefined;
  const { id, summary } = target.revision;
  return { label: target.label, about: ` (${[id?.slice(0, 8), summary, utc(target.since)].filter((word) => word !== undefined).map((word) => plain(word)).join(', ')})` };
}

async function closedOf(aws: Reading, app: App, pipeline: Pipeline): Promise<readonly ClosedWay[]> {
  const closed = await aws.disabledTransitions(app, pipeline);
  return closed.map((transition) => ({ ...transition, pipeline: pipeline.name }));
}

async function movingOf(aws: Reading, app: App, pipeline: Pipeline): Promise<readonly ObservedExecution[]> {
  const recent = await aws.recentExecutions(app, pipeline, 25);
  const moving = recent.filter((one) => one.status === 'InProgress' || one.status === 'Stopping').slice(0, MOST_EXECUTIONS);
  const seen = await Promise.all(moving.map((one) => aws.observeExecution(app, pipeline, one.id)));
  return seen.flatMap((one) => one ?? []);
}

function withWaiting(way: Way, executions: readonly ObservedExecution[]): Way {
  const mine = executions.filter((execution) => execution.pipeline === way.pipeline.text);
  const approvals = way.approvals.map(({ stage, action }) => {
    const asking = mine.filter((execution) => openApprovals(execution).some((one) => one.stage === stage.text && one.action === action.text));
    return { stage, action, waiting: asking.map((execution) => execution.id) };
  });
  return { ...way, approvals };
}
