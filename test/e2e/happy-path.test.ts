import { describe, expect, it, jest } from '@jest/globals';
import { sceneForEach } from './support/scene.ts';
import { CONFIG } from './support/stage.ts';
import { golden } from './support/transcript.ts';

jest.setTimeout(60_000);

describe('the main job', () => {
  const scene = sceneForEach({ config: CONFIG });

  it('brings a revision to production: asked for by one, approved by another, live on every instance', async () => {
    const { stage } = scene();
    const ada = stage.person('ada');
    const grace = stage.person('grace');
    await stage.door.post('/aws/push', { repository: 'shop', author: { name: 'Linus', email: 'linus@acme.test' }, message: 'Fix the basket' });
    await ada.types('shop', '/deploy prod now that the basket works');
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', 'live');
    const { wanted, found } = golden('happy-path', await stage.transcript('shop'));
    expect(found).toBe(wanted);
  });
});
