import { describe, expect, it, jest } from '@jest/globals';
import { LIVE } from '../support/cast.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

describe('a direct message', () => {
  const scene = sceneForEach();

  it('goes to the approvers who are not in the channel, who answer there', async () => {
    const { stage, tale } = scene();
    await stage.door.post('/slack/channel', { name: 'shop', members: ['ada', 'grace', 'linus', 'olive', 'gus', 'jack'] });
    await stage.person('ada').types('shop', '/deploy prod');
    const min = stage.person('min');
    await min.reads('jack', 'Your approval is asked for', 40_000);
    await tale.moment('while it waits');
    await min.clicks('jack', 'Approve');
    await stage.headline('shop', LIVE);
    await min.reads('jack', 'Approved by');
    const { wanted, found } = await tale.ends('approved-from-outside-the-channel');
    expect(found).toBe(wanted);
  });

  it('tells who held a lock, and was asked for it in vain, that an owner took it', async () => {
    const { stage, tale } = scene();
    await stage.person('ada').types('shop', '/deploy lock prod Gone fishing for 2h');
    await stage.headline('shop', /locked by/);
    await stage.person('grace').clicks('shop', 'Ask the holder');
    await stage.headline('shop', 'asks whether you still need');
    await stage.person('grace').clicks('shop', 'Ask the holder');
    await stage.person('grace').reads('shop', 'a moment ago');
    await stage.person('grace').types('shop', '/deploy steal prod');
    await stage.person('grace').reads('shop', 'Only owners steal');
    await stage.person('olive').types('shop', '/deploy steal prod Customers cannot pay for 1h');
    await stage.person('olive').reads('shop', 'over from');
    await tale.moment('before it is confirmed');
    await stage.person('olive').clicks('shop', 'Steal');
    await stage.person('ada').reads('jack', 'took your lock');
    await stage.person('ada').types('jack', '/deploy why shop prod');
    await stage.person('ada').reads('jack', /❌.*lock/);
    const { wanted, found } = await tale.ends('stolen-by-command');
    expect(found).toBe(wanted);
  });
});
