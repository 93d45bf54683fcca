import type { JsonObject } from '../../../json.ts';
import type { ActionDeclaration } from '../../seed.ts';
import type { Book, Pipeline, Stage } from '../pipeline.ts';
import { actionExecution } from './action.ts';

/** GetPipelineState: for each stage its latest, whichever execution that is. */
export function pipelineState(book: Book, pipeline: Pipeline): JsonObject {
  return {
    pipelineName: pipeline.declaration.name,
    pipelineVersion: pipeline.declaration.version,
    created: new Date(pipeline.created),
    updated: new Date(pipeline.updated),
    stageStates: pipeline.stages.map((stage, index) => stageState(book, pipeline, stage, index)),
  };
}

function stageState(book: Book, pipeline: Pipeline, stage: Stage, index: number): JsonObject {
  const inbound = stage.waiting.map((execution) => ({ pipelineExecutionId: execution.id, status: 'InProgress', type: execution.type }));
  const last = inbound.at(-1);
  const { latest } = stage;
  return {
    stageName: stage.name,
    inboundExecutions: inbound,
    ...(last ? { inboundExecution: last } : {}),
    inboundTransitionState: transitionState(stage),
    actionStates: (pipeline.declaration.stages[index]?.actions ?? []).map((action) => actionState(book, pipeline, stage, action)),
    ...(latest ? { latestExecution: { pipelineExecutionId: latest.execution.id, status: latest.status, type: latest.execution.type } } : {}),
    ...(latest && latest.attempt > 1 ? { retryStageMetadata: { manualStageRetryAttempt: latest.attempt - 1, latestRetryTrigger: 'ManualStageRetry' } } : {}),
  };
}

function transitionState({ transition }: Stage): JsonObject {
  return {
    enabled: transition.enabled,
    ...(transition.changedBy ? { lastChangedBy: transition.changedBy } : {}),
    ...(transition.changedAt ? { lastChangedAt: new Date(transition.changedAt) } : {}),
    ...(!transition.enabled && transition.reason ? { disabledReason: transition.reason } : {}),
  };
}

function actionState(book: Book, pipeline: Pipeline, stage: Stage, action: ActionDeclaration): JsonObject {
  const run = stage.actions.get(action.name);
  const isSource = action.actionTypeId.category === 'Source';
  const entityUrl = entityUrlOf(book, action);
  return {
    actionName: action.name,
    ...(entityUrl ? { entityUrl } : {}),
    ...(run && isSource && run.status === 'Succeeded' && run.externalId ? { currentRevision: { revisionId: run.externalId }, ...(run.externalUrl ? { revisionUrl: run.externalUrl } : {}) } : {}),
    ...(run ? { latestExecution: actionExecution(run, pipeline.declaration.executionMode === 'PARALLEL') } : {}),
  };
}

/** Where the console leads for this action; approvals have none. */
function entityUrlOf(book: Book, { actionTypeId: { provider }, configuration: c = {} }: ActionDeclaration): string | undefined {
  const { region } = book.account;
  const host = `https://${region}.console.aws.amazon.com`;
  switch (provider) {
    case 'CodeCommit':
      return `${host}/codecommit/home#/repository/${c['RepositoryName']}/browse/${c['BranchName']}/--/`;
    case 'CodeStarSourceConnection':
      return `${host}/codesuite/settings/connections/redirect?connectionArn=${c['ConnectionArn']}&referenceType=BRANCH&FullRepositoryId=${c['FullRepositoryId']}&Branch=${c['BranchName']}`;
    case 'CodeBuild':
      return `${host}/codebuild/home?#/projects/${c['ProjectName']}/view`;
    case 'ElasticBeanstalk':
      return `${host}/elasticbeanstalk/r/application/${c['ApplicationName']}`;
    default:
      return undefined;
  }
}
