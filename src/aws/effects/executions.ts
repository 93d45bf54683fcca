import { StartPipelineExecutionCommand, StopPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import type { Effect } from '../../domain/effect.ts';
import type { EffectResult } from '../../ports.ts';
import { given } from '../given.ts';
import { isOwnCall } from '../identity.ts';
import { getExecution, listExecutions } from '../pipelines/executions.ts';
import type { ListedExecution } from '../pipelines/executions.ts';
import { answered, requestOf } from './answer.ts';
import { SKEW_MS } from './tools.ts';
import type { EffectTools } from './tools.ts';

type Start = Extract<Effect, { kind: 'start-execution' }>;
type Stop = Extract<Effect, { kind: 'stop-execution' }>;

/** AWS's longest reason of a stop. */
const STOP_REASON = 200;

export function startExecution({ clients, call }: EffectTools, effect: Start): Promise<EffectResult> {
  const input = {
    name: effect.pipeline,
    clientRequestToken: requestToken(call.token),
    ...given({ sourceRevisions: effect.override && [{ actionName: effect.override.sourceAction, revisionType: 'COMMIT_ID' as const, revisionValue: effect.override.commit }] }),
  };
  return answered('codepipeline:StartPipelineExecution', async () => {
    const answer = await clients.codepipeline.send(new StartPipelineExecutionCommand(input));
    const result = answer.pipelineExecutionId ? { kind: 'started' as const, executionId: answer.pipelineExecutionId } : { kind: 'refused' as const, text: 'CodePipeline named no execution' };
    return { ...result, ...requestOf(answer) };
  });
}

/**
 * An execution that Jack itself has started since then. None: start again with the same token, which AWS recognises for a
 * while. Without a role, Jack's starts for other releases look the same: the first one after the intent wins, since later
 * ones are later intents' own, and one from before it counts only for the clocks' difference.
 */
export async function findStarted({ read, app, call, whoAmI, sessionName }: EffectTools, effect: Start): Promise<EffectResult | undefined> {
  const list = await listExecutions(read, app, effect.pipeline);
  const begun = list.filter((execution) => execution.startedAt >= call.t0 - SKEW_MS && execution.trigger?.type === 'StartPipelineExecution' && fits(execution, effect));
  if (begun.length === 0) return undefined;
  const own = { identity: await whoAmI(app), sessionName, ...given({ roleArn: app.roleArn }) };
  const started = begun.filter((execution) => isOwnCall(execution.trigger?.detail ?? '', own));
  const found = started.findLast((execution) => execution.startedAt >= call.t0) ?? started[0];
  return found && { kind: 'started', executionId: found.id };
}

/** An execution that has not read its source yet names no revision. */
function fits(execution: ListedExecution, effect: Start): boolean {
  if (!effect.override) return true;
  const source = execution.revisions.find((revision) => revision.sourceAction === effect.override?.sourceAction);
  return source?.id === undefined || source.id === effect.override.commit;
}

/** AWS takes [a-zA-Z0-9-]{1,128}. */
function requestToken(token: string): string {
  return token.replaceAll(/[^a-zA-Z0-9-]/g, '-').slice(0, 128);
}

export function stopExecution({ clients }: EffectTools, effect: Stop): Promise<EffectResult> {
  const input = { pipelineName: effect.pipeline, pipelineExecutionId: effect.executionId, abandon: effect.abandon, reason: effect.reason.slice(0, STOP_REASON) };
  return answered(
    'codepipeline:StopPipelineExecution',
    async () => {
      const answer = await clients.codepipeline.send(new StopPipelineExecutionCommand(input));
      return { kind: 'done', ...requestOf(answer) };
    },
    (name, text) => {
      if (name === 'DuplicatedStopRequestException') return { kind: 'done' };
      return name === 'PipelineExecutionNotStoppableException' ? { kind: 'overtaken', text } : undefined;
    },
  );
}

/** An abandoning stop after a waiting one leaves no trace of its own: it is asked again, which does no harm. */
export async function findStopped({ read, app }: EffectTools, effect: Stop): Promise<EffectResult | undefined> {
  const execution = await getExecution(read, app, effect.pipeline, effect.executionId);
  const status = execution?.status ?? 'InProgress';
  if (status === 'Stopped') return { kind: 'done' };
  if (status === 'Stopping') return effect.abandon ? undefined : { kind: 'done' };
  return status === 'InProgress' ? undefined : { kind: 'overtaken', text: `the execution had ended: ${status}` };
}
