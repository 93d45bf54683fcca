import type { FakeAction, FakeExecution } from './fake-account.ts';
import type { FakeWorld } from './fake-world.ts';

/** An execution of the first pipeline that stands at its manual approval, as `anApproval` tells of it: 'execution-1', 'token-1', commit a. */
export function standsAtApproval(world: FakeWorld): { readonly execution: FakeExecution; readonly action: FakeAction } {
  const [pipeline] = world.app.pipelines;
  if (!pipeline) throw new Error('the app has no pipeline');
  const execution = world.account.start(pipeline, { type: 'StartPipelineExecution' });
  const at = execution.stages.findIndex((stage) => stage.actions.some((action) => action.is.kind === 'approval'));
  const action = execution.stages[at]?.actions.find((one) => one.is.kind === 'approval');
  if (!action) throw new Error('the pipeline has no approval');
  for (const before of execution.stages.slice(0, at).flatMap((stage) => stage.actions)) before.status = 'Succeeded';
  Object.assign(execution, { at, inside: true });
  Object.assign(action, { status: 'InProgress', startedAt: world.account.now, updatedAt: world.account.now, token: 'token-1' });
  return { execution, action };
}
