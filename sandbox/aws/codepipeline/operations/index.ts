import type { Handler } from '../../engine/service.ts';
import type { Book } from '../pipeline.ts';
import { putApprovalResult } from './approve.ts';
import { createPipeline, deletePipeline, getPipeline, listPipelines, updatePipeline } from './define.ts';
import { getPipelineExecution, getPipelineState, listActionExecutions, listPipelineExecutions, listRuleExecutions } from './listings.ts';
import { overrideStageCondition } from './override-condition.ts';
import { retryStageExecution } from './retry.ts';
import { rollbackStage } from './rollback.ts';
import { startPipelineExecution } from './start.ts';
import { stopPipelineExecution } from './stop.ts';
import { disableStageTransition, enableStageTransition } from './transition.ts';

/** Every operation that the model knows. */
export function operations(book: Book): Readonly<Record<string, Handler>> {
  return {
    CreatePipeline: createPipeline(book),
    DeletePipeline: deletePipeline(book),
    DisableStageTransition: disableStageTransition(book),
    EnableStageTransition: enableStageTransition(book),
    GetPipeline: getPipeline(book),
    GetPipelineExecution: getPipelineExecution(book),
    GetPipelineState: getPipelineState(book),
    ListActionExecutions: listActionExecutions(book),
    ListPipelineExecutions: listPipelineExecutions(book),
    ListPipelines: listPipelines(book),
    ListRuleExecutions: listRuleExecutions(book),
    OverrideStageCondition: overrideStageCondition(book),
    PutApprovalResult: putApprovalResult(book),
    RetryStageExecution: retryStageExecution(book),
    RollbackStage: rollbackStage(book),
    StartPipelineExecution: startPipelineExecution(book),
    StopPipelineExecution: stopPipelineExecution(book),
    UpdatePipeline: updatePipeline(book),
  };
}
