import { describe, expect, it, jest } from '@jest/globals';
import { ADA, actionStatus } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { WITHOUT_POLICY } from './support/retold-approvals.ts';
import { cancelledInTheBuild, cancelledInTheDeployment, isHeld, revisionDiffers, stoppedAtTheApproval } from './support/retold.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

describe('a release that is stopped, held or overtaken', () => {
  const scene = sceneForEach();

  it('cancelled during the build', async () => {
    const { wanted, found } = await cancelledInTheBuild(scene());
    expect(found).toBe(wanted);
  });

  it('cancelled at the approval, by its number', async () => {
    const { stage, tale } = scene();
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
    const { wanted, found } = await cancelledInTheDeployment(scene());
    expect(found).toBe(wanted);
  });

  it('stopped in the console, by somebody who is named', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    const execution = (await aws.pipeline()).executions.find((one) => one.status === 'InProgress');
    await aws.console('codepipeline', 'StopPipelineExecution', { pipelineName: 'shop', pipelineExecutionId: execution?.id, abandon: true, reason: 'Wrong branch' }, 'stops the execution with “Wrong branch”');
    await stage.headline('shop', 'Stopped by olive');
    const { wanted, found } = await tale.ends('stopped-in-the-console');
    expect(found).toBe(wanted);
  });

  it('stopped in the console, where AWS first waits for the answer to the approval', async () => {
    const { wanted, found } = await stoppedAtTheApproval(scene(), true);
    expect(found).toBe(wanted);
  });

  it('held by a disabled transition, with who and why; then superseded by a newer one', async () => {
    const { stage, aws, tale } = scene();
    await stage.door.post('/speed', { speed: 20 });
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', 'shop → prod');
    await aws.pipelineIs('the build to run', (pipeline) => actionStatus(pipeline, 'Build') === 'InProgress');
    await aws.console('codepipeline', 'DisableStageTransition', { pipelineName: 'shop', stageName: 'Prod', transitionType: 'Inbound', reason: 'Stock-taking until noon' }, 'disables the transition into Prod with “Stock-taking until noon”');
    await stage.door.post('/speed', { speed: 150 });
    await stage.headline('shop', 'Stock-taking');
    await tale.moment('while it is held');
    await aws.push('Fix it better', ADA);
    await stage.headline('shop', 'superseded');
    await aws.console('codepipeline', 'EnableStageTransition', { pipelineName: 'shop', stageName: 'Prod', transitionType: 'Inbound' }, 'enables the transition into Prod');
    await stage.headline('shop', /may .*go on/);
    const { wanted, found } = await tale.ends('held-and-superseded');
    expect(found).toBe(wanted);
  });

  it('of two version deploys at once the second waits for its turn, or leaves the queue', async () => {
    const { stage, aws, tale } = scene();
    await stage.begin(WITHOUT_POLICY);
    const { executions } = await aws.pipeline();
    const oldest = executions.at(-1)?.commit.slice(0, 7) ?? '';
    const hold = await stage.door.post<{ id: string }>('/holds', { service: 'elasticbeanstalk', operation: 'UpdateEnvironment', when: 'before' });
    await stage.person('ada').types('shop', '/deploy prod@dev');
    await isHeld(scene(), 'the first one to go in', hold);
    await stage.person('linus').types('shop', `/deploy prod@${oldest}`);
    await stage.headline('shop', 'in the queue');
    await tale.moment('while the second waits');
    await stage.person('linus').clicks('shop', 'Leave the queue');
    await stage.headline('shop', /\*  cancelled/);
    await stage.person('linus').types('shop', `/deploy prod@${oldest}`);
    await stage.person('min').clicks('shop', 'Tell me when it is my turn');
    await stage.person('min').reads('shop', 'mention you');
    await stage.door.post(`/holds/${hold.id}/release`);
    await stage.headline('shop', /\*  live\n.*SHOP-101/);
    const { wanted, found } = await tale.ends('queue');
    expect(found).toBe(wanted);
  });

  it('stopped by Jack itself when CodePipeline runs another revision than was asked for', async () => {
    const { wanted, found } = await revisionDiffers(scene());
    expect(found).toBe(wanted);
  });

  it('and CloudTrail names who asked and who approved, where Jack has a role to take', async () => {
    const { stage, aws } = scene();
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
