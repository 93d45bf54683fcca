import { describe, expect, it, jest } from '@jest/globals';
import { LIVE, QUICK } from '../support/cast.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

const DEV_FIRST = QUICK.replace('prod: { approval', 'prod: { after: [dev], approval');

describe('the order of promotion', () => {
  const scene = sceneForEach({ config: DEV_FIRST });

  it('keeps out of production what has not been live on dev, says how it comes there, and lets it in then', async () => {
    const { stage, aws, tale } = scene();
    const { executions } = await aws.pipeline();
    const older = executions.at(-1)?.commit.slice(0, 7) ?? '';
    await stage.person('ada').types('shop', '/deploy why prod');
    await stage.person('ada').reads('shop', /✅ \*promotion/);
    await stage.person('ada').types('shop', `/deploy prod@${older}`);
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /Held in front of \*prod\*.*`\/deploy dev@/);
    await tale.moment('while it waits');
    await stage.person('ada').types('shop', `/deploy dev@${older}`);
    await stage.headline('shop', /→ prod\*  live$/m);
    const { wanted, found } = await tale.ends('dev-first');
    expect(found).toBe(wanted);
  });

  it('is passed by an owner with a reason', async () => {
    const { stage, aws, tale } = scene();
    const older = (await aws.pipeline()).executions.at(-1)?.commit.slice(0, 7) ?? '';
    await stage.person('ada').types('shop', `/deploy prod@${older}`);
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /Held in front of/);
    await stage.person('ada').clicks('shop', 'Break glass');
    await stage.person('ada').reads('shop', 'wners');
    const olive = stage.person('olive');
    await olive.clicks('shop', 'Break glass');
    const form = await olive.form('glass');
    tale.shows('the form', form as never);
    await olive.submits(form, { reason: { 'glass.reason': 'dev is broken for another reason, and this puts prod right' } });
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('dev-passed');
    expect(found).toBe(wanted);
  });
});
