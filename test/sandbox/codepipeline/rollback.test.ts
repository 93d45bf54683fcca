import { describe, expect, it } from '@jest/globals';
import type { PipelineAccount } from '../support/pipeline-account.ts';
import { jack, pipelineAccount } from '../support/pipeline-account.ts';
import { actions, answerApproval, approvalToken, execution, reachApproval, refusal, shop, stage, start } from '../support/shop-walk.ts';

function ship(account: PipelineAccount): string {
  const id = start(account);
  answerApproval(account, reachApproval(account));
  account.deployments[0]?.end(true);
  return id;
}

function rollBack(account: PipelineAccount, targetPipelineExecutionId: string, stageName = 'Prod'): string {
  return account.call('RollbackStage', { pipelineName: shop, stageName, targetPipelineExecutionId }).pipelineExecutionId;
}

function why(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
  return 'not refused';
}

describe('rolling a stage back', () => {
  it('is a new execution of this stage alone, with the artifacts of its target', () => {
    const account = pipelineAccount();
    const target = ship(account);
    account.push('Worse');
    account.clock.pass(2);
    reachApproval(account);
    answerApproval(account, approvalToken(account));
    account.deployments[0]?.end(false, ['Failed to deploy application.']);
    const id = rollBack(account, target);
    expect(execution(account, id)).toMatchObject({ executionType: 'ROLLBACK', status: 'InProgress', rollbackMetadata: { rollbackTargetPipelineExecutionId: target }, trigger: { triggerType: 'ManualRollback', triggerDetail: jack } });
    expect(stage(account, 'Prod').latestExecution).toEqual({ pipelineExecutionId: id, status: 'InProgress', type: 'ROLLBACK' });
    answerApproval(account, approvalToken(account));
    const inputOf = (of: string): unknown => actions(account, { pipelineExecutionId: of }).find(({ actionName }) => actionName === 'DeployProd').input.inputArtifacts;
    expect(inputOf(id)).toEqual(inputOf(target));
    account.deployments[0]?.end(true);
    expect(execution(account, id)).toMatchObject({ status: 'Succeeded', artifactRevisions: execution(account, target).artifactRevisions });
  });

  it('does not go back to what has not succeeded there, to a rollback, to another version, or in the source stage', () => {
    const account = pipelineAccount();
    const target = ship(account);
    const failed = start(account);
    answerApproval(account, reachApproval(account), 'Rejected', 'no');
    expect(why(() => rollBack(account, failed))).toMatch(/^UnableToRollbackStageException: .*has not succeeded in this stage/);
    expect(why(() => rollBack(account, target, 'Source'))).toMatch(/source stage/);
    const rollback = rollBack(account, target);
    answerApproval(account, approvalToken(account));
    account.deployments[0]?.end(true);
    expect(why(() => rollBack(account, rollback))).toMatch(/itself a rollback/);
    account.call('UpdatePipeline', { pipeline: account.call('GetPipeline', { name: shop }).pipeline });
    expect(why(() => rollBack(account, target))).toMatch(/version has changed/);
  });

  it('does not start while the stage is running, and knows its executions', () => {
    const account = pipelineAccount();
    const target = ship(account);
    start(account);
    reachApproval(account);
    expect(why(() => rollBack(account, target))).toMatch(/currently running/);
    expect(refusal(() => rollBack(account, '00000000-0000-4000-8000-000000000000'))).toBe('PipelineExecutionNotFoundException');
  });

  it.each([true, false])('crosses a disabled transition: %s, as assumed', (crosses) => {
    const account = pipelineAccount();
    account.assumptions.rollbackCrossesDisabledTransition = crosses;
    const target = ship(account);
    account.call('DisableStageTransition', { pipelineName: shop, stageName: 'Prod', transitionType: 'Inbound', reason: 'lock' });
    const id = rollBack(account, target);
    const prod = stage(account, 'Prod');
    expect(crosses ? prod.latestExecution.pipelineExecutionId : prod.inboundExecution.pipelineExecutionId).toBe(id);
  });
});
