import { describe, expect, it, jest } from '@jest/globals';
import { actionStatus } from '../support/account.ts';
import { LIVE } from '../support/cast.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

describe('while Beanstalk updates the platform of an environment', () => {
  const scene = sceneForEach();

  it('a release waits in front of it, /deploy why names what Beanstalk does, and it goes on by itself', async () => {
    const { stage, aws, tale } = scene();
    const ada = stage.person('ada');
    await aws.beginsMaintenance('shop-prod');
    await ada.types('shop', '/deploy why prod');
    await ada.reads('shop', /❌ \*environment.*Managed platform update/);
    await ada.types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /until the environment is Ready/);
    await tale.moment('while it is updated');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).toBe('InProgress');
    await aws.endsMaintenance('shop-prod');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('managed-update');
    expect(found).toBe(wanted);
  });
});
