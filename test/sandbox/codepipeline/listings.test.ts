import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/pipeline-account.ts';
import { pipelineAccount } from '../support/pipeline-account.ts';
import { actions, answerApproval, execution, reachApproval, reachDev, refusal, shop, stage, start } from '../support/shop-walk.ts';

describe('a start', () => {
  it('with the same client token answers with the first execution, within the window', () => {
    const account = pipelineAccount();
    const first = start(account, { clientRequestToken: 'release-412' });
    expect(start(account, { clientRequestToken: 'release-412' })).toBe(first);
    account.clock.pass(61);
    expect(start(account, { clientRequestToken: 'release-412' })).not.toBe(first);
  });

  it('is missing from get and list for a while, as eventual consistency has it', () => {
    const account = pipelineAccount();
    account.assumptions.executionVisibleAfterMs = 2000;
    const id = start(account);
    expect(refusal(() => execution(account, id))).toBe('PipelineExecutionNotFoundException');
    expect(account.call('ListPipelineExecutions', { pipelineName: shop }).pipelineExecutionSummaries).toEqual([]);
    account.clock.pass(2);
    expect(execution(account, id).status).toBe('InProgress');
  });

  it('says StartPipelineExecution’s own words for an unknown pipeline', () => {
    expect(() => pipelineAccount().call('StartPipelineExecution', { name: 'nope' })).toThrow('Pipeline with name nope does not exist in account 123456789012.');
    expect(() => pipelineAccount().call('GetPipeline', { name: 'nope' })).toThrow("Account '123456789012' does not have a pipeline with name 'nope'");
  });

  it('takes any commit of the repository by a source override, and fails on one it does not have', () => {
    const account = pipelineAccount();
    const older = account.push('Older').id;
    account.push('Newer');
    const override = (revisionValue: string): string => start(account, { sourceRevisions: [{ actionName: 'Source', revisionType: 'COMMIT_ID', revisionValue }] });
    const id = override(older);
    account.clock.pass(4);
    expect(execution(account, id).artifactRevisions[0].revisionId).toBe(older);
    const lost = override('0'.repeat(40));
    account.clock.pass(100);
    expect(execution(account, lost).status).toBe('Failed');
  });

  it.each([
    [{ sourceRevisions: [{ actionName: 'Sauce', revisionType: 'COMMIT_ID', revisionValue: 'x' }] }],
    [{ sourceRevisions: [{ actionName: 'Source', revisionType: 'S3_OBJECT_KEY', revisionValue: 'x' }] }],
    [{ variables: [{ name: 'undeclared', value: 'x' }] }],
  ])('refuses %j', (more) => {
    expect(refusal(() => start(pipelineAccount(), more))).toBe('ValidationException');
  });

  it('resolves variables of the pipeline, of actions and the execution id', () => {
    const account = pipelineAccount({ pipeline: { variables: [{ name: 'why', defaultValue: 'no reason' }] } });
    const { pipeline } = account.call('GetPipeline', { name: shop });
    pipeline.stages[3].actions[0].configuration = { CustomData: '#{variables.why}, #{SourceVariables.CommitMessage}, #{codepipeline.PipelineExecutionId}' };
    account.call('UpdatePipeline', { pipeline });
    const id = start(account, { variables: [{ name: 'why', value: 'because' }] });
    reachApproval(account);
    expect(actions(account)[0].input.resolvedConfiguration).toEqual({ CustomData: `because, Winter prices banner (SHOP-120), ${id}` });
    expect(execution(account, id).variables).toEqual([{ name: 'why', resolvedValue: 'because' }]);
  });
});

const idsOf = (answer: Answer): string[] => answer.pipelineExecutionSummaries.map((each: Answer) => each.pipelineExecutionId);

