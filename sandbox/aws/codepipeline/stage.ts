import { randomUUID } from 'node:crypto';
import type { ActionDeclaration } from '../seed.ts';
import { actionChanged } from './events.ts';
import type { ActionEvent } from './events.ts';
import type { ActionRun, ActionStatus, StageRun } from './execution.ts';
import { roleOf } from './execution.ts';
import { runnerOf } from './actions/index.ts';
import type { ActionJob, ActionResult } from './actions/job.ts';
import type { Book, Pipeline } from './pipeline.ts';
import { resolveConfiguration, UnknownVariable } from './variables.ts';

export type StageOutcome = 'Succeeded' | 'Failed' | 'Stopped';
type Over = (run: StageRun, outcome: StageOutcome) => void;

/** What to undo when an action is abandoned or cancelled; the outside work (a build, a deployment) goes on. */
const drops = new WeakMap<ActionRun, () => void>();

/** Starts what is next by runOrder, or ends the run: called at its start, and whenever an action ended. */
export function advance(book: Book, pipeline: Pipeline, run: StageRun, over: Over): void {
  if (!run.open || run.actions.some((action) => action.status === 'InProgress')) return;
  if (run.actions.some((action) => action.status !== 'Succeeded')) return over(run, 'Failed');
  const group = nextGroup(run);
  if (group.length === 0) return over(run, 'Succeeded');
  if (run.execution.status === 'Stopping') return over(run, 'Stopped');
  const started = group.map((declaration) => newAction(book, run, declaration));
  run.actions.push(...started);
  run.execution.actions.push(...started);
  const stage = pipeline.stages[run.index];
  for (const action of started) stage?.actions.set(action.declaration.name, action);
  for (const action of started) startAction(book, pipeline, run, action, over);
}

function nextGroup(run: StageRun): readonly ActionDeclaration[] {
  const left = run.declaration.actions.filter((each) => !run.actions.some((action) => action.declaration.name === each.name));
  const order = Math.min(...left.map((each) => each.runOrder));
  return left.filter((each) => each.runOrder === order);
}

function newAction(book: Book, run: StageRun, declaration: ActionDeclaration): ActionRun {
  const now = book.account.clock.now();
  const { execution } = run;
  return {
    id: randomUUID(),
    executionId: execution.id,
    pipelineVersion: execution.declaration.version,
    stage: run.declaration.name,
    declaration,
    status: 'InProgress',
    startedAt: now,
    updatedAt: now,
    updatedBy: roleOf(execution.declaration, execution.id),
    resolved: declaration.configuration ?? {},
    inputs: (declaration.inputArtifacts ?? []).flatMap(({ name }) => execution.artifacts.get(name) ?? []),
    outputs: [],
    variables: {},
  };
}

function startAction(book: Book, pipeline: Pipeline, run: StageRun, action: ActionRun, over: Over): void {
  const end = (status: ActionStatus, event: ActionEvent, result: ActionResult): void => {
    if (action.status !== 'InProgress') return;
    settle(book, pipeline, run, action, { status, event, result });
    advance(book, pipeline, run, over);
  };
  const job: ActionJob = {
    book,
    pipeline,
    execution: run.execution,
    action,
    told: () => book.account.changed({ area: 'aws' }),
    succeed: (result = {}) => end('Succeeded', 'SUCCEEDED', result),
    fail: (code, message, result = {}) => end('Failed', 'FAILED', { ...result, error: { code, message } }),
    reject: (result) => end('Failed', 'FAILED', result),
  };
  actionChanged(book, pipeline, run.execution, action, 'STARTED');
  try {
    action.resolved = resolveConfiguration(run.execution, action.declaration.configuration ?? {});
  } catch (error) {
    if (!(error instanceof UnknownVariable)) throw error;
    return job.fail('ConfigurationError', error.message);
  }
  const drop = runnerOf(action.declaration)(job);
  if (drop) drops.set(action, drop);
}

function settle(
  book: Book,
  pipeline: Pipeline,
  run: StageRun,
  action: ActionRun,
  end: { readonly status: ActionStatus; readonly event: ActionEvent; readonly result: ActionResult },
): void {
  action.status = end.status;
  action.updatedAt = book.account.clock.now();
  delete action.token;
  Object.assign(action, end.result);
  run.execution.updatedAt = action.updatedAt;
  const { namespace } = action.declaration;
  if (namespace && end.status === 'Succeeded') run.execution.outputs.set(namespace, action.variables);
  actionChanged(book, pipeline, run.execution, action, end.event);
}

/** Ends the actions in progress without waiting for them. */
export function dropActions(book: Book, pipeline: Pipeline, run: StageRun, event: 'ABANDONED' | 'CANCELED', by: string): void {
  for (const action of run.actions) {
    if (action.status !== 'InProgress') continue;
    drops.get(action)?.();
    settle(book, pipeline, run, action, { status: 'Abandoned', event, result: { updatedBy: by } });
  }
}
