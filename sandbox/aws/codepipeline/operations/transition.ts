import type { Handler } from '../../engine/service.ts';
import { admit } from '../engine.ts';
import type { Book, Pipeline, Stage } from '../pipeline.ts';
import { pipelineNamed, stageNamed } from '../pipeline.ts';
import { typed } from '../../typed.ts';

interface TransitionInput {
  readonly pipelineName: string;
  readonly stageName: string;
  readonly transitionType: 'Inbound' | 'Outbound';
  readonly reason?: string;
}

/** The stage whose inbound transition is meant: outbound of one is inbound of the next. The last stage has no outbound. */
function affected(pipeline: Pipeline, input: TransitionInput): Stage | undefined {
  const stage = stageNamed(pipeline, input.stageName);
  return input.transitionType === 'Inbound' ? stage : pipeline.stages[pipeline.stages.indexOf(stage) + 1];
}

export function disableStageTransition(book: Book): Handler {
  return typed<TransitionInput>((input, caller) => {
    const stage = affected(pipelineNamed(book, input.pipelineName), input);
    if (!stage) return;
    Object.assign(stage.transition, { enabled: false, reason: input.reason, changedBy: caller.arn, changedAt: book.account.clock.now() });
  });
}

/** Lets in who waits: in SUPERSEDED the newest (the others were superseded while they waited), in QUEUED the first. */
export function enableStageTransition(book: Book): Handler {
  return typed<TransitionInput>((input, caller) => {
    const pipeline = pipelineNamed(book, input.pipelineName);
    const stage = affected(pipeline, input);
    if (!stage) return;
    Object.assign(stage.transition, { enabled: true, changedBy: caller.arn, changedAt: book.account.clock.now() });
    delete stage.transition.reason;
    admit(book, pipeline, stage);
  });
}