describe('listings', () => {
  it('page from the newest, and hold their place while more is started', () => {
    const account = pipelineAccount();
    const ids = [1, 2, 3].map(() => {
      account.clock.pass(1);
      return start(account);
    });
    const first = account.call('ListPipelineExecutions', { pipelineName: shop, maxResults: 2 });
    start(account);
    const second = account.call('ListPipelineExecutions', { pipelineName: shop, maxResults: 2, nextToken: first.nextToken });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids.toReversed());
    expect(second.nextToken).toBeUndefined();
  });

  it('refuse a token of another listing, and one made up', () => {
    const account = pipelineAccount();
    start(account);
    start(account);
    const { nextToken } = account.call('ListPipelineExecutions', { pipelineName: shop, maxResults: 1 });
    expect(refusal(() => account.call('ListActionExecutions', { pipelineName: shop, nextToken }))).toBe('InvalidNextTokenException');
    expect(refusal(() => account.call('ListPipelineExecutions', { pipelineName: shop, nextToken: 'abc' }))).toBe('InvalidNextTokenException');
  });

  it('page through action executions too', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachApproval(account);
    const filter = { pipelineExecutionId: id };
    const names: string[] = [];
    for (let nextToken: string | undefined, more = true; more; more = nextToken !== undefined) {
      const answer = account.call('ListActionExecutions', { pipelineName: shop, filter, maxResults: 1, ...(nextToken ? { nextToken } : {}) });
      names.push(...answer.actionExecutionDetails.map((each: Answer) => each.actionName));
      nextToken = answer.nextToken;
    }
    expect(names).toEqual(['ApproveProd', 'DeployDev', 'Build', 'Source']);
  });

  it('know what succeeded in a stage, of the current version only', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachApproval(account);
    const listed = (): string[] => account.call('ListPipelineExecutions', { pipelineName: shop, filter: { succeededInStage: { stageName: 'Dev' } } }).pipelineExecutionSummaries.map((each: Answer) => each.pipelineExecutionId);
    expect(listed()).toEqual([id]);
    account.call('UpdatePipeline', { pipeline: account.call('GetPipeline', { name: shop }).pipeline });
    expect(listed()).toEqual([]);
  });

  it('begin with the past that the seed tells', () => {
    const account = pipelineAccount({ withPast: true });
    const { pipelineExecutionSummaries: all } = account.call('ListPipelineExecutions', { pipelineName: shop });
    expect(all.map((each: Answer) => each.status)).toEqual(['Failed', 'Succeeded', 'Failed', 'Succeeded']);
    expect(all[1].startTime).toBeLessThan(account.clock.now() / 1000 - 3600);
    expect(stage(account, 'Prod').latestExecution.status).toBe('Failed');
    expect(account.call('RollbackStage', { pipelineName: shop, stageName: 'Prod', targetPipelineExecutionId: all[1].pipelineExecutionId }).pipelineExecutionId).toBeTruthy();
    const deploy = actions(account, { pipelineExecutionId: all[1].pipelineExecutionId })[0];
    const { bucket, key } = deploy.input.inputArtifacts[0].s3location;
    expect(account.objects.has(`${bucket}/${key}`)).toBe(true);
  });
});

