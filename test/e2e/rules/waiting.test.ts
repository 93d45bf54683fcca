import { describe, expect, it, jest } from '@jest/globals';
import { LIVE, QUICK } from '../support/cast.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

const WATCHED = QUICK.replace('prod: { approval', 'prod: { alarms: [shop-prod-5xx, shop-prod-latency], approval');

describe('a release waits by itself', () => {
  const scene = sceneForEach({ config: WATCHED });

  it('while an alarm rings, and goes on when it is silent', async () => {
    const { stage, aws, tale } = scene();
    await aws.rings('shop-prod-5xx');
    await stage.person('ada').types('shop', '/deploy why prod');
    await stage.person('ada').reads('shop', /❌ \*alarms/);
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /Held in front of/);
    await tale.moment('while it rings');
    await aws.isSilent('shop-prod-5xx');
    await stage.headline('shop', LIVE);
    await stage.person('ada').types('shop', '/deploy why prod');
    await stage.person('ada').reads('shop', /✅ \*alarms.*silent/);
    const { wanted, found } = await tale.ends('alarm-rings');
    expect(found).toBe(wanted);
  });

  it('while an alarm rings, unless an owner says why it cannot', async () => {
    const { stage, aws, tale } = scene();
    await aws.rings('shop-prod-latency');
    await stage.person('ada').types('shop', '/deploy prod@dev');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /Held in front of/);
    const olive = stage.person('olive');
    await olive.clicks('shop', 'Break glass');
    const form = await olive.form('glass');
    tale.shows('the form', form as never);
    await olive.submits(form, { reason: { 'glass.reason': 'This release is what makes it fast again' } });
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('alarm-passed');
    expect(found).toBe(wanted);
  });

  it('while somebody else changes the environment, until Beanstalk is Ready', async () => {
    const { stage, aws, tale } = scene();
    await stage.door.post('/speed', { speed: 2 });
    await aws.console('elasticbeanstalk', 'UpdateEnvironment', { EnvironmentName: 'shop-prod', OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:application:environment', OptionName: 'CURRENCY', Value: 'EUR' }] }, 'sets CURRENCY on shop-prod');
    await stage.person('ada').types('shop', '/deploy prod@dev');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /until the environment is Ready/);
    await stage.person('ada').types('shop', '/deploy why prod');
    await stage.person('ada').reads('shop', /❌ \*environment/);
    await tale.moment('while it is not Ready');
    await stage.door.post('/speed', { speed: 150 });
    await stage.headline('shop', LIVE, 40_000);
    const { wanted, found } = await tale.ends('environment-busy');
    expect(found).toBe(wanted);
  });
});
