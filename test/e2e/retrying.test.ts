import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AwsAccount } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { Stage } from './support/stage.ts';
import { Tale } from './support/tale.ts';

jest.setTimeout(60_000);

describe('a stage that is retried in the console', () => {
  let stage: Stage;
  let aws: AwsAccount;
  beforeAll(async () => {
    stage = await Stage.open();
    aws = new AwsAccount(stage);
  });
  afterAll(() => stage.close());
  beforeEach(() => stage.begin(QUICK));

  it('is the next attempt of the same release, in the same thread, with a new approval', async () => {
    const tale = new Tale(stage);
    await stage.person('ada').types('shop', '/deploy prod');
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Reject');
    await grace.submits(await grace.form('reject'), { reason: { 'reject.reason': 'Not yet' } });
    await stage.headline('shop', /\*  rejected/);
    await tale.moment('after the first attempt');
    const { executions } = await aws.pipeline();
    const pipelineExecutionId = executions[0]?.id;
    await aws.console('codepipeline', 'RetryStageExecution', { pipelineName: 'shop', stageName: 'Prod', pipelineExecutionId, retryMode: 'FAILED_ACTIONS' }, 'retries the stage Prod');
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('retried-in-the-console');
    expect(found).toBe(wanted);
  });
});
