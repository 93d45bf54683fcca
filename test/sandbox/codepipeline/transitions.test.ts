import { describe, expect, it } from '@jest/globals';
import type { PipelineAccount } from '../support/pipeline-account.ts';
import { jack, pipelineAccount } from '../support/pipeline-account.ts';
import { execution, reachApproval, reachDev, refusal, shop, stage, start } from '../support/shop-walk.ts';

function disable(account: PipelineAccount, stageName = 'Prod', transitionType = 'Inbound', reason = 'Jack lock 42 (Ada) until 18.00'): void {
  account.call('DisableStageTransition', { pipelineName: shop, stageName, transitionType, reason });
}

function enable(account: PipelineAccount, stageName = 'Prod', transitionType = 'Inbound'): void {
  account.call('EnableStageTransition', { pipelineName: shop, stageName, transitionType });
}

function reachProdsDoor(account: PipelineAccount): string {
  const id = start(account);
  reachDev(account);
  account.deployments[0]?.end(true);
  return id;
}

describe('a disabled transition', () => {
  it('holds executions before the stage, and shows who, when and why', () => {
    const account = pipelineAccount();
    disable(account);
    const id = reachProdsDoor(account);
    expect(stage(account, 'Prod').inboundExecution.pipelineExecutionId).toBe(id);
    expect(stage(account, 'Prod').latestExecution).toBeUndefined();
    expect(stage(account, 'Prod').inboundTransitionState).toMatchObject({ enabled: false, disabledReason: 'Jack lock 42 (Ada) until 18.00', lastChangedBy: jack });
  });

  it('lets the newest in when it is enabled; the older ones were superseded while they waited', () => {
    const account = pipelineAccount();
    disable(account);
    const older = reachProdsDoor(account);
    const newer = reachProdsDoor(account);
    enable(account);
    expect(execution(account, older).status).toBe('Superseded');
    expect(stage(account, 'Prod').latestExecution.pipelineExecutionId).toBe(newer);
    expect(stage(account, 'Prod').inboundTransitionState.disabledReason).toBeUndefined();
  });

  it('does not stop what is already inside the stage', () => {
    const account = pipelineAccount();
    start(account);
    const token = reachApproval(account);
    disable(account);
    account.call('PutApprovalResult', { pipelineName: shop, stageName: 'Prod', actionName: 'ApproveProd', token, result: { status: 'Approved', summary: '' } });
    expect(account.deployments.map(({ environment }) => environment)).toEqual(['shop-prod']);
  });

  it('may be named as the outbound one of the stage before', () => {
    const account = pipelineAccount();
    disable(account, 'Dev', 'Outbound');
    expect(stage(account, 'Prod').inboundTransitionState.enabled).toBe(false);
    enable(account, 'Prod', 'Inbound');
    expect(stage(account, 'Prod').inboundTransitionState.enabled).toBe(true);
  });

  it.each(['Freeze: release', "don't", 'a, b', '#412', '', 'x'.repeat(301)])('does not take the reason %j', (reason) => {
    const account = pipelineAccount();
    expect(refusal(() => disable(account, 'Prod', 'Inbound', reason))).toBe('ValidationException');
  });

  it('refuses a stage that is not there', () => {
    expect(refusal(() => disable(pipelineAccount(), 'Nowhere'))).toBe('StageNotFoundException');
  });
});
