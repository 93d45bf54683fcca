import type { JsonObject } from '../../../json.ts';
import type { ActionRun, Artifact } from '../execution.ts';
import type { Book } from '../pipeline.ts';

const located = (list: readonly Artifact[]): JsonObject[] => list.map(({ name, bucket, key }) => ({ name, s3location: { bucket, key } }));

/** One entry of ListActionExecutions. */
export function actionDetail(book: Book, action: ActionRun): JsonObject {
  const { declaration } = action;
  return {
    pipelineExecutionId: action.executionId,
    actionExecutionId: action.id,
    pipelineVersion: action.pipelineVersion,
    stageName: action.stage,
    actionName: declaration.name,
    startTime: new Date(action.startedAt),
    lastUpdateTime: new Date(action.updatedAt),
    ...(action.updatedBy ? { updatedBy: action.updatedBy } : {}),
    status: action.status,
    input: {
      actionTypeId: { ...declaration.actionTypeId },
      configuration: declaration.configuration ?? {},
      resolvedConfiguration: action.resolved,
      region: declaration.region ?? book.account.region,
      inputArtifacts: located(action.inputs),
      ...(declaration.roleArn ? { roleArn: declaration.roleArn } : {}),
      ...(declaration.namespace ? { namespace: declaration.namespace } : {}),
    },
    output: { outputArtifacts: located(action.outputs), executionResult: resultOf(action), outputVariables: action.variables },
  };
}

function resultOf(action: ActionRun): JsonObject {
  return {
    ...(action.externalId ? { externalExecutionId: action.externalId } : {}),
    ...(action.summary ? { externalExecutionSummary: action.summary } : {}),
    ...(action.externalUrl ? { externalExecutionUrl: action.externalUrl } : {}),
    ...(action.error ? { errorDetails: { ...action.error } } : {}),
  };
}

/** `latestExecution` of an action in GetPipelineState: the token only while the approval is open, and never in PARALLEL. */
export function actionExecution(action: ActionRun, isParallel: boolean): JsonObject {
  const isApproval = action.declaration.actionTypeId.category === 'Approval';
  return {
    actionExecutionId: action.id,
    status: action.status,
    lastStatusChange: new Date(action.updatedAt),
    ...(action.summary ? { summary: action.summary } : {}),
    ...(action.token && !isParallel ? { token: action.token } : {}),
    ...(isApproval && action.status !== 'InProgress' && action.updatedBy ? { lastUpdatedBy: action.updatedBy } : {}),
    ...(action.externalId && !isApproval ? { externalExecutionId: action.externalId } : {}),
    ...(action.externalUrl ? { externalExecutionUrl: action.externalUrl } : {}),
    ...(action.error ? { errorDetails: { ...action.error } } : {}),
  };
}
