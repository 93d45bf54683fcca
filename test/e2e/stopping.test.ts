import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ADA, AwsAccount, actionStatus } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { until } from './support/door.ts';
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
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.door.post('/speed', { speed: 15 });
    await stage.person('grace').clicks('shop', 'Approve');
    await aws.halfway('shop-prod');
    await stage.door.post('/speed', { speed: 150 });
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
    await stage.headline('shop', 'Stopped by olive');
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
    const { executions } = await aws.pipeline();
    const oldest = executions.at(-1)?.commit.slice(0, 7) ?? '';
    const hold = await stage.door.post<{ id: string }>('/holds', { service: 'elasticbeanstalk', operation: 'UpdateEnvironment', when: 'before' });
    await stage.person('ada').types('shop', '/deploy prod@dev');
    await until('the first one to go in', async () => ((await stage.door.get<{ state: string }>(`/holds/${hold.id}?wait=500`)).state === 'held' ? true : undefined));
    await stage.person('linus').types('shop', `/deploy prod@${oldest}`);
    await stage.headline('shop', 'in the queue');
    await tale.moment('while the second waits');
    await stage.door.post(`/holds/${hold.id}/release`);
    await stage.headline('shop', /\*  live\n.*SHOP-101/);
    const { wanted, found } = await tale.ends('queue');
    expect(found).toBe(wanted);
  });

  it('stopped by Jack itself when CodePipeline runs another revision than was asked for', async () => {
    const { executions } = await aws.pipeline();
    const unbuilt = executions.find((one) => one.status === 'Failed' && one.message.includes('SHOP-114'))?.commit ?? '';
    const hold = await stage.door.post<{ id: string }>('/holds', { service: 'codepipeline', operation: 'StartPipelineExecution', when: 'before' });
    await stage.person('ada').types('shop', `/deploy prod@${unbuilt.slice(0, 7)}`);
    await until('the start to be on its way', async () => ((await stage.door.get<{ state: string }>(`/holds/${hold.id}?wait=500`)).state === 'held' ? true : undefined));
    await stage.door.post('/speed', { speed: 2 });
    await stage.door.post('/aws/console', { as: 'jack', service: 'codepipeline', operation: 'StartPipelineExecution', input: { name: 'shop' } });
    await stage.door.post(`/holds/${hold.id}/release`, { fault: { kind: 'drop' } });
    await stage.headline('shop', /\*  cancelled/);
    const { wanted, found } = await tale.ends('revision-differs');
    expect(found).toBe(wanted);
  });

  it('and CloudTrail names who asked and who approved, where Jack has a role to take', async () => {
    await stage.begin(QUICK.replace('region: us-east-1', 'region: us-east-1\n    role: arn:aws:iam::123456789012:role/jack'));
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const named: string[] = [];
    for (const name of ['StartPipelineExecution', 'PutApprovalResult']) {
      const { Events } = await aws.look<{ Events?: readonly { EventName: string; CloudTrailEvent: string }[] }>('cloudtrail', 'LookupEvents', { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }] });
      named.push(...(Events ?? []).map((event) => `${event.EventName} by ${/"arn":"([^"]+)"/.exec(event.CloudTrailEvent)?.[1] ?? 'nobody'}`));
    }
    expect(named).toEqual([
      expect.stringMatching(/^StartPipelineExecution by arn:aws:sts::123456789012:assumed-role\/jack\/.*U0ADA00001/),
      expect.stringMatching(/^PutApprovalResult by arn:aws:sts::123456789012:assumed-role\/jack\/.*U0GRACE001/),
    ]);
  });
});
