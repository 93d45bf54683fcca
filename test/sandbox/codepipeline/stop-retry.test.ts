import { describe, expect, it } from '@jest/globals';
import type { PipelineAccount } from '../support/pipeline-account.ts';
import { pipelineAccount } from '../support/pipeline-account.ts';
import { actions, answerApproval, approvalToken, execution, reachApproval, reachDev, refusal, shop, stage, start } from '../support/shop-walk.ts';

function stop(account: PipelineAccount, id: string, more: { readonly abandon?: boolean; readonly reason?: string } = {}): void {
  account.call('StopPipelineExecution', { pipelineName: shop, pipelineExecutionId: id, ...more });
}

function retry(account: PipelineAccount, id: string, stageName: string, retryMode = 'FAILED_ACTIONS'): string {
  return account.call('RetryStageExecution', { pipelineName: shop, stageName, pipelineExecutionId: id, retryMode }).pipelineExecutionId;
}

describe('stopping', () => {
  it('waits for the actions in progress, and starts no more', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    stop(account, id, { reason: 'wrong commit' });
    expect(execution(account, id).status).toBe('Stopping');
    expect(stage(account, 'Dev').latestExecution.status).toBe('Stopping');
    account.deployments[0]?.end(true);
    expect(execution(account, id).status).toBe('Stopped');
    expect(stage(account, 'Prod').latestExecution).toBeUndefined();
    expect(account.call('ListPipelineExecutions', { pipelineName: shop }).pipelineExecutionSummaries[0].stopTrigger).toEqual({ reason: 'wrong commit' });
  });

  it('abandons at once: the action is Abandoned, its deployment goes on and no longer counts', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    stop(account, id, { abandon: true });
    expect(execution(account, id).status).toBe('Stopped');
    expect(stage(account, 'Dev').latestExecution.status).toBe('Stopped');
    expect(account.deployments).toHaveLength(1);
    account.deployments[0]?.end(true);
    expect(actions(account)[0]).toMatchObject({ actionName: 'DeployDev', status: 'Abandoned' });
  });

  it('refuses the same request twice, but lets waiting become abandoning', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    stop(account, id);
    expect(refusal(() => stop(account, id))).toBe('DuplicatedStopRequestException');
    stop(account, id, { abandon: true });
    expect(execution(account, id).status).toBe('Stopped');
  });

  it('refuses what is no longer in progress', () => {
    const account = pipelineAccount();
    const id = start(account);
    stop(account, id, { abandon: true });
    expect(refusal(() => stop(account, id))).toBe('PipelineExecutionNotStoppableException');
  });

  it.each([
    [true, 'Stopping', 'InProgress'],
    [false, 'Stopped', 'Abandoned'],
  ])('waits for the answer to an open approval: %s, as assumed', (waits, status, approval) => {
    const account = pipelineAccount();
    account.assumptions.stopWaitsForApproval = waits;
    const id = start(account);
    const token = reachApproval(account);
    stop(account, id);
    expect(execution(account, id).status).toBe(status);
    expect(actions(account)[0]).toMatchObject({ actionName: 'ApproveProd', status: approval });
    if (waits) answerApproval(account, token);
    expect(execution(account, id).status).toBe('Stopped');
    expect(account.deployments).toHaveLength(0);
  });

  it('waits for a deployment, whatever is assumed of approvals', () => {
    const account = pipelineAccount();
    account.assumptions.stopWaitsForApproval = false;
    const id = start(account);
    reachDev(account);
    stop(account, id);
    expect(execution(account, id).status).toBe('Stopping');
  });

  it('ends an execution that waits between stages at once', () => {
    const account = pipelineAccount();
    account.call('DisableStageTransition', { pipelineName: shop, stageName: 'Build', transitionType: 'Inbound', reason: 'hold' });
    const id = start(account);
    account.clock.pass(4);
    stop(account, id);
    expect(execution(account, id).status).toBe('Stopped');
    expect(stage(account, 'Build').inboundExecutions).toEqual([]);
  });

  it('closes an open approval when abandoned', () => {
    const account = pipelineAccount();
    const id = start(account);
    const token = reachApproval(account);
    stop(account, id, { abandon: true });
    expect(approvalToken(account)).toBeUndefined();
    expect(refusal(() => answerApproval(account, token))).toBe('InvalidApprovalTokenException');
  });

  it('frees the stage for who waits before it', () => {
    const account = pipelineAccount();
    const first = start(account);
    const second = start(account);
    stop(account, first, { abandon: true });
    expect(stage(account, 'Source').latestExecution.pipelineExecutionId).toBe(second);
  });
});

