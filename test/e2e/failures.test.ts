import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AwsAccount } from './support/account.ts';
import { QUICK } from './support/cast.ts';
import { Stage } from './support/stage.ts';
import { Tale } from './support/tale.ts';

jest.setTimeout(60_000);

describe('a release that fails says why', () => {
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

  it.each(['tests-failed', 'build-command-failed'])('in the build: %s, with the end of its log', async (mishap) => {
    await aws.mishap(mishap, 'shop-build');
    await aws.push('Round totals');
    await stage.headline('shop', /\*  failed/);
    const { wanted, found } = await tale.ends(mishap);
    expect(found).toBe(wanted);
  });

  it.each([
    ['deploy-hook-failed', true],
    ['deploy-hook-failed', false],
    ['deploy-instance-failed', true],
    ['deploy-instance-failed', false],
  ])('in the deployment: %s, where the environment takes the label of a failed deployment: %s', async (mishap, takes) => {
    await aws.assume({ environmentTakesLabelOfFailedDeploy: takes });
    await aws.mishap(mishap, 'shop-prod');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /\*  (failed|mixed versions)/);
    const { wanted, found } = await tale.ends(`${mishap}${takes ? '' : '-label-kept'}`);
    expect(found).toBe(wanted);
  });

  it('in the deployment to an environment on its way', async () => {
    await aws.mishap('deploy-hook-failed', 'shop-dev');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /\*  failed/);
    const { wanted, found } = await tale.ends('fails-on-the-way');
    expect(found).toBe(wanted);
  });

  it('after the deployment: it succeeded, and health is bad', async () => {
    await stage.begin();
    await aws.mishap('deploy-app-port', 'shop-prod');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', 'not verified');
    const { wanted, found } = await tale.ends('live-but-sick');
    expect(found).toBe(wanted);
  });
});
