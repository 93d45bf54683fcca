import { describe, expect, it, jest } from '@jest/globals';
import { QUICK } from '../support/cast.ts';
import { sceneForEach } from '../support/scene.ts';

jest.setTimeout(60_000);

const ROLLED_BACK = /\*  live\nRoll back to/;
/** A rollback is asked about as well, by a list of its own. */
const ASKED = QUICK.replace('prod: { approval', 'prod: { rollback: { approval: { from: [S0APPROVE1], count: 1, expires: 1h } }, approval');

describe('a rollback', () => {
  const scene = sceneForEach({ config: ASKED });

  it('is asked about before anything is done in AWS, where jack.yml says so', async () => {
    const { stage, aws, tale } = scene();
    const [ada, grace] = [stage.person('ada'), stage.person('grace')];
    const before = (await aws.environment('shop-prod')).version;
    // Else the rollback takes the lock, and which of the two is said first is chance.
    await ada.types('shop', '/deploy lock prod The prices are wrong');
    await stage.headline('shop', /is held:/);
    await ada.types('shop', '/rollback prod the prices are wrong');
    await ada.reads('shop', 'Roll shop → prod back?');
    await tale.moment('the plan');
    await ada.clicks('shop', 'Roll back');
    await stage.headline('shop', /may .*be rolled back/);
    await stage.person('olive').clicks('shop', 'Approve');
    await stage.person('olive').reads('shop', 'not among the approvers');
    await tale.moment('while it waits');
    expect(await aws.environment('shop-prod')).toMatchObject({ version: before, status: 'Ready' });
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', ROLLED_BACK);
    const { wanted, found } = await tale.ends('rollback-asked');
    expect(found).toBe(wanted);
    expect((await aws.environment('shop-prod')).version).not.toBe(before);
  });

  it('of what somebody else holds, and what is frozen too, is refused, until an owner breaks the glass for it', async () => {
    const { stage, tale } = scene();
    await stage.begin(QUICK);
    const [ada, grace, olive] = ['ada', 'grace', 'olive'].map((name) => stage.person(name));
    if (!ada || !grace || !olive) throw new Error('somebody is missing');
    await grace.types('shop', '/deploy lock prod Stock-taking for 2h');
    await stage.headline('shop', /is held:/);
    await olive.types('shop', '/deploy freeze prod The sale is on for 3h');
    await stage.headline('shop', /frozen by/);
    await ada.types('shop', '/rollback prod the prices are wrong');
    await ada.reads('shop', /Stock-taking.*nothing was started/);
    await olive.types('shop', '/rollback prod the prices are wrong');
    await olive.clicks('shop', 'Break glass');
    const form = await olive.form('glass');
    tale.shows('the form', form as never);
    await olive.submits(form, { reason: { 'glass.reason': 'Customers pay the wrong prices' } });
    await olive.reads('shop', /frozen by.*You can break/);
    await olive.clicks('shop', 'Break glass');
    const second = await olive.form('glass');
    tale.shows('the second form', second as never);
    await olive.submits(second, { reason: { 'glass.reason': 'The sale can go on with the prices of yesterday' } });
    await olive.reads('shop', 'Roll shop → prod back?');
    await tale.moment('the plan');
    await olive.clicks('shop', 'Roll back');
    await stage.headline('shop', ROLLED_BACK);
    const { wanted, found } = await tale.ends('rollback-through-the-glass');
    expect(found).toBe(wanted);
    // The numbers of the lines depend on what else was written meanwhile.
    await olive.types('shop', '/jack audit #1');
    await olive.reads('shop', /gate\.break-glass.*role:owner.*wrong prices/);
  });
});
