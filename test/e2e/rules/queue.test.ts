import { describe, expect, it, jest } from '@jest/globals';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

describe('of three releases that wait for one environment', () => {
  const scene = sceneForEach();

  it('one leaves, one is stopped in the console, and the last is told its place and its turn', async () => {
    const { stage, aws, tale } = scene();
    const [ada, grace, min] = ['ada', 'grace', 'min'].map((name) => stage.person(name));
    if (!ada || !grace || !min) throw new Error('somebody is missing');
    const oldest = (await aws.pipeline()).executions.at(-1)?.commit.slice(0, 7) ?? '';
    const { version } = await aws.environment('shop-dev');
    await aws.beginsMaintenance('shop-prod');
    await aws.push('Fix the basket');
    await stage.headline('shop', /waiting for approval\n.*Fix the basket/);
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', /until the environment is Ready/);
    await ada.types('shop', `/deploy prod@${oldest}`);
    await stage.headline('shop', /may .*go on\?\n.*SHOP-101/);
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', /place 1, behind #1/);
    await ada.types('shop', `/deploy prod@${version}`);
    await stage.headline('shop', /may .*go on\?\n.*SHOP-120/);
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', /place 2, behind #1 and 1 more/);
    await min.clicks('shop', 'Tell me when it is my turn');
    await min.reads('shop', 'mention you');
    await tale.moment('while they wait');
    await ada.types('shop', '/deploy cancel #2');
    await ada.reads('shop', 'leaving the queue');
    await stage.headline('shop', /\*  cancelled\n.*SHOP-101/);
    await stage.headline('shop', /place 1, behind #1\n.*SHOP-120/);
    const running = (await aws.pipeline()).executions.find((one) => one.status === 'InProgress');
    await aws.console('codepipeline', 'StopPipelineExecution', { pipelineName: 'shop', pipelineExecutionId: running?.id, abandon: true, reason: 'Not today' }, 'stops and abandons the execution of #1 with “Not today”');
    await stage.headline('shop', 'Stopped by olive');
    await min.reads('shop', 'it is the turn of #3');
    await stage.headline('shop', /until the environment is Ready.*\n.*SHOP-120/);
    await tale.moment('when the others are gone');
    await aws.endsMaintenance('shop-prod');
    await stage.headline('shop', /\*  live\n.*SHOP-120/);
    const { wanted, found } = await tale.ends('queue-of-three');
    expect(found).toBe(wanted);
  });
});
