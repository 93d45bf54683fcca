import type { ActionExecutionDetail, StageState } from '@aws-sdk/client-codepipeline';
import type { Pipeline, PipelineAction } from '../../domain/app.ts';
import { given, timeOf } from '../given.ts';

/** AWS's own time-out of an approval that names none. */
const DEFAULT_TIMEOUT_MS = 7 * 24 * 3_600_000;

/** What answers an open approval, and until when. */
export interface OpenApproval {
  readonly token?: string;
  readonly expiresAt?: number;
}

/**
 * An approval that waits for an answer. The token stands in the pipeline's state; a PARALLEL pipeline has none there,
 * and the approval's external execution id answers it (PutApprovalResult's documentation).
 */
export function openApproval(mode: Pipeline['mode'], action: PipelineAction, attempt: ActionExecutionDetail, stage: StageState | undefined): OpenApproval {
  if (action.kind !== 'approval' || attempt.status !== 'InProgress') return {};
  const startedAt = timeOf(attempt.startTime);
  return given({
    token: mode === 'PARALLEL' ? attempt.output?.executionResult?.externalExecutionId : tokenInState(action.name, attempt, stage),
    expiresAt: startedAt === undefined ? undefined : startedAt + (action.timeoutMs ?? DEFAULT_TIMEOUT_MS),
  });
}

/** The state tells of the stage's latest execution, which may be another by now. */
function tokenInState(name: string, attempt: ActionExecutionDetail, stage: StageState | undefined): string | undefined {
  if (stage?.latestExecution?.pipelineExecutionId !== attempt.pipelineExecutionId) return undefined;
  const latest = stage?.actionStates?.find((candidate) => candidate.actionName === name)?.latestExecution;
  if (latest?.status !== 'InProgress') return undefined;
  if (latest.actionExecutionId && latest.actionExecutionId !== attempt.actionExecutionId) return undefined;
  return latest.token;
}
