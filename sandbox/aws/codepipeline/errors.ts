import { AwsError } from '../engine/service.ts';

/*
 * The words are AWS's where a transcript or the API reference gives them (README.md says which); else as near as can be.
 */

export const validation = (message: string): AwsError => new AwsError('ValidationException', message);

/** Seen from GetPipeline in public transcripts. */
export const pipelineNotFound = (account: string, name: string): AwsError =>
  new AwsError('PipelineNotFoundException', `Account '${account}' does not have a pipeline with name '${name}'`);

/** StartPipelineExecution says it otherwise. */
export const pipelineToStartNotFound = (account: string, name: string): AwsError =>
  new AwsError('PipelineNotFoundException', `Pipeline with name ${name} does not exist in account ${account}.`);

export const pipelineVersionNotFound = (name: string, version: number): AwsError =>
  new AwsError('PipelineVersionNotFoundException', `The pipeline version was specified in an invalid format or cannot be found: ${name} ${version}`);

export const pipelineNameInUse = (account: string, name: string): AwsError =>
  new AwsError('PipelineNameInUseException', `A pipeline with the name '${name}' already exists in account '${account}'`);

export const stageNotFound = (pipeline: string, stage: string): AwsError =>
  new AwsError('StageNotFoundException', `Pipeline '${pipeline}' does not have a stage with name '${stage}'`);

export const actionNotFound = (stage: string, action: string): AwsError =>
  new AwsError('ActionNotFoundException', `Stage '${stage}' does not have an action with name '${action}'`);

export const executionNotFound = (pipeline: string, id: string): AwsError =>
  new AwsError('PipelineExecutionNotFoundException', `Pipeline '${pipeline}' does not have an execution with id '${id}'`);

export const invalidNextToken = (): AwsError =>
  new AwsError('InvalidNextTokenException', 'The next token was specified in an invalid format. Make sure that the next token you provide is the token returned by a previous call.');

export const invalidApprovalToken = (): AwsError =>
  new AwsError('InvalidApprovalTokenException', 'The approval request already received a response or has expired.');

/** Seen in a terminal log of August 2026 in a public repository (josefloressv's dop-c02 labs); the API reference says it otherwise. */
export const approvalAlreadyCompleted = (): AwsError =>
  new AwsError('ApprovalAlreadyCompletedException', 'The approval request that you responded to is already complete or has expired.');

export const notStoppable = (): AwsError =>
  new AwsError('PipelineExecutionNotStoppableException', 'Unable to stop the pipeline execution. The execution might already be in a Stopped state, or it might no longer be in progress.');

export const duplicatedStop = (): AwsError =>
  new AwsError(
    'DuplicatedStopRequestException',
    'The pipeline execution is already in a Stopping state. If you already chose to stop and wait, you cannot make that request again. You can choose to stop and abandon now, but be aware that this option can lead to failed tasks or out of sequence tasks. If you already chose to stop and abandon, you cannot make that request again.',
  );

export const stageNotRetryable = (): AwsError =>
  new AwsError('StageNotRetryableException', 'Unable to retry. The pipeline structure or stage state might have changed while actions awaited retry, or the stage contains no failed actions.');

export const notLatestExecution = (): AwsError =>
  new AwsError('NotLatestPipelineExecutionException', 'The stage has failed in a later run of the pipeline and the pipelineExecutionId associated with the request is out of date.');

export const unableToRollback = (why: string): AwsError =>
  new AwsError('UnableToRollbackStageException', `Unable to roll back the stage. ${why}`);

export const tooManyExecutions = (limit: number): AwsError =>
  new AwsError('ConcurrentPipelineExecutionsLimitExceededException', `The pipeline has reached the limit for concurrent pipeline executions: ${limit}.`);

export const conditionNotOverridable = (): AwsError =>
  new AwsError('ConditionNotOverridableException', 'Unable to override because the condition does not allow overrides.');

export const invalidStructure = (message: string): AwsError => new AwsError('InvalidStructureException', message);
export const invalidAction = (message: string): AwsError => new AwsError('InvalidActionDeclarationException', message);
export const invalidStage = (message: string): AwsError => new AwsError('InvalidStageDeclarationException', message);
