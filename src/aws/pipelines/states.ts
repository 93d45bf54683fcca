import { GetPipelineStateCommand } from '@aws-sdk/client-codepipeline';
import type { StageState } from '@aws-sdk/client-codepipeline';
import type { DisabledTransition, ObservedExecution } from '../../domain/observation.ts';
import type { Account } from '../clients.ts';
import { given, timeOf } from '../given.ts';
import type { Read } from '../reads.ts';

/** What stands at each stage now; each stage tells of its own latest execution. */
export async function getStages(read: Read, account: Account, name: string): Promise<readonly StageState[]> {
  const answer = await read(account, 'codepipeline:GetPipelineState', { name }, ({ codepipeline }, input) => codepipeline.send(new GetPipelineStateCommand(input)));
  return answer.stageStates ?? [];
}

/** Where an execution waits in front of a stage, and whether a disabled transition keeps it there. */
export function waitsBefore(stages: readonly StageState[], executionId: string): ObservedExecution['before'] {
  const stage = stages.find((candidate) => inboundIds(candidate).includes(executionId));
  if (!stage?.stageName) return undefined;
  return { stage: stage.stageName, ...given({ disabled: transitionOf(stage) }) };
}

/**
 * The same for a PARALLEL pipeline, whose state names no executions: between two stages, the transition into the next one
 * tells whether it is held there.
 */
export function heldBetween(execution: ObservedExecution, stages: readonly StageState[]): ObservedExecution['before'] {
  const next = nextStage(execution);
  const disabled = transitionOf(stages.find((stage) => stage.stageName === next));
  return next === undefined || !disabled ? undefined : { stage: next, disabled };
}

/** Undefined while an action is at work, or when nothing comes any more. */
export function nextStage(execution: ObservedExecution): string | undefined {
  const atWork = execution.stages.some((stage) => stage.actions.some((action) => action.status === 'InProgress'));
  return execution.status !== 'InProgress' || atWork ? undefined : execution.stages.find((stage) => stage.status === undefined)?.name;
}

/** Ids of what waits in front of the stage: QUEUED pipelines have several, and older AWS answers only the single field. */
export function inboundIds(stage: StageState): readonly string[] {
  const all = [stage.inboundExecution, ...(stage.inboundExecutions ?? [])].flatMap((execution) => execution?.pipelineExecutionId ?? []);
  return [...new Set(all)];
}

/** Ids of what is in a stage or waits in front of one. */
export function standingIds(stages: readonly StageState[]): readonly string[] {
  return stages.flatMap((stage) => inboundIds(stage).concat((isOccupied(stage) ? stage.latestExecution?.pipelineExecutionId : undefined) ?? []));
}

/** Undefined while the transition into the stage is enabled. */
export function transitionOf(stage: StageState | undefined): { readonly reason: string; readonly by?: string; readonly at?: number } | undefined {
  const transition = stage?.inboundTransitionState;
  if (transition?.enabled !== false) return undefined;
  return { reason: transition.disabledReason ?? '', ...given({ by: transition.lastChangedBy, at: timeOf(transition.lastChangedAt) }) };
}

/** Who last opened or closed the way into the stage, where AWS tells. */
export function lastChangedBy(stages: readonly StageState[], name: string): string | undefined {
  return stages.find((stage) => stage.stageName === name)?.inboundTransitionState?.lastChangedBy;
}

/** The ways into stages that are closed now. */
export function disabledTransitions(stages: readonly StageState[]): readonly DisabledTransition[] {
  return stages.flatMap((stage) => {
    const disabled = transitionOf(stage);
    return disabled && stage.stageName !== undefined ? [{ stage: stage.stageName, ...disabled }] : [];
  });
}

/** The stage that the execution is in, else the one it waits for. */
export function placeOf(stages: readonly StageState[], executionId: string): StageState | undefined {
  return (
    stages.find((stage) => stage.latestExecution?.pipelineExecutionId === executionId && isOccupied(stage)) ??
    stages.find((stage) => inboundIds(stage).includes(executionId))
  );
}

function isOccupied(stage: StageState): boolean {
  return stage.latestExecution?.status === 'InProgress' || stage.latestExecution?.status === 'Stopping';
}
