import { describe, expect, it, jest } from '@jest/globals';
import { sceneForEach } from './support/scene.ts';
import { CONFIG } from './support/stage.ts';

jest.setTimeout(60_000);

describe('a release that fails says why', () => {
  const scene = sceneForEach();

  it.each(['tests-failed', 'build-command-failed'])('in the build: %s, with the end of its log', async (mishap) => {
    const { stage, aws, tale } = scene();
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
    const { stage, aws, tale } = scene();
    await aws.assume({ environmentTakesLabelOfFailedDeploy: takes });
    await aws.mishap(mishap, 'shop-prod');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /\*  (failed|mixed versions)/);
    const { wanted, found } = await tale.ends(`${mishap}${takes ? '' : '-label-kept'}`);
    expect(found).toBe(wanted);
  });

  it('in the deployment to an environment on its way', async () => {
    const { stage, aws, tale } = scene();
    await aws.mishap('deploy-hook-failed', 'shop-dev');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /\*  failed/);
    const { wanted, found } = await tale.ends('fails-on-the-way');
    expect(found).toBe(wanted);
  });

  it('after the deployment: it succeeded, and health is bad', async () => {
    const { stage, aws, tale } = scene();
    await stage.begin(CONFIG);
    await aws.mishap('deploy-app-port', 'shop-prod');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', 'not verified');
    const { wanted, found } = await tale.ends('live-but-sick');
    expect(found).toBe(wanted);
  });
});
