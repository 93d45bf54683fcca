import type { ObservedExecution } from '../../domain/observation.ts';
import type { Release } from '../../domain/release.ts';
import { abortOf } from './end.ts';
import type { Plan, PlanFacts } from './plan-facts.ts';

/**
 * A wish to cancel is passed on once: the execution is stopped, and an application deployment in flight is aborted.
 * The release ends only when AWS shows it.
 */
export function planStop(release: Release, execution: ObservedExecution, facts: PlanFacts): Plan | undefined {
  const { cancel } = release;
  if (!cancel) return undefined;
  const by = cancel.by === 'jack' ? {} : { by: cancel.by };
  if (!cancel.askedAws && !cancel.refused && (execution.status === 'InProgress' || waitsForAnswer(execution))) {
    return { release, effect: { effect: stopEffect(release, execution), ...by } };
  }
  const inFlight = release.deploys.find((deploy) => deploy.status === 'running');
  if (cancel.abortAsked !== undefined || !inFlight || inFlight.environment !== release.environment || !facts.seen?.abortable) return undefined;
  return { release, effect: { effect: abortOf(inFlight, facts), ...by } };
}

/** Stopped in AWS by somebody who lets it end what it does, and that is to ask people: it can still be abandoned. */
function waitsForAnswer({ status, stages }: ObservedExecution): boolean {
  return status === 'Stopping' && stages.some((stage) => stage.actions.some((action) => action.status === 'InProgress' && action.kind === 'approval'));
}

/** Stop-and-wait would wait for a person at an approval, and for the whole build; a deployment is aborted and waited for. */
function stopEffect(release: Release, execution: ObservedExecution) {
  const deploying = execution.stages.some((stage) => stage.actions.some((action) => action.status === 'InProgress' && action.kind === 'deploy'));
  return {
    kind: 'stop-execution',
    pipeline: execution.pipeline,
    executionId: execution.id,
    abandon: !deploying,
    reason: `Cancelled in Slack, Jack release ${release.number}`,
  } as const;
}
