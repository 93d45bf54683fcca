import { GetPipelineExecutionCommand, ListPipelineExecutionsCommand } from '@aws-sdk/client-codepipeline';
import type { PipelineExecution, PipelineExecutionSummary } from '@aws-sdk/client-codepipeline';
import type { ExecutionSummary, Trigger } from '../../domain/observation.ts';
import type { Account } from '../clients.ts';
import { unless } from '../faults.ts';
import { given, timeOf } from '../given.ts';
import type { Read } from '../reads.ts';
import { toRevision } from '../revisions.ts';

/** AWS's page of a list of executions. */
export const MOST_EXECUTIONS = 100;

/** A line of the list, with what the domain's own line leaves out. */
export interface ListedExecution extends ExecutionSummary {
  readonly stopReason?: string;
}

/** Undefined: AWS does not know the execution (just started, or too old). */
export async function getExecution(read: Read, account: Account, pipelineName: string, pipelineExecutionId: string): Promise<PipelineExecution | undefined> {
  const answer = await unless(
    read(account, 'codepipeline:GetPipelineExecution', { pipelineName, pipelineExecutionId }, ({ codepipeline }, input) => codepipeline.send(new GetPipelineExecutionCommand(input))),
    'PipelineExecutionNotFoundException',
  );
  return answer?.pipelineExecution;
}

/** Newest first, one page. */
export async function listExecutions(read: Read, account: Account, pipelineName: string, limit = MOST_EXECUTIONS): Promise<readonly ListedExecution[]> {
  const maxResults = Math.max(1, Math.min(limit, MOST_EXECUTIONS));
  const answer = await read(account, 'codepipeline:ListPipelineExecutions', { pipelineName, maxResults }, ({ codepipeline }, input) => codepipeline.send(new ListPipelineExecutionsCommand(input)));
  return (answer.pipelineExecutionSummaries ?? []).map(toListed).sort((a, b) => b.startedAt - a.startedAt);
}

export function toListed(told: PipelineExecutionSummary): ListedExecution {
  const startedAt = timeOf(told.startTime) ?? 0;
  return {
    id: told.pipelineExecutionId ?? '',
    status: told.status ?? 'InProgress',
    startedAt,
    updatedAt: timeOf(told.lastUpdateTime) ?? startedAt,
    revisions: (told.sourceRevisions ?? []).map(toRevision),
    ...given({
      trigger: toTrigger(told.trigger),
      rollbackOf: told.rollbackMetadata?.rollbackTargetPipelineExecutionId,
      stopReason: told.stopTrigger?.reason,
    }),
  };
}

export function toTrigger(told: { readonly triggerType?: string | undefined; readonly triggerDetail?: string | undefined } | undefined): Trigger | undefined {
  return told?.triggerType ? { type: told.triggerType, ...given({ detail: told.triggerDetail || undefined }) } : undefined;
}

/**
 * Which execution took the place of a superseded one. AWS does not say it. Executions keep their order, so it is the
 * oldest newer one that had started by then and had not ended before.
 */
export function supersederOf(superseded: ListedExecution, list: readonly ListedExecution[]): string | undefined {
  const newer = list.filter((other) => other.startedAt > superseded.startedAt && other.startedAt <= superseded.updatedAt && !endedBefore(other, superseded.updatedAt));
  return newer.at(-1)?.id;
}

function endedBefore(execution: ListedExecution, time: number): boolean {
  const underWay = execution.status === 'InProgress' || execution.status === 'Stopping';
  return !underWay && execution.updatedAt < time;
}
