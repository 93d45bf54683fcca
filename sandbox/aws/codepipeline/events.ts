import type { JsonObject } from '../../json.ts';
import type { ActionRun, Execution } from './execution.ts';
import type { Book, Pipeline } from './pipeline.ts';

export type PipelineEvent = 'STARTED' | 'RESUMED' | 'SUCCEEDED' | 'FAILED' | 'CANCELED' | 'STOPPING' | 'STOPPED' | 'SUPERSEDED';
export type StageEvent = Exclude<PipelineEvent, 'SUPERSEDED'>;
export type ActionEvent = 'STARTED' | 'SUCCEEDED' | 'FAILED' | 'CANCELED' | 'ABANDONED';

function emit(book: Book, pipeline: Pipeline, kind: string, detail: JsonObject): void {
  book.account.bus.emit({ source: 'aws.codepipeline', detailType: `CodePipeline ${kind} Execution State Change`, resources: [pipeline.arn], detail });
  book.account.changed({ area: 'aws' });
}

function base(execution: Execution): JsonObject {
  return { pipeline: execution.pipeline, 'execution-id': execution.id, version: execution.declaration.version, 'pipeline-execution-attempt': execution.attempt };
}

/** Only STARTED carries the trigger, only STOPPING the comment. */
export function pipelineChanged(book: Book, pipeline: Pipeline, execution: Execution, state: PipelineEvent): void {
  emit(book, pipeline, 'Pipeline', {
    ...base(execution),
    ...(state === 'STARTED' ? { 'execution-trigger': { 'trigger-type': execution.trigger.type, 'trigger-detail': execution.trigger.detail } } : {}),
    ...(state === 'STOPPING' && execution.stopReason ? { 'stop-execution-comments': execution.stopReason } : {}),
    state,
  });
}

export function stageChanged(book: Book, pipeline: Pipeline, execution: Execution, stage: string, state: StageEvent): void {
  emit(book, pipeline, 'Stage', { ...base(execution), stage, state });
}

const artifacts = (list: ActionRun['inputs']): JsonObject[] => list.map(({ name, bucket, key }) => ({ name, s3location: { bucket, key } }));

/** Carries neither the action execution's id nor an approval's token. */
export function actionChanged(book: Book, pipeline: Pipeline, execution: Execution, action: ActionRun, state: ActionEvent): void {
  const result = {
    ...(action.externalUrl ? { 'external-execution-url': action.externalUrl } : {}),
    ...(action.summary ? { 'external-execution-summary': action.summary } : {}),
    ...(action.externalId && action.declaration.actionTypeId.category !== 'Approval' ? { 'external-execution-id': action.externalId } : {}),
    ...(action.error ? { 'error-code': action.error.code } : {}),
  };
  emit(book, pipeline, 'Action', {
    ...base(execution),
    stage: action.stage,
    action: action.declaration.name,
    state,
    region: action.declaration.region ?? book.account.region,
    type: { ...action.declaration.actionTypeId },
    ...(Object.keys(result).length > 0 ? { 'execution-result': result } : {}),
    'input-artifacts': artifacts(action.inputs),
    'output-artifacts': artifacts(action.outputs),
  });
}
