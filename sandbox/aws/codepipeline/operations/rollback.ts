import type { Handler } from '../../engine/service.ts';
import { startExecution } from '../engine.ts';
import { executionNotFound, unableToRollback } from '../errors.ts';
import type { Execution } from '../execution.ts';
import type { Book, Pipeline, Stage } from '../pipeline.ts';
import { pipelineNamed, stageNamed } from '../pipeline.ts';
import { typed } from '../../typed.ts';

interface RollbackInput {
  readonly pipelineName: string;
  readonly stageName: string;
  readonly targetPipelineExecutionId: string;
}

/** A new execution that runs this one stage with the target's artifacts and variables. */
export function rollbackStage(book: Book): Handler {
  return typed<RollbackInput>((input, caller) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const stage = stageNamed(pipeline, input.stageName);
    const target = pipeline.executions.find(({ id }) => id === input.targetPipelineExecutionId);
    if (!target) throw executionNotFound(input.pipelineName, input.targetPipelineExecutionId);
    const stageIndex = pipeline.stages.indexOf(stage);
    checkRollback(pipeline, stage, stageIndex, target);
    const execution = startExecution(book, pipeline, {
      trigger: { type: 'ManualRollback', detail: caller.arn },
      variables: target.variables,
      wanted: {},
      hiddenForMs: book.account.assumptions.executionVisibleAfterMs,
      rollback: { target, stageIndex, crossesTransition: book.account.assumptions.rollbackCrossesDisabledTransition },
    });
    return { pipelineExecutionId: execution.id };
  });
}

function checkRollback(pipeline: Pipeline, stage: Stage, index: number, target: Execution): void {
  if (pipeline.declaration.executionMode === 'PARALLEL') throw unableToRollback('Rollback is not available for pipelines in PARALLEL execution mode.');
  if (pipeline.declaration.pipelineType === 'V1') throw unableToRollback('Rollback is only available for pipelines of type V2.');
  if (index === 0) throw unableToRollback('A source stage cannot be rolled back.');
  if (target.type === 'ROLLBACK') throw unableToRollback('The target pipeline execution is itself a rollback.');
  if (target.declaration.version !== pipeline.declaration.version) throw unableToRollback('The pipeline version has changed since the target pipeline execution was deployed.');
  if (!succeededIn(target, stage.name)) throw unableToRollback('The target pipeline execution has not succeeded in this stage.');
  if (stage.inside.length > 0) throw unableToRollback('The stage is currently running.');
}

/** What the filter `succeededInStage` and a rollback ask for. */
export function succeededIn(execution: Execution, stage: string): boolean {
  return execution.runs.some((run) => run.declaration.name === stage && run.status === 'Succeeded');
}
