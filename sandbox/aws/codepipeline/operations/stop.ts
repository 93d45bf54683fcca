import type { Handler } from '../../engine/service.ts';
import { breakOff } from '../engine.ts';
import { duplicatedStop, notStoppable } from '../errors.ts';
import { pipelineChanged, stageChanged } from '../events.ts';
import { openRun } from '../execution.ts';
import type { StageRun } from '../execution.ts';
import type { Book } from '../pipeline.ts';
import { pipelineNamed } from '../pipeline.ts';
import { typed } from '../../typed.ts';

interface StopInput {
  readonly pipelineName: string;
  readonly pipelineExecutionId: string;
  readonly abandon?: boolean;
  readonly reason?: string;
}

/** Stop and wait, or stop and abandon; waiting may become abandoning, nothing else may be asked twice. */
export function stopPipelineExecution(book: Book): Handler {
  return typed<StopInput>((input, caller) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const execution = pipeline.executions.find(({ id }) => id === input.pipelineExecutionId);
    if (!execution) throw notStoppable();
    if (execution.status === 'Stopping' && !input.abandon) throw duplicatedStop();
    if (execution.status !== 'InProgress' && execution.status !== 'Stopping') throw notStoppable();
    if (input.reason !== undefined) execution.stopReason = input.reason;
    const run = openRun(execution);
    if (execution.status === 'InProgress') {
      execution.status = 'Stopping';
      execution.updatedAt = book.account.clock.now();
      pipelineChanged(book, pipeline, execution, 'STOPPING');
      if (run) {
        run.status = 'Stopping';
        stageChanged(book, pipeline, execution, run.declaration.name, 'STOPPING');
      }
    }
    if (input.abandon || !run || !waitsFor(book, run)) breakOff(book, pipeline, execution, 'Stopped', caller.arn);
    return { pipelineExecutionId: execution.id };
  });
}

/** Whether a stop that waits has something to wait for in this stage: whether an open approval is such a thing is assumed. */
function waitsFor(book: Book, run: StageRun): boolean {
  if (book.account.assumptions.stopWaitsForApproval) return true;
  return run.actions.some((action) => action.status === 'InProgress' && action.declaration.actionTypeId.category !== 'Approval');
}
