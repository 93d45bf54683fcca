import { deploysTo, type App, type Environment, type Pipeline } from '../../domain/app.ts';
import { barrierIn } from '../../domain/barriers/barriers.ts';
import { holderOf } from '../../domain/effect.ts';
import type { DisabledTransition } from '../../domain/observation.ts';
import type { Revision } from '../../domain/revision.ts';
import type { World } from '../../ports.ts';

/** An execution that waits in front of a transition which Jack holds: it flows in when that is enabled. */
export interface WaitingExecution {
  readonly pipeline: string;
  readonly stage: string;
  readonly executionId: string;
  /** Jack's release of it, where there is one. */
  readonly release?: { readonly id: string; readonly number: number };
  readonly revision: Revision;
}

/** What stands in front of an environment in AWS. `foreign`: disabled by somebody else, and not Jack's to enable. */
export interface InFront {
  readonly waiting: readonly WaitingExecution[];
  readonly foreign: readonly DisabledTransition[];
}

/** Looks at the way into every stage that deploys to the environment. Throws a fault when AWS cannot be read. */
export async function lookInFront(app: App, environment: Environment, world: World): Promise<InFront> {
  const waiting: WaitingExecution[] = [];
  const foreign: DisabledTransition[] = [];
  for (const pipeline of app.pipelines) {
    const stages = new Set(deploysTo(pipeline, environment.beanstalkEnvironment).map(({ stage }) => stage.name));
    if (stages.size === 0) continue;
    const disabled = (await world.aws.disabledTransitions(app, pipeline)).filter(({ stage }) => stages.has(stage));
    foreign.push(...disabled.filter(({ reason }) => barrierIn(reason) === undefined && holderOf(reason) === undefined));
    const own = new Set(disabled.filter(({ reason }) => barrierIn(reason) !== undefined).map(({ stage }) => stage));
    if (own.size > 0) waiting.push(...(await waitingAt(app, environment, pipeline, own, world)));
  }
  return { waiting, foreign };
}

async function waitingAt(app: App, environment: Environment, pipeline: Pipeline, stages: ReadonlySet<string>, world: World): Promise<readonly WaitingExecution[]> {
  const found: WaitingExecution[] = [];
  for (const { id, status, revisions } of await world.aws.recentExecutions(app, pipeline)) {
    if (status !== 'InProgress') continue;
    const stage = (await world.aws.observeExecution(app, pipeline, id))?.before?.stage;
    if (stage === undefined || !stages.has(stage)) continue;
    const releases = await world.store.releaseByExecution(pipeline.name, id);
    const release = releases.find((one) => one.environment === environment.name) ?? releases[0];
    found.push({ pipeline: pipeline.name, stage, executionId: id, revision: release?.revision ?? revisions[0] ?? {}, ...(release && { release: { id: release.id, number: release.number } }) });
  }
  return found;
}
