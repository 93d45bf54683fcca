import type { JsonObject } from '../../../json.ts';
import type { Execution } from '../execution.ts';

function common(execution: Execution): JsonObject {
  return {
    pipelineExecutionId: execution.id,
    status: execution.status,
    trigger: { triggerType: execution.trigger.type, triggerDetail: execution.trigger.detail },
    executionMode: execution.declaration.executionMode,
    executionType: execution.type,
    ...(execution.summary ? { statusSummary: execution.summary } : {}),
    ...(execution.rollbackTarget ? { rollbackMetadata: { rollbackTargetPipelineExecutionId: execution.rollbackTarget } } : {}),
  };
}

/** GetPipelineExecution: revisions by artifact, no times. */
export function executionDetail(execution: Execution): JsonObject {
  return {
    ...common(execution),
    pipelineName: execution.pipeline,
    pipelineVersion: execution.declaration.version,
    artifactRevisions: execution.revisions.map((revision) => ({
      name: revision.artifactName,
      revisionId: revision.revisionId,
      revisionSummary: revision.summary.slice(0, 2048),
      revisionUrl: revision.url,
      created: new Date(revision.at),
    })),
    variables: Object.entries(execution.variables).map(([name, resolvedValue]) => ({ name, resolvedValue })),
  };
}

/** One entry of ListPipelineExecutions: revisions by source action, with times. */
export function executionSummary(execution: Execution): JsonObject {
  return {
    ...common(execution),
    startTime: new Date(execution.startedAt),
    lastUpdateTime: new Date(execution.updatedAt),
    sourceRevisions: execution.revisions.map((revision) => ({
      actionName: revision.actionName,
      revisionId: revision.revisionId,
      revisionSummary: revision.summary.slice(0, 2048),
      revisionUrl: revision.url,
    })),
    ...(execution.stopReason === undefined ? {} : { stopTrigger: { reason: execution.stopReason } }),
  };
}
