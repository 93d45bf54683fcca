import { deploysTo, type App, type Environment, type Pipeline } from '../../domain/app.ts';
import { barrierIn } from '../../domain/barriers/barriers.ts';
import { heldAtGate } from '../../domain/barriers/held-at-gate.ts';
import { isForeign } from '../../domain/gates/foreign-lock.ts';
import type { DisabledTransition } from '../../domain/observation.ts';
import type { Revision } from '../../domain/revision.ts';
import type { World } from '../../ports.ts';
import { idsKnown } from '../gates/gate-facts.ts';

/** What flows in when the lock is over: an execution in front of a transition which Jack holds, or a release that Jack itself holds back. */
export interface WaitingExecution {
  /** Absent: Jack itself holds the release, at its lock or freeze gate. */
  readonly stage?: string;
  /** The release's id where it has no execution. */
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

/** Releases that Jack itself holds back for the lock or a freeze of the environment. */
export async function lookAtHeld(app: App, environment: Environment, world: World): Promise<readonly WaitingExecution[]> {
  const held = heldAtGate(await world.store.openReleases(app.name), environment.name);
  return held.map(({ id, number, revision, route }) => ({ executionId: (route.kind === 'pipeline' ? route.executionId : undefined) ?? id, release: { id, number }, revision }));
}

/** Looks at the way into every stage that deploys to the environment. Throws a fault when AWS cannot be read. */
export async function lookInFront(app: App, environment: Environment, world: World): Promise<InFront> {
  const waiting: WaitingExecution[] = [];
  const foreign: DisabledTransition[] = [];
  for (const pipeline of app.pipelines) {
    const stages = new Set(deploysTo(pipeline, environment.beanstalkEnvironment).map(({ stage }) => stage.name));
    if (stages.size === 0) continue;
    const disabled = (await world.aws.disabledTransitions(app, pipeline)).filter(({ stage }) => stages.has(stage));
    const known = await idsKnown(app, disabled, world);
    foreign.push(...disabled.filter((one) => isForeign(one, known)));
    const own = new Set(disabled.filter((one) => barrierIn(one.reason) !== undefined && !isForeign(one, known)).map(({ stage }) => stage));
    if (own.size > 0) waiting.push(...(await waitingAt(app, environment, pipeline, own, world)));
  }
  return { waiting, foreign };
}

async function waitingAt(app: App, environment: Environment, pipeline: Pipeline, stages: ReadonlySet<string>, world: World): Promise<readonly WaitingExecution[]> {
  const found: WaitingExecution[] = [];
  for (const id of await world.aws.openExecutions(app, pipeline)) {
    const execution = await world.aws.observeExecution(app, pipeline, id);
    const stage = execution?.before?.stage;
    if (execution?.status !== 'InProgress' || stage === undefined || !stages.has(stage)) continue;
    const releases = await world.store.releaseByExecution(pipeline.name, id);
    const release = releases.find((one) => one.environment === environment.name) ?? releases[0];
    found.push({ stage, executionId: id, revision: release?.revision ?? execution.revisions[0] ?? {}, ...(release && { release: { id: release.id, number: release.number } }) });
  }
  return found;
}
