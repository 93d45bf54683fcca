import { describe, expect, it, jest } from '@jest/globals';
import { ADA, LINUS } from './support/account.ts';
import { LIVE } from './support/cast.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

describe('a PARALLEL pipeline', () => {
  const scene = sceneForEach({ app: 'api' });

  it('asks for each execution by itself, and brings the approved one to production', async () => {
    const { stage, aws, tale } = scene();
    await aws.push('Page the list of customers', LINUS, 'acme/api');
    await stage.headline('api', /waiting for approval\n.*customers/);
    await aws.push('Answer faster', ADA, 'acme/api');
    await stage.headline('api', /waiting for approval\n.*faster/);
    await tale.moment('while both wait');
    await stage.person('grace').clicks('api', 'Approve');
    await stage.headline('api', LIVE);
    const { wanted, found } = await tale.ends('parallel');
    expect(found).toBe(wanted);
  });

  it('is started from Slack, where the source cannot be read', async () => {
    const { stage, tale } = scene();
    await stage.person('ada').types('api', '/deploy staging');
    await stage.headline('api', LIVE);
    await stage.person('ada').types('shop', '/deploy api prod from the other channel');
    await stage.headline('api', /may .*go on/);
    await stage.person('grace').clicks('api', 'Approve');
    await stage.headline('api', /prod\*  live$/m);
    const { wanted, found } = await tale.ends('parallel-asked');
    expect(found).toBe(wanted);
  });
});