describe('retrying a stage', () => {
  it('goes on in the same execution, one attempt later', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    account.deployments[0]?.end(false, ['Failed to deploy application.']);
    expect(retry(account, id, 'Dev')).toBe(id);
    expect(execution(account, id).status).toBe('InProgress');
    expect(stage(account, 'Dev').retryStageMetadata).toEqual({ manualStageRetryAttempt: 1, latestRetryTrigger: 'ManualStageRetry' });
    account.deployments[0]?.end(true);
    expect(stage(account, 'Prod').latestExecution.pipelineExecutionId).toBe(id);
    expect(account.events.filter(({ detail }) => detail['state'] === 'RESUMED').map(({ detail }) => detail['pipeline-execution-attempt'])).toEqual([2, 2]);
  });

  it('keeps what succeeded with FAILED_ACTIONS, and asks again with ALL_ACTIONS and a new token', () => {
    const account = pipelineAccount();
    const id = start(account);
    const token = reachApproval(account);
    answerApproval(account, token);
    account.deployments[0]?.end(false, ['no']);
    retry(account, id, 'Prod');
    expect(account.deployments.map(({ environment }) => environment)).toEqual(['shop-prod']);
    account.deployments[0]?.end(false, ['no']);
    retry(account, id, 'Prod', 'ALL_ACTIONS');
    expect(account.deployments).toHaveLength(0);
    expect(approvalToken(account)).toMatch(/^[0-9a-f-]{36}$/);
    expect(approvalToken(account)).not.toBe(token);
    expect(refusal(() => answerApproval(account, token))).toBe('ApprovalAlreadyCompletedException');
  });

  it('gives a rejected approval a new token', () => {
    const account = pipelineAccount();
    const id = start(account);
    const token = reachApproval(account);
    answerApproval(account, token, 'Rejected', 'no');
    retry(account, id, 'Prod');
    expect(approvalToken(account)).not.toBe(token);
    expect(actions(account, { pipelineExecutionId: id }).filter(({ actionName }) => actionName === 'ApproveProd')).toHaveLength(2);
    const latest = actions(account, { latestInPipelineExecution: { pipelineExecutionId: id, startTimeRange: 'Latest' } });
    expect(latest.filter(({ actionName }) => actionName === 'ApproveProd').map(({ status }) => status)).toEqual(['InProgress']);
  });

  it('is refused once another execution has entered the stage', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    account.deployments[0]?.end(false);
    start(account);
    reachDev(account);
    expect(refusal(() => retry(account, id, 'Dev'))).toBe('NotLatestPipelineExecutionException');
  });

  it('is refused for a stage that has not failed, and after the definition changed', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    expect(refusal(() => retry(account, id, 'Source'))).toBe('StageNotRetryableException');
    expect(refusal(() => retry(account, id, 'Dev'))).toBe('StageNotRetryableException');
    account.deployments[0]?.end(false);
    account.call('UpdatePipeline', { pipeline: account.call('GetPipeline', { name: shop }).pipeline });
    expect(refusal(() => retry(account, id, 'Dev'))).toBe('StageNotRetryableException');
  });

  it('takes up a stage that was stopped', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    stop(account, id, { abandon: true });
    retry(account, id, 'Dev');
    expect(account.deployments).toHaveLength(2);
    expect(execution(account, id).status).toBe('InProgress');
  });
});
