import type { JsonObject } from '../../../json.ts';
import type { Execution } from '../execution.ts';
import type { Book, Pipeline, Stage } from '../pipeline.ts';

/** The `pipelines` part of `GET /aws/state`: what the sandbox's page shows. Times are ISO. Executions newest first, at most 20. */
export function pagePipelines(book: Book): JsonObject[] {
  return [...book.pipelines.values()].map((pipeline) => ({
    name: pipeline.declaration.name,
    mode: pipeline.declaration.executionMode,
    stages: pipeline.stages.map((stage, index) => pageStage(pipeline, stage, index)),
    executions: pipeline.executions.slice(-20).toReversed().map(pageExecution),
  }));
}

function pageStage(pipeline: Pipeline, stage: Stage, index: number): JsonObject {
  const { enabled, reason } = stage.transition;
  const { latest } = stage;
  return {
    name: stage.name,
    transition: { enabled, ...(!enabled && reason ? { reason } : {}) },
    inbound: stage.waiting.map(({ id }) => id),
    ...(latest ? { execution: latest.execution.id, status: latest.status } : {}),
    actions: (pipeline.declaration.stages[index]?.actions ?? []).map(({ name, actionTypeId: { category, provider } }) => {
      const run = stage.actions.get(name);
      const token = run?.status === 'InProgress' ? (run.token ?? (category === 'Approval' ? run.externalId : undefined)) : undefined;
      return {
        name,
        category,
        provider,
        ...(run ? { status: run.status, ...(run.summary ? { summary: run.summary } : {}), ...(run.error ? { errorMessage: run.error.message } : {}) } : {}),
        ...(token ? { token } : {}),
      };
    }),
  };
}

function pageExecution(execution: Execution): JsonObject {
  const [revision] = execution.revisions;
  const commit = [...execution.artifacts.values()].find((artifact) => artifact.commit)?.commit;
  return {
    id: execution.id,
    status: execution.status,
    started: new Date(execution.startedAt).toISOString(),
    updated: new Date(execution.updatedAt).toISOString(),
    trigger: { triggerType: execution.trigger.type, triggerDetail: execution.trigger.detail },
    // Approvals of a PARALLEL pipeline: each execution's own.
    approvals: execution.actions
      .filter((action) => action.status === 'InProgress' && action.declaration.actionTypeId.category === 'Approval')
      .map((action) => ({ stage: action.stage, action: action.declaration.name, token: action.token ?? action.externalId ?? null })),
    ...(revision ? { commit: revision.revisionId } : {}),
    ...(commit ? { message: commit.message, author: commit.author.name } : {}),
  };
}
