import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/pipeline-account.ts';
import { pipelineAccount } from '../support/pipeline-account.ts';
import { answerApproval, approvalToken, execution, reachApproval, reachDev, refusal, shop, stage, start } from '../support/shop-walk.ts';

describe('SUPERSEDED', () => {
  it('lets one execution into a stage, and the newest of those that wait before it', () => {
    const account = pipelineAccount();
    const first = start(account);
    reachApproval(account);
    const second = start(account);
    reachDev(account);
    account.deployments[0]?.end(true);
    expect(stage(account, 'Prod').inboundExecutions.map((each: Answer) => each.pipelineExecutionId)).toEqual([second]);
    const third = start(account);
    reachDev(account);
    account.deployments[0]?.end(true);
    expect(execution(account, second).status).toBe('Superseded');
    expect(stage(account, 'Prod').inboundExecution.pipelineExecutionId).toBe(third);
    expect(execution(account, first).status).toBe('InProgress');
  });

  it('does not supersede an execution that waits inside a stage on its approval', () => {
    const account = pipelineAccount();
    const first = start(account);
    const token = reachApproval(account);
    start(account);
    reachDev(account);
    account.deployments[0]?.end(true);
    expect(approvalToken(account)).toBe(token);
    expect(stage(account, 'Prod').latestExecution.pipelineExecutionId).toBe(first);
  });

  it('lets the waiting one in as soon as the stage is free, also after a rejection', () => {
    const account = pipelineAccount();
    const first = start(account);
    const token = reachApproval(account);
    const second = start(account);
    reachDev(account);
    account.deployments[0]?.end(true);
    answerApproval(account, token, 'Rejected', 'no');
    expect(execution(account, first).status).toBe('Failed');
    expect(stage(account, 'Prod').latestExecution).toEqual({ pipelineExecutionId: second, status: 'InProgress', type: 'STANDARD' });
    expect(approvalToken(account)).not.toBe(token);
  });

  it('tells SUPERSEDED to EventBridge for the pipeline alone', () => {
    const account = pipelineAccount();
    start(account);
    start(account);
    start(account);
    const told = account.events.filter(({ detail }) => detail['state'] === 'SUPERSEDED');
    expect(told.map(({ detailType }) => detailType)).toEqual(['CodePipeline Pipeline Execution State Change']);
  });
});

describe('QUEUED', () => {
  it('keeps everybody, in order', () => {
    const account = pipelineAccount({ pipeline: { executionMode: 'QUEUED' } });
    const [first, second, third] = [start(account), start(account), start(account)];
    expect(stage(account, 'Source').inboundExecutions.map((each: Answer) => each.pipelineExecutionId)).toEqual([second, third]);
    account.clock.pass(4);
    expect(stage(account, 'Source').latestExecution.pipelineExecutionId).toBe(second);
    expect(stage(account, 'Build').latestExecution.pipelineExecutionId).toBe(first);
    account.clock.pass(9);
    expect(stage(account, 'Build').inboundExecutions.map((each: Answer) => each.pipelineExecutionId)).toEqual([second, third]);
    expect([second, third].map((id) => execution(account, id).status)).toEqual(['InProgress', 'InProgress']);
  });

  it('refuses more than fifty at a time', () => {
    const account = pipelineAccount({ pipeline: { executionMode: 'QUEUED' } });
    for (let n = 0; n < 50; n += 1) start(account);
    expect(refusal(() => start(account))).toBe('ConcurrentPipelineExecutionsLimitExceededException');
  });
});

describe('PARALLEL', () => {
  const parallel = { pipeline: { executionMode: 'PARALLEL' } } as const;

  it('runs executions side by side', () => {
    const account = pipelineAccount(parallel);
    start(account);
    start(account);
    reachDev(account);
    expect(account.deployments.map(({ environment }) => environment)).toEqual(['shop-dev', 'shop-dev']);
  });

  it('has no token in the state; the approval’s external execution id answers it', () => {
    const account = pipelineAccount(parallel);
    const id = start(account);
    expect(reachApproval(account)).toBeUndefined();
    const [action] = account.call('ListActionExecutions', { pipelineName: shop, filter: { pipelineExecutionId: id } }).actionExecutionDetails;
    answerApproval(account, action.output.executionResult.externalExecutionId);
    expect(account.deployments.map(({ environment }) => environment)).toEqual(['shop-prod']);
  });

  it('keeps each execution’s own approval apart', () => {
    const account = pipelineAccount(parallel);
    const [first, second] = [start(account), start(account)];
    reachDev(account);
    for (const deployment of account.deployments.slice()) deployment.end(true);
    const approvalOf = (id: string): string => account.call('ListActionExecutions', { pipelineName: shop, filter: { pipelineExecutionId: id } }).actionExecutionDetails[0].output.executionResult.externalExecutionId;
    answerApproval(account, approvalOf(second), 'Rejected', 'not this');
    expect([first, second].map((id) => execution(account, id).status)).toEqual(['InProgress', 'Failed']);
  });

  it('cannot roll back a stage', () => {
    const account = pipelineAccount(parallel);
    const id = start(account);
    expect(refusal(() => account.call('RollbackStage', { pipelineName: shop, stageName: 'Prod', targetPipelineExecutionId: id }))).toBe('UnableToRollbackStageException');
  });

  it('takes the pushed commit of a connection, though a newer one came before the fetch', () => {
    const account = pipelineAccount({ api: true });
    const pushed = account.push('First');
    account.clock.pass(2);
    account.push('Second');
    account.clock.pass(4);
    const { pipelineExecutionSummaries: all } = account.call('ListPipelineExecutions', { pipelineName: 'api' });
    const first = all.at(-1);
    expect(first.trigger).toMatchObject({ triggerType: 'WebhookV2', triggerDetail: expect.stringContaining(':connection/') });
    expect(first.sourceRevisions[0].revisionId).toBe(pushed.id);
    expect(JSON.parse(first.sourceRevisions[0].revisionSummary)).toEqual({ ProviderType: 'GitHub', CommitMessage: 'First' });
  });
});