describe('definitions', () => {
  it('count versions, keep the old ones readable, and cancel what runs', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachApproval(account);
    const { pipeline } = account.call('GetPipeline', { name: shop });
    expect(account.call('UpdatePipeline', { pipeline }).pipeline.version).toBe(pipeline.version + 1);
    expect(execution(account, id).status).toBe('Cancelled');
    expect(account.events.filter(({ detail }) => detail['state'] === 'CANCELED').map(({ detailType }) => detailType.split(' ')[1])).toEqual(['Action', 'Stage', 'Pipeline']);
    expect(account.call('GetPipeline', { name: shop, version: pipeline.version }).pipeline.version).toBe(pipeline.version);
    expect(refusal(() => account.call('GetPipeline', { name: shop, version: 99 }))).toBe('PipelineVersionNotFoundException');
  });

  it('make a pipeline that runs at once, and end with its deletion', () => {
    const account = pipelineAccount();
    const { pipeline } = account.call('GetPipeline', { name: shop });
    account.call('CreatePipeline', { pipeline: { ...pipeline, name: 'copy' } });
    expect(refusal(() => account.call('CreatePipeline', { pipeline: { ...pipeline, name: 'copy' } }))).toBe('PipelineNameInUseException');
    const [first] = account.call('ListPipelineExecutions', { pipelineName: 'copy' }).pipelineExecutionSummaries;
    expect(first.trigger.triggerType).toBe('CreatePipeline');
    expect(account.call('ListPipelines', {}).pipelines.map((each: Answer) => each.name)).toEqual(['copy', 'shop']);
    account.call('DeletePipeline', { name: 'copy' });
    expect(refusal(() => account.call('GetPipelineState', { name: 'copy' }))).toBe('PipelineNotFoundException');
  });

  it('are refused where the sandbox has not built what they need', () => {
    const account = pipelineAccount();
    const { pipeline } = account.call('GetPipeline', { name: shop });
    const changed = (change: (copy: Answer) => void): string => {
      const copy = structuredClone(pipeline);
      change(copy);
      return refusal(() => account.call('UpdatePipeline', { pipeline: copy }));
    };
    expect(changed((copy) => (copy.stages[3].onFailure = { result: 'ROLLBACK' }))).toBe('InvalidStageDeclarationException');
    expect(changed((copy) => (copy.stages[2].actions[0].actionTypeId.provider = 'CodeDeploy'))).toBe('InvalidActionDeclarationException');
    expect(changed((copy) => (copy.stages[2].actions[0].inputArtifacts = [{ name: 'Nothing' }]))).toBe('InvalidStructureException');
    expect(changed((copy) => (copy.stages = copy.stages.slice(0, 1)))).toBe('InvalidStructureException');
    expect(account.call('GetPipeline', { name: shop }).pipeline.version).toBe(pipeline.version);
  });

  it('have no conditions: there is no rule execution, and nothing to override', () => {
    const account = pipelineAccount();
    const id = start(account);
    reachDev(account);
    expect(account.call('ListRuleExecutions', { pipelineName: shop }).ruleExecutionDetails).toEqual([]);
    const override = { pipelineName: shop, stageName: 'Dev', pipelineExecutionId: id, conditionType: 'BEFORE_ENTRY' };
    expect(refusal(() => account.call('OverrideStageCondition', override))).toBe('ConditionNotOverridableException');
  });
});

describe('a failed deployment', () => {
  it('carries Beanstalk’s errors, newest first', () => {
    const account = pipelineAccount();
    const id = start(account);
    answerApproval(account, reachApproval(account));
    account.deployments[0]?.end(false, ['Failed to deploy application.', "Unsuccessful command execution on instance id(s) 'i-1'. Aborting the operation."]);
    const { errorDetails } = stage(account, 'Prod').actionStates[1].latestExecution;
    expect(errorDetails).toEqual({ code: 'JobFailed', message: "Deployment completed, but with errors: Failed to deploy application. Unsuccessful command execution on instance id(s) 'i-1'. Aborting the operation." });
    expect(execution(account, id).status).toBe('Failed');
  });

  it('carries Beanstalk’s words when the environment is busy', async () => {
    const { AwsError } = await import('../../../sandbox/aws/engine/service.ts');
    const account = pipelineAccount();
    account.refuseDeployments = new AwsError('InvalidParameterValue', 'Environment named shop-dev is in an invalid state for this operation. Must be Ready.');
    start(account);
    reachDev(account);
    expect(stage(account, 'Dev').actionStates[0].latestExecution.errorDetails.message).toMatch(/^Environment named shop-dev is in an invalid state for this operation\. Must be Ready\. \(Service: AWSElasticBeanstalk/);
    expect(account.versions).toHaveLength(1);
  });
});
