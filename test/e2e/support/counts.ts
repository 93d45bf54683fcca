import type { Stage } from './stage.ts';

interface Call {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly status?: number;
}

const EFFECTS: ReadonlySet<string> = new Set(['StartPipelineExecution', 'PutApprovalResult', 'StopPipelineExecution', 'UpdateEnvironment', 'AbortEnvironmentUpdate', 'RollbackStage', 'RetryStageExecution']);

/** What has really happened, by AWS's own listings: executions, and Beanstalk operations that began; a refused or repeated call counts for nothing. */
export async function countOf(stage: Stage): Promise<Readonly<Record<string, number>>> {
  const state = await stage.door.get<{
    readonly pipelines: readonly { readonly name: string; readonly executions: readonly { readonly id: string }[] }[];
    readonly environments: readonly { readonly name: string; readonly events: readonly { readonly message: string }[] }[];
  }>('/aws/state');
  const counts: Record<string, number> = {};
  for (const pipeline of state.pipelines) counts[`executions of ${pipeline.name}`] = pipeline.executions.length;
  for (const environment of state.environments) {
    counts[`operations on ${environment.name}`] = environment.events.filter((event) => event.message === 'Environment update is starting.').length;
  }
  return counts;
}

/** Calls of the bot that change something in AWS, by operation, however they were answered. */
export async function effectCalls(stage: Stage): Promise<readonly string[]> {
  const { calls } = await stage.door.get<{ calls: readonly Call[] }>('/calls?mutates=true');
  return calls.filter((call) => EFFECTS.has(call.operation) && !call.caller.endsWith('/olive')).map((call) => call.operation);
}
