import { describe, expect, it } from '@jest/globals';
import { jack, pipelineAccount } from '../support/pipeline-account.ts';
import { actions, answerApproval, approvalToken, execution, reachApproval, refusal, shop, stage, start } from '../support/shop-walk.ts';

const other = '00000000-0000-4000-8000-000000000000';

describe('a manual approval', () => {
  it('fails its stage when rejected, with the reason and without an error', () => {
    const account = pipelineAccount();
    const id = start(account);
    answerApproval(account, reachApproval(account), 'Rejected', 'Not on a Friday');
    expect(execution(account, id).status).toBe('Failed');
    const { latestExecution } = stage(account, 'Prod').actionStates[0];
    expect(latestExecution).toMatchObject({ status: 'Failed', summary: 'Not on a Friday' });
    expect(latestExecution.errorDetails).toBeUndefined();
  });

  it('is answered once: the second answer is refused and changes nothing', () => {
    const account = pipelineAccount();
    start(account);
    const token = reachApproval(account);
    answerApproval(account, token);
    expect(refusal(() => answerApproval(account, token, 'Rejected'))).toBe('ApprovalAlreadyCompletedException');
    expect(stage(account, 'Prod').actionStates[0].latestExecution.status).toBe('Succeeded');
  });

  it.each([
    [true, 'ApprovalAlreadyCompletedException', 'InvalidApprovalTokenException'],
    [false, 'InvalidApprovalTokenException', 'ApprovalAlreadyCompletedException'],
  ])('tells an answered token from an expired one, as assumed: %s', (assumed, answered, expired) => {
    const account = pipelineAccount({ approvalTimeoutSeconds: 3 });
    account.assumptions.answeredTokenIsCompleted = assumed;
    const id = start(account);
    const first = reachApproval(account);
    answerApproval(account, first, 'Rejected');
    account.call('RetryStageExecution', { pipelineName: shop, stageName: 'Prod', pipelineExecutionId: id, retryMode: 'FAILED_ACTIONS' });
    const second = approvalToken(account);
    account.clock.pass(3);
    expect(refusal(() => answerApproval(account, first))).toBe(answered);
    expect(refusal(() => answerApproval(account, second))).toBe(expired);
  });

  it('makes a rejection an error of the action too, where that is assumed', () => {
    const account = pipelineAccount();
    account.assumptions.rejectionIsAnError = true;
    start(account);
    answerApproval(account, reachApproval(account), 'Rejected', 'Not on a Friday');
    const { latestExecution } = stage(account, 'Prod').actionStates[0];
    expect(latestExecution).toMatchObject({ status: 'Failed', summary: 'Not on a Friday', lastUpdatedBy: jack, errorDetails: { code: 'JobFailed', message: expect.stringContaining('Not on a Friday') } });
  });

  it.each([true, false])('names the pipeline’s role when it expired: %s, as assumed', (names) => {
    const account = pipelineAccount({ approvalTimeoutSeconds: 3 });
    account.assumptions.expiredApprovalNamesRole = names;
    start(account);
    reachApproval(account);
    account.clock.pass(3);
    const [approval] = actions(account);
    expect(approval).toMatchObject({ actionName: 'ApproveProd', status: 'Failed', output: { executionResult: { errorDetails: { code: 'JobFailed' } } } });
    expect('updatedBy' in approval).toBe(names);
    expect('lastUpdatedBy' in stage(account, 'Prod').actionStates[0].latestExecution).toBe(names);
  });

  it('refuses a token that never was', () => {
    const account = pipelineAccount();
    start(account);
    reachApproval(account);
    expect(refusal(() => answerApproval(account, other))).toBe('InvalidApprovalTokenException');
  });

  it('refuses a token that is none, before it looks at it', () => {
    const account = pipelineAccount();
    expect(() => answerApproval(account, 'NOT-A-TOKEN')).toThrow(/at 'token' failed to satisfy constraint: Member must satisfy regular expression pattern/);
  });

  it('refuses a summary over 512 characters', () => {
    const account = pipelineAccount();
    expect(() => answerApproval(account, other, 'Approved', 'x'.repeat(513))).toThrow(/length less than or equal to 512/);
  });

  it.each([
    ['a pipeline', { pipelineName: 'nope' }, 'PipelineNotFoundException'],
    ['a stage', { stageName: 'nope' }, 'StageNotFoundException'],
    ['an action', { actionName: 'nope' }, 'ActionNotFoundException'],
    ['an approval', { actionName: 'DeployProd' }, 'ActionNotFoundException'],
  ])('refuses what is not %s', (_, wrong, code) => {
    const account = pipelineAccount();
    const right = { pipelineName: shop, stageName: 'Prod', actionName: 'ApproveProd', token: other, result: { status: 'Approved', summary: '' } };
    expect(refusal(() => account.call('PutApprovalResult', { ...right, ...wrong }))).toBe(code);
  });

  it('expires after the time that the definition gives, whatever the speed', () => {
    const account = pipelineAccount();
    const { pipeline } = account.call('GetPipeline', { name: shop });
    pipeline.stages[3].actions[0].timeoutInMinutes = 5;
    account.call('UpdatePipeline', { pipeline });
    account.clock.setSpeed(100);
    const id = start(account);
    const token = reachApproval(account);
    account.clock.pass(150);
    expect(approvalToken(account)).toBe(token);
    account.clock.pass(151);
    expect(execution(account, id).status).toBe('Failed');
    expect(refusal(() => answerApproval(account, token))).toBe('InvalidApprovalTokenException');
  });

  it('expires after seven days where the definition is silent', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachApproval(account);
    account.clock.pass(7 * 24 * 3600 - 60);
    expect(execution(account, id).status).toBe('InProgress');
    account.clock.pass(100);
    expect(execution(account, id).status).toBe('Failed');
  });

  it('expires after the seconds that the seed gives for a test', () => {
    const account = pipelineAccount({ approvalTimeoutSeconds: 3 });
    const id = start(account);
    reachApproval(account);
    account.clock.pass(3);
    expect(execution(account, id).status).toBe('Failed');
  });
});
