import type { JsonObject } from '../../../sandbox/json.ts';
import type { Answer, PipelineAccount } from './pipeline-account.ts';

/** The `shop` pipeline as the tests drive it. */
export const shop = 'shop';

export function start(account: PipelineAccount, more: JsonObject = {}): string {
  return account.call('StartPipelineExecution', { name: shop, ...more }).pipelineExecutionId;
}

export function execution(account: PipelineAccount, id: string, pipelineName = shop): Answer {
  return account.call('GetPipelineExecution', { pipelineName, pipelineExecutionId: id }).pipelineExecution;
}

export function stage(account: PipelineAccount, name: string, pipeline = shop): Answer {
  return account.call('GetPipelineState', { name: pipeline }).stageStates.find((each: Answer) => each.stageName === name);
}

/** Through source and build: the execution stands in Dev with its deployment in progress. */
export function reachDev(account: PipelineAccount): void {
  account.clock.pass(4);
  account.clock.pass(95);
}

/** On to Prod's approval. */
export function reachApproval(account: PipelineAccount): string {
  reachDev(account);
  account.deployments[0]?.end(true);
  return approvalToken(account);
}

export function approvalToken(account: PipelineAccount): string {
  return stage(account, 'Prod').actionStates.find((each: Answer) => each.actionName === 'ApproveProd').latestExecution.token;
}

export function answerApproval(account: PipelineAccount, token: string, status: 'Approved' | 'Rejected' = 'Approved', summary = 'fine'): Answer {
  return account.call('PutApprovalResult', { pipelineName: shop, stageName: 'Prod', actionName: 'ApproveProd', token, result: { status, summary } });
}

/** The AWS code that a call is refused with. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'not refused';
}

export function actions(account: PipelineAccount, filter?: JsonObject, pipelineName = shop): Answer[] {
  return account.call('ListActionExecutions', { pipelineName, ...(filter ? { filter } : {}) }).actionExecutionDetails;
}
