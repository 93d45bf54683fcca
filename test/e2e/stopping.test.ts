import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ADA, AwsAccount, actionStatus } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { Stage } from './support/stage.ts';
import { Tale } from './support/tale.ts';

jest.setTimeout(60_000);

describe('a release that is stopped, held or overtaken', () => {
  let stage: Stage;
  let aws: AwsAccount;
  let tale: Tale;
  beforeAll(async () => {
    stage = await Stage.open();
    aws = new AwsAccount(stage);
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    await stage.begin(QUICK);
    tale = new Tale(stage);
  });

  it('cancelled during the build', async () => {
    await stage.door.post('/speed', { speed: 20 });
    await stage.person('ada').types('shop', '/deploy prod');
    await aws.pipelineIs('the build to run', (pipeline) => actionStatus(pipeline, 'Build') === 'InProgress');
    await stage.person('linus').clicks('shop', 'Cancel');
    await stage.headline('shop', /\*  cancelled/);
    const { wanted, found } = await tale.ends('cancelled-in-the-build');
    expect(found).toBe(wanted);
  });

  it('cancelled at the approval, by its number', async () => {
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.person('gus').types('shop', '/deploy cancel #1');
    await stage.person('gus').reads('shop', 'viewer');
    await stage.person('ada').types('shop', '/deploy cancel #1');
    await stage.headline('shop', /\*  cancelled/);
    await stage.person('ada').types('shop', '/deploy cancel 1');
    await stage.person('ada').reads('shop', 'is over');
    await stage.person('ada').types('shop', '/deploy cancel 17');
    await stage.person('ada').reads('shop', '17');
    const { wanted, found } = await tale.ends('cancelled-at-the-approval');
    expect(found).toBe(wanted);
  });

  it('cancelled while it is being deployed, which may leave mixed versions', async () => {
    await stage.door.post('/speed', { speed: 40 });
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await aws.environmentIs('the first batch to be done', 'shop-prod', (environment) => environment.status === 'Updating' && new Set(environment.instances.map((one) => one.version)).size > 1);
    await stage.person('ada').clicks('shop', 'Cancel');
    await stage.headline('shop', /\*  (cancelled|mixed versions|failed)/);
    const { wanted, found } = await tale.ends('cancelled-in-the-deployment');
    expect(found).toBe(wanted);
  });

  it('stopped in the console, by somebody who is named', async () => {
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    const execution = (await aws.pipeline()).executions.find((one) => one.status === 'InProgress');
    await aws.console('codepipeline', 'StopPipelineExecution', { pipelineName: 'shop', pipelineExecutionId: execution?.id, abandon: true, reason: 'Wrong branch' }, 'stops the execution with “Wrong branch”');
    await stage.headline('shop', /\*  cancelled/);
    const { wanted, found } = await tale.ends('stopped-in-the-console');
    expect(found).toBe(wanted);
  });

  it('held by a disabled transition, with who and why; then superseded by a newer one', async () => {
    await aws.console('codepipeline', 'DisableStageTransition', { pipelineName: 'shop', stageName: 'Prod', transitionType: 'Inbound', reason: 'Stock-taking until noon' }, 'disables the transition into Prod with “Stock-taking until noon”');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', 'Stock-taking');
    await tale.moment('while it is held');
    await aws.push('Fix it better', ADA);
    await stage.headline('shop', 'superseded');
    await aws.console('codepipeline', 'EnableStageTransition', { pipelineName: 'shop', stageName: 'Prod', transitionType: 'Inbound' }, 'enables the transition into Prod');
    await stage.headline('shop', /may .*go on/);
    const { wanted, found } = await tale.ends('held-and-superseded');
    expect(found).toBe(wanted);
  });

  it('of two version deploys at once the second waits for its turn', async () => {
    await stage.begin(QUICK.replace(/approval: \{ from: \[S0APPROVE1[^}]*\}, /, ''));
    const [newest, older] = ['dev', ''];
    const state = await stage.door.get<{ environments: readonly { name: string; version: string }[] }>('/aws/state');
    expect([newest, older, state.environments.length > 0]).toEqual(['dev', '', true]);
    await stage.door.post('/speed', { speed: 40 });
    await stage.person('ada').types('shop', '/deploy prod@dev');
    await aws.environmentIs('the first one to be at work', 'shop-prod', (environment) => environment.status === 'Updating');
    const versions = await versionsOf(stage);
    const other = versions.find((label) => !state.environments.some((one) => one.version === label)) ?? '';
    await stage.person('linus').types('shop', `/deploy prod@${other}`);
    await stage.headline('shop', 'in the queue');
    await stage.headline('shop', /\*  live\n.*Round|\*  live\n.*SHOP-1[01]/);
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('queue');
    expect(found).toBe(wanted);
  });
});

async function versionsOf(stage: Stage): Promise<readonly string[]> {
  const answer = await stage.door.post<{ ApplicationVersions?: readonly { VersionLabel: string }[] }>('/aws/console', { as: 'olive', service: 'elasticbeanstalk', operation: 'DescribeApplicationVersions', input: { ApplicationName: 'shop' } });
  return (answer.ApplicationVersions ?? []).map((version) => version.VersionLabel);
}
