import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { Answer } from '../support/pipeline-account.ts';
import { jack, pipelineAccount } from '../support/pipeline-account.ts';
import { actions, answerApproval, execution, reachApproval, reachDev, shop, stage, start } from '../support/shop-walk.ts';

describe('an execution from source to production', () => {
  it('goes through source, build, dev, approval and prod, and succeeds', () => {
    const account = pipelineAccount();
    const id = start(account);
    expect(stage(account, 'Source').latestExecution).toEqual({ pipelineExecutionId: id, status: 'InProgress', type: 'STANDARD' });
    reachDev(account);
    expect(account.deployments.map(({ environment }) => environment)).toEqual(['shop-dev']);
    account.deployments[0]?.end(true);
    const token = stage(account, 'Prod').actionStates[0].latestExecution.token;
    expect(answerApproval(account, token, 'Approved', 'looks right').approvedAt).toBe(account.clock.now() / 1000);
    expect(account.deployments.map(({ environment }) => environment)).toEqual(['shop-prod']);
    account.deployments[0]?.end(true);
    expect(execution(account, id).status).toBe('Succeeded');
  });

  it('names the starter as the trigger, and the commit in both forms', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachApproval(account);
    const found = execution(account, id);
    expect(found.trigger).toEqual({ triggerType: 'StartPipelineExecution', triggerDetail: jack });
    expect(found.artifactRevisions[0]).toMatchObject({ name: 'SourceOutput', revisionSummary: 'Winter prices banner (SHOP-120)' });
    const [summary] = account.call('ListPipelineExecutions', { pipelineName: shop }).pipelineExecutionSummaries;
    expect(summary.sourceRevisions[0]).toMatchObject({ actionName: 'Source', revisionId: found.artifactRevisions[0].revisionId });
  });

  it('says who answered the approval, and with which words', () => {
    const account = pipelineAccount();
    start(account);
    answerApproval(account, reachApproval(account), 'Approved', 'Release #7 by Grace');
    expect(stage(account, 'Prod').actionStates[0].latestExecution).toMatchObject({ status: 'Succeeded', summary: 'Release #7 by Grace', lastUpdatedBy: jack });
    expect(stage(account, 'Prod').actionStates[0].latestExecution.token).toBeUndefined();
    expect(actions(account)[1]).toMatchObject({ actionName: 'ApproveProd', updatedBy: jack, output: { executionResult: { externalExecutionSummary: 'Release #7 by Grace' } } });
  });

  it('puts every output artifact into the bucket and hands it on', () => {
    const account = pipelineAccount();
    start(account);
    reachDev(account);
    const deploy = actions(account).find((each: Answer) => each.actionName === 'DeployDev');
    const [input] = deploy.input.inputArtifacts;
    expect(input.s3location.key).toMatch(/^shop\/BuildOutpu\/[A-Za-z0-9]{7}$/);
    const zip = unzipSync(account.objects.get(`${input.s3location.bucket}/${input.s3location.key}`) ?? new Uint8Array());
    expect(strFromU8(zip['Procfile'] ?? new Uint8Array())).toBe('web: npm start\n');
  });

  it('labels the version as CodePipeline does for a build artifact', () => {
    const account = pipelineAccount();
    start(account);
    reachDev(account);
    expect(account.versions[0]).toMatch(/^code-pipeline-\d{13}-BuildOutput-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });

  it('labels the version by the commit when a source artifact is deployed', () => {
    const account = pipelineAccount();
    const { pipeline } = account.call('GetPipeline', { name: shop });
    const stages = pipeline.stages.filter((each: Answer) => each.name !== 'Build').map((each: Answer) => ({ ...each, actions: each.actions.map((action: Answer) => ({ ...action, inputArtifacts: action.actionTypeId.category === 'Deploy' ? [{ name: 'SourceOutput' }] : [] })) }));
    account.call('UpdatePipeline', { pipeline: { ...pipeline, stages } });
    start(account);
    account.clock.pass(4);
    expect(account.versions[0]).toMatch(/^code-pipeline-\d{13}-[0-9a-f]{40}$/);
  });

  it('tells EventBridge in order, with the trigger on STARTED alone and never a token', () => {
    const account = pipelineAccount();
    start(account);
    reachApproval(account);
    const told = account.events.filter(({ detailType }) => detailType.startsWith('CodePipeline'));
    expect(told.slice(0, 4).map(({ detailType, detail }) => [detailType.split(' ')[1], detail['state']])).toEqual([['Pipeline', 'STARTED'], ['Stage', 'STARTED'], ['Action', 'STARTED'], ['Action', 'SUCCEEDED']]);
    expect(told[0]?.detail['execution-trigger']).toEqual({ 'trigger-type': 'StartPipelineExecution', 'trigger-detail': jack });
    expect(told.filter(({ detail }) => 'execution-trigger' in detail)).toHaveLength(1);
    const asked = told.find(({ detail }) => detail['action'] === 'ApproveProd');
    expect(asked?.detail).toMatchObject({ state: 'STARTED', type: { category: 'Approval' } });
    expect(JSON.stringify(asked)).not.toContain('token');
  });

  it('shows stages not yet reached without an execution', () => {
    const account = pipelineAccount();
    start(account);
    expect(stage(account, 'Prod').latestExecution).toBeUndefined();
    expect(Object.keys(stage(account, 'Prod').actionStates[0])).toEqual(['actionName']);
  });

  it('starts on a push, with the rule that saw it as the trigger', () => {
    const account = pipelineAccount();
    const commit = account.push('Two words');
    account.clock.pass(2);
    account.clock.pass(4);
    const [summary] = account.call('ListPipelineExecutions', { pipelineName: shop }).pipelineExecutionSummaries;
    expect(summary.trigger.triggerType).toBe('CloudWatchEvent');
    expect(summary.sourceRevisions[0].revisionId).toBe(commit.id);
  });

  it('shows the page what waits, with the token of the approval', () => {
    const account = pipelineAccount();
    const id = start(account);
    const token = reachApproval(account);
    const [pipeline] = account.state().pipelines;
    expect(pipeline.stages[3]).toMatchObject({ name: 'Prod', execution: id, status: 'InProgress' });
    expect(pipeline.stages[3].actions[0]).toMatchObject({ name: 'ApproveProd', status: 'InProgress', token });
    expect(pipeline.executions[0]).toMatchObject({ id, author: 'Ada Lovelace', message: 'Winter prices banner (SHOP-120)' });
  });
});
