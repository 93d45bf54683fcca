import { describe, expect, it, jest } from '@jest/globals';
import { LIVE, QUICK } from '../support/cast.ts';
import { until } from '../support/door.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

describe('a reminder', () => {
  const scene = sceneForEach({ env: { JACK_LOCK_NAG_MS: '5000' } });

  it('asks who holds a lock whether they still need it, until they do not', async () => {
    const { stage, tale } = scene();
    await stage.person('ada').types('shop', '/deploy lock prod Stock-taking for 4h');
    await stage.headline('shop', 'Do you still need it');
    await stage.person('grace').clicks('shop', 'Unlock');
    await stage.person('grace').reads('shop', 'Only they unlock it');
    await stage.person('ada').clicks('shop', 'Keep it');
    await stage.person('ada').reads('shop', 'It stays yours');
    await tale.moment('when they kept it');
    await until('the second reminder', async () => ((await stage.person('ada').readsChannel('shop')).filter((text) => /Do you still need|I asked/.test(text)).length === 2 ? true : undefined));
    await stage.person('ada').clicks('shop', 'Unlock');
    await stage.headline('shop', /unlocked/i);
    const { wanted, found } = await tale.ends('nagged-holder');
    expect(found).toBe(wanted);
  });

  it('calls the approvers once more, when half of the time to answer is over and one of two is missing', async () => {
    const { stage, tale } = scene();
    await stage.begin(QUICK.replace('count: 1, expires: 4h', 'count: 2, expires: 14s'));
    await stage.door.post('/slack/channel', { name: 'shop', members: ['ada', 'grace', 'linus', 'olive', 'gus', 'jack'] });
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.person('grace').reads('shop', '1 more is needed');
    await stage.headline('shop', 'still waits for an answer', 30_000);
    await stage.person('min').reads('jack', 'still waits for an answer');
    await tale.moment('at half of the time');
    await stage.person('min').clicks('jack', 'Approve');
    await stage.headline('shop', LIVE);
    await stage.person('min').reads('jack', 'A reminder stood here');
    const { wanted, found } = await tale.ends('reminded-approvers');
    expect(found).toBe(wanted);
  });
});
