import { describe, expect, it, jest } from '@jest/globals';
import { defaultSeed } from '../../sandbox/aws/seeds/default.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

const ROLLED_BACK = /\*  live\nRoll back to/;

describe('a rollback', () => {
  const scene = sceneForEach();

  it('by command: a plan that only the caller sees, one confirm, and the version before is live', async () => {
    const { stage, tale } = scene();
    const ada = stage.person('ada');
    await ada.types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    await ada.types('shop', '/rollback prod the prices are wrong');
    await ada.reads('shop', 'Roll shop → prod back?');
    await tale.moment('the plan');
    await ada.clicks('shop', 'Roll back');
    await stage.headline('shop', ROLLED_BACK);
    await ada.types('shop', '/rollback dev @nonsense');
    await ada.reads('shop', 'nonsense');
    const { wanted, found } = await tale.ends('rollback-by-command');
    expect(found).toBe(wanted);
  });

  it('by the button on a failed release', async () => {
    const { stage, aws, tale } = scene();
    await aws.mishap('deploy-hook-failed', 'shop-prod');
    const ada = stage.person('ada');
    await ada.types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', 'mixed versions');
    await ada.clicks('shop', 'Roll back');
    await ada.reads('shop', 'Roll shop → prod back?');
    await tale.moment('the plan');
    await ada.clicks('shop', 'Roll back');
    await stage.headline('shop', ROLLED_BACK);
    const { wanted, found } = await tale.ends('rollback-by-button');
    expect(found).toBe(wanted);
  });

  it('over an update in flight, which is aborted first', async () => {
    const { stage, aws, tale } = scene();
    const ada = stage.person('ada');
    await ada.types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.door.post('/speed', { speed: 15 });
    await stage.person('grace').clicks('shop', 'Approve');
    await aws.halfway('shop-prod');
    await stage.door.post('/speed', { speed: 150 });
    await ada.types('shop', '/rollback prod it is on fire');
    const hold = await stage.door.post<{ id: string }>('/holds', { service: 'elasticbeanstalk', operation: 'UpdateEnvironment', when: 'before' });
    await ada.clicks('shop', 'Roll back');
    await stage.headline('shop', 'mixed versions');
    await stage.door.post(`/holds/${hold.id}/release`);
    await stage.headline('shop', ROLLED_BACK);
    const { wanted, found } = await tale.ends('rollback-in-flight');
    expect(found).toBe(wanted);
  });

  it('is refused when there is nothing to go back to, and for viewers', async () => {
    const { stage, tale } = scene();
    const pipelines = defaultSeed(Date.now()).pipelines.map((pipeline) => (pipeline.declaration.name === 'api' ? { ...pipeline, past: pipeline.past.slice(0, 1) } : pipeline));
    await stage.begin(QUICK, { pipelines });
    await stage.person('ada').types('shop', '/rollback api prod');
    await stage.person('ada').reads('shop', /nothing to roll/);
    await stage.person('gus').types('shop', '/rollback prod');
    await stage.person('gus').reads('shop', 'viewer');
    const { wanted, found } = await tale.ends('rollback-refused');
    expect(found).toBe(wanted);
  });
});
