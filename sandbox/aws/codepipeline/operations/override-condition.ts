import type { Handler } from '../../engine/service.ts';
import { conditionNotOverridable, notLatestExecution } from '../errors.ts';
import type { Book } from '../pipeline.ts';
import { pipelineNamed, stageNamed } from '../pipeline.ts';
import { typed } from '../../typed.ts';

interface OverrideInput {
  readonly pipelineName: string;
  readonly stageName: string;
  readonly pipelineExecutionId: string;
}

/** No stage of the sandbox can have a condition, so there is none to override: always refused. */
export function overrideStageCondition(book: Book): Handler {
  return typed<OverrideInput>((input) => {
    const stage = stageNamed(pipelineNamed(book, input.pipelineName), input.stageName);
    if (stage.latest?.execution.id !== input.pipelineExecutionId) throw notLatestExecution();
    throw conditionNotOverridable();
  });
}
