import { randomUUID } from 'node:crypto';
import { pipelineChanged, stageChanged } from './events.ts';
import type { Execution, ExecutionStatus, StageRun, Trigger } from './execution.ts';
import { isRunning, openRun } from './execution.ts';
import type { Book, Pipeline, Stage } from './pipeline.ts';
import { advance, dropActions } from './stage.ts';
import type { StageOutcome } from './stage.ts';

export interface NewExecution {
  readonly trigger: Trigger;
  readonly variables: Readonly<Record<string, string>>;
  /** Source action → commit. */
  readonly wanted: Readonly<Record<string, string>>;
  /** AWS ms during which Get and List do not know it. */
  readonly hiddenForMs?: number;
  readonly rollback?: { readonly target: Execution; readonly stageIndex: number; readonly crossesTransition: boolean };
}

/** Makes an execution and lets it go as far as it can. */
export function startExecution(book: Book, pipeline: Pipeline, start: NewExecution): Execution {
  const now = book.account.clock.now();
  const { rollback } = start;
  const execution: Execution = {
    id: randomUUID(),
    pipeline: pipeline.declaration.name,
    declaration: pipeline.declaration,
    type: rollback ? 'ROLLBACK' : 'STANDARD',
    ...(rollback ? { rollbackTarget: rollback.target.id } : {}),
    trigger: start.trigger,
    status: 'InProgress',
    startedAt: now,
    updatedAt: now,
    visibleAt: now + (start.hiddenForMs ?? 0) / book.account.clock.speed,
    variables: start.variables,
    wanted: start.wanted,
    revisions: [...(rollback?.target.revisions ?? [])],
    artifacts: new Map(rollback?.target.artifacts),
    outputs: new Map(rollback?.target.outputs),
    runs: [],
    actions: [],
    attempt: 1,
  };
  pipeline.executions.push(execution);
  pipelineChanged(book, pipeline, execution, 'STARTED');
  const stage = pipeline.stages[rollback?.stageIndex ?? 0];
  if (!stage) throw new Error(`${execution.pipeline} has no stages`);
  if (rollback?.crossesTransition) enter(book, pipeline, stage, execution);
  else arrive(book, pipeline, stage, execution);
  return execution;
}

/** Comes to stand in front of a stage. Only here, between stages, is one execution superseded by a newer. */
function arrive(book: Book, pipeline: Pipeline, stage: Stage, execution: Execution): void {
  stage.waiting.push(execution);
  if (pipeline.declaration.executionMode === 'SUPERSEDED') supersede(book, pipeline, stage);
  admit(book, pipeline, stage);
}

function supersede(book: Book, pipeline: Pipeline, stage: Stage): void {
  const newest = stage.waiting.reduce((a, b) => (pipeline.executions.indexOf(b) > pipeline.executions.indexOf(a) ? b : a));
  const older = stage.waiting.filter((each) => each !== newest);
  stage.waiting = [newest];
  for (const execution of older) endExecution(book, pipeline, execution, 'Superseded');
}

/** Lets in who may enter: nobody past a disabled transition; one at a time, except in PARALLEL. */
export function admit(book: Book, pipeline: Pipeline, stage: Stage): void {
  while (stage.transition.enabled && (stage.inside.length === 0 || pipeline.declaration.executionMode === 'PARALLEL')) {
    const execution = stage.waiting.shift();
    if (!execution) return;
    enter(book, pipeline, stage, execution);
  }
}

function enter(book: Book, pipeline: Pipeline, stage: Stage, execution: Execution): void {
  const index = pipeline.stages.indexOf(stage);
  const declaration = pipeline.declaration.stages[index];
  if (!declaration) throw new Error(`no stage ${stage.name}`);
  const run: StageRun = { execution, declaration, index, status: 'InProgress', actions: [], attempt: 1, open: true };
  execution.runs.push(run);
  beginRun(book, pipeline, run, 'STARTED');
}

/** Starts a stage run, or an attempt to retry it. */
export function beginRun(book: Book, pipeline: Pipeline, run: StageRun, event: 'STARTED' | 'RESUMED'): void {
  const stage = pipeline.stages[run.index];
  if (!stage) throw new Error(`no stage ${run.declaration.name}`);
  run.open = true;
  run.status = 'InProgress';
  stage.inside.push(run);
  stage.latest = run;
  run.execution.updatedAt = book.account.clock.now();
  stageChanged(book, pipeline, run.execution, stage.name, event);
  advance(book, pipeline, run, (ended, outcome) => endRun(book, pipeline, ended, outcome));
}

function endRun(book: Book, pipeline: Pipeline, run: StageRun, outcome: StageOutcome): void {
  const { execution } = run;
  const stage = leave(pipeline, run, outcome);
  stageChanged(book, pipeline, execution, stage.name, outcome === 'Stopped' ? 'STOPPED' : outcome === 'Failed' ? 'FAILED' : 'SUCCEEDED');
  const next = execution.type === 'ROLLBACK' ? undefined : pipeline.stages[run.index + 1];
  if (outcome === 'Succeeded' && !next) endExecution(book, pipeline, execution, 'Succeeded');
  else if (execution.status === 'Stopping') endExecution(book, pipeline, execution, 'Stopped');
  else if (outcome === 'Failed') endExecution(book, pipeline, execution, 'Failed');
  else if (next) arrive(book, pipeline, next, execution);
  admit(book, pipeline, stage);
}

function leave(pipeline: Pipeline, run: StageRun, status: StageRun['status']): Stage {
  const stage = pipeline.stages[run.index];
  if (!stage) throw new Error(`no stage ${run.declaration.name}`);
  run.open = false;
  run.status = status;
  stage.inside = stage.inside.filter((each) => each !== run);
  return stage;
}

const eventOf = { Succeeded: 'SUCCEEDED', Failed: 'FAILED', Stopped: 'STOPPED', Superseded: 'SUPERSEDED', Cancelled: 'CANCELED' } as const;

export function endExecution(book: Book, pipeline: Pipeline, execution: Execution, status: Exclude<ExecutionStatus, 'InProgress' | 'Stopping'>): void {
  execution.status = status;
  execution.updatedAt = book.account.clock.now();
  for (const stage of pipeline.stages) stage.waiting = stage.waiting.filter((each) => each !== execution);
  pipelineChanged(book, pipeline, execution, eventOf[status]);
}

/** Ends an execution at once, wherever it is; what its actions began outside goes on. */
export function breakOff(book: Book, pipeline: Pipeline, execution: Execution, status: 'Stopped' | 'Cancelled', by: string): void {
  if (!isRunning(execution)) return;
  const run = openRun(execution);
  if (run) {
    dropActions(book, pipeline, run, status === 'Stopped' ? 'ABANDONED' : 'CANCELED', by);
    leave(pipeline, run, status);
    stageChanged(book, pipeline, execution, run.declaration.name, status === 'Stopped' ? 'STOPPED' : 'CANCELED');
  }
  endExecution(book, pipeline, execution, status);
  const stage = run && status === 'Stopped' ? pipeline.stages[run.index] : undefined;
  if (stage) admit(book, pipeline, stage);
}
