import type { ActionExecutionDetail, PipelineExecution, StageState } from '@aws-sdk/client-codepipeline';
import type { Pipeline, PipelineAction, PipelineStage } from '../../domain/app.ts';
import type { ObservedAction, ObservedExecution, ObservedStage } from '../../domain/observation.ts';
import type { Revision } from '../../domain/revision.ts';
import { openApproval } from './approvals.ts';
import { attemptKey, latestAttempts } from './attempts.ts';
import { kindOf } from './definitions.ts';
import { supersederOf, toTrigger } from './executions.ts';
import type { ListedExecution } from './executions.ts';
import { given, timeOf } from '../given.ts';
import { trustedUrl } from '../links.ts';
import { maskNamed } from '../named-secrets.ts';
import { toRevision, withVariables } from '../revisions.ts';
import { inboundIds, placeOf, waitsBefore } from './states.ts';

/** What four calls told of one execution. */
export interface Told {
  readonly pipeline: Pipeline;
  readonly execution: PipelineExecution;
  readonly actions: readonly ActionExecutionDetail[];
  /** Empty for PARALLEL pipelines, where the state cannot tell executions apart. */
  readonly stages: readonly StageState[];
  /** The newest executions, newest first; maybe without this one. */
  readonly list: readonly ListedExecution[];
}

/** Merges what the calls told. The labels of Beanstalk deploys are not known here. */
export function toObserved(told: Told): ObservedExecution {
  const id = told.execution.pipelineExecutionId ?? '';
  const status = told.execution.status ?? 'InProgress';
  const listed = told.list.find((execution) => execution.id === id);
  return {
    id,
    pipeline: told.pipeline.name,
    status,
    revisions: revisionsOf(told, listed),
    stages: stagesOf(told, id, status),
    behind: behind(told, id),
    ...given({
      statusSummary: told.execution.statusSummary,
      startedAt: listed?.startedAt,
      updatedAt: listed?.updatedAt,
      trigger: toTrigger(told.execution.trigger),
      stopReason: listed?.stopReason,
      before: waitsBefore(told.stages, id),
      supersededBy: listed && status === 'Superseded' ? supersederOf(listed, told.list) : undefined,
    }),
  };
}

/** The list names revisions by source action, one execution's own answer by artifact; the list may not reach back far enough. */
function revisionsOf(told: Told, listed: ListedExecution | undefined): readonly Revision[] {
  const sources = told.actions.filter((action) => action.input?.actionTypeId?.category === 'Source');
  const revisions = listed?.revisions.length ? listed.revisions : (told.execution.artifactRevisions ?? []).map((artifact) => {
    const source = sources.find((action) => action.output?.outputArtifacts?.some((output) => output.name === artifact.name));
    return toRevision({ ...artifact, actionName: source?.actionName });
  });
  return revisions.map((revision) => {
    const source = sources.find((action) => action.actionName === revision.sourceAction);
    return withVariables(revision, source?.output?.outputVariables);
  });
}

/** In the definition's order; stages that an older definition had stand at the end. */
function stagesOf(told: Told, id: string, status: ObservedExecution['status']): readonly ObservedStage[] {
  const attempts = latestAttempts(told.actions);
  const known = told.pipeline.stages.map((stage) => toStage(told, { stage, id, status, attempts }));
  const names = new Set(told.pipeline.stages.map((stage) => stage.name));
  const former = [...new Set(told.actions.flatMap((action) => action.stageName ?? []))].filter((name) => !names.has(name));
  return [...known, ...former.toReversed().map((name) => formerStage(name, attempts))];
}

interface StageFacts {
  readonly stage: PipelineStage;
  readonly id: string;
  readonly status: ObservedExecution['status'];
  readonly attempts: ReadonlyMap<string, ActionExecutionDetail>;
}

function toStage(told: Told, { stage, id, status, attempts }: StageFacts): ObservedStage {
  const state = told.stages.find((candidate) => candidate.stageName === stage.name);
  const actions = stage.actions.map((action) => {
    const attempt = attempts.get(attemptKey(stage.name, action.name));
    return { ...toAction(action, attempt), ...(attempt && openApproval(told.pipeline.mode, action, attempt, state)) };
  });
  const own = state?.latestExecution?.pipelineExecutionId === id ? state.latestExecution?.status : undefined;
  const stageStatus = own ?? stageStatusOf(actions, status);
  return { name: stage.name, actions, ...given({ status: stageStatus }) };
}

function formerStage(name: string, attempts: ReadonlyMap<string, ActionExecutionDetail>): ObservedStage {
  const actions = [...attempts.values()].filter((attempt) => attempt.stageName === name).map((attempt) => {
    const type = attempt.input?.actionTypeId;
    const action: PipelineAction = { name: attempt.actionName ?? '', runOrder: 1, kind: kindOf(type?.category), provider: type?.provider ?? '' };
    return toAction(action, attempt);
  });
  return { name, actions, ...given({ status: stageStatusOf(actions, 'Cancelled') }) };
}

/** From the actions alone, where the state tells of another execution by now. */
export function stageStatusOf(actions: readonly ObservedAction[], execution: ObservedExecution['status']): ObservedStage['status'] {
  const begun = actions.filter((action) => action.status !== undefined);
  if (begun.length === 0) return undefined;
  if (begun.some((action) => action.status === 'InProgress')) return execution === 'Stopping' ? 'Stopping' : 'InProgress';
  if (begun.some((action) => action.status === 'Failed')) return 'Failed';
  if (begun.some((action) => action.status === 'Abandoned')) return 'Stopped';
  if (begun.length === actions.length) return 'Succeeded';
  if (execution === 'InProgress' || execution === 'Stopping') return execution;
  if (execution === 'Stopped' || execution === 'Cancelled' || execution === 'Failed') return execution;
  return 'InProgress';
}

function toAction(action: PipelineAction, attempt: ActionExecutionDetail | undefined): ObservedAction {
  const result = attempt?.output?.executionResult;
  const error = result?.errorDetails;
  return {
    name: action.name,
    kind: action.kind,
    provider: action.provider,
    ...given({
      beanstalkEnvironment: action.beanstalkEnvironment,
      status: attempt?.status,
      startedAt: timeOf(attempt?.startTime),
      updatedAt: timeOf(attempt?.lastUpdateTime),
      updatedBy: attempt?.updatedBy,
      summary: result?.externalExecutionSummary,
      error: error?.code || error?.message ? { code: error.code ?? '', message: maskNamed(error.message ?? '') } : undefined,
      externalId: result?.externalExecutionId,
      externalUrl: trustedUrl(result?.externalExecutionUrl),
    }),
  };
}

/** What waits directly behind: newer executions in front of the stage that this one is in or waits for. */
function behind(told: Told, id: string): readonly string[] {
  const place = placeOf(told.stages, id);
  if (!place) return [];
  const order = told.list.map((execution) => execution.id);
  const own = order.indexOf(id);
  return inboundIds(place)
    .filter((other) => other !== id && order.includes(other) && (own < 0 || order.indexOf(other) < own))
    .sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
