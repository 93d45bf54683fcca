import type { Handler } from '../../engine/service.ts';
import { beginRun } from '../engine.ts';
import { notLatestExecution, stageNotRetryable, tooManyExecutions } from '../errors.ts';
import { pipelineChanged } from '../events.ts';
import type { StageRun } from '../execution.ts';
import { isRunning } from '../execution.ts';
import type { Book, Pipeline, Stage } from '../pipeline.ts';
import { pipelineNamed, stageNamed } from '../pipeline.ts';
import { mostAtOnce } from './start.ts';
import { typed } from '../../typed.ts';

interface RetryInput {
  readonly pipelineName: string;
  readonly stageName: string;
  readonly pipelineExecutionId: string;
  readonly retryMode: 'FAILED_ACTIONS' | 'ALL_ACTIONS';
}

/** The same execution goes on in the same stage, one attempt later; its approvals are asked again, with new tokens. */
export function retryStageExecution(book: Book): Handler {
  return typed<RetryInput>((input) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const stage = stageNamed(pipeline, input.stageName);
    const run = retryable(pipeline, stage, input.pipelineExecutionId);
    const { execution } = run;
    run.actions = input.retryMode === 'ALL_ACTIONS' ? [] : run.actions.filter((action) => action.status === 'Succeeded');
    run.attempt += 1;
    execution.attempt += 1;
    execution.status = 'InProgress';
    delete execution.stopReason;
    execution.updatedAt = book.account.clock.now();
    pipelineChanged(book, pipeline, execution, 'RESUMED');
    beginRun(book, pipeline, run, 'RESUMED');
    return { pipelineExecutionId: execution.id };
  });
}

function retryable(pipeline: Pipeline, stage: Stage, id: string): StageRun {
  const isParallel = pipeline.declaration.executionMode === 'PARALLEL';
  const run = isParallel ? pipeline.executions.find((each) => each.id === id)?.runs.find((each) => each.declaration.name === stage.name) : stage.latest;
  if (!run || run.execution.id !== id) throw notLatestExecution();
  if (run.status !== 'Failed' && run.status !== 'Stopped') throw stageNotRetryable();
  if (isRunning(run.execution) || run.execution.declaration.version !== pipeline.declaration.version) throw stageNotRetryable();
  if (pipeline.declaration.executionMode !== 'SUPERSEDED' && pipeline.executions.filter(isRunning).length >= mostAtOnce) throw tooManyExecutions(mostAtOnce);
  return run;
}
