import { describe, expect, it } from '@jest/globals';
import { planRollback } from '../../src/operations/plan-rollback.ts';
import { ADA, aRelease, aRunningVersion, commit, T0, VIC } from '../support/world/builders.ts';
import { aWorld, pass, type FakeWorld } from '../support/world/fake-world.ts';

async function known(): Promise<FakeWorld> {
  const world = aWorld();
  await world.store.recordRunning(aRunningVersion('v0', T0 - 2000, { revision: { id: commit('0') } }));
  await world.store.recordRunning(aRunningVersion('v1', T0 - 1000, { revision: { id: commit('1') } }));
  return world;
}

function plan(world: FakeWorld, asked?: string, user = ADA) {
  const environment = world.app.environments.find((one) => one.name === 'prod');
  if (!environment) throw new Error('no prod');
  return planRollback(world.app, environment, asked, user, world);
}

describe('the plan of a rollback', () => {
  it('says what runs since when, where it goes, and how sure that is; and changes nothing', async () => {
    const world = await known();
    expect(await plan(world)).toEqual({ ok: true, value: { app: 'shop', environment: 'prod', target: { id: commit('0'), label: 'v0' }, targetSince: T0 - 2000, standing: 'verified', running: { id: commit('1') }, runningSince: T0 - 1000 } });
    expect(world.aws.calls).toEqual([]);
  });

  it.each(['v0', '0000000', commit('0')])('takes the version that is named: %s', async (asked) => {
    expect(await plan(await known(), asked)).toMatchObject({ ok: true, value: { target: { label: 'v0' }, standing: 'verified' } });
  });

  it('takes a version that never ran there, and says so', async () => {
    const world = await known();
    world.account.addVersion('v2', commit('2'));
    expect(await plan(world, 'v2')).toMatchObject({ ok: true, value: { target: { label: 'v2' }, standing: 'unknown' } });
  });

  it('names the deployment in flight, which is aborted first', async () => {
    const world = await known();
    world.account.environments.get('shop-prod')?.start('v9', 'request-9', T0);
    await pass(world);
    expect(await plan(world)).toMatchObject({ value: { target: { label: 'v1' }, inFlight: { kind: 'application' }, mixed: [{ revision: { label: 'v9' }, count: 1 }, { revision: { label: 'v1' }, count: 1 }] } });
  });

  it('names another operation in flight, which is awaited', async () => {
    const world = await known();
    world.account.environments.get('shop-prod')?.startOther('request-9', T0);
    expect(await plan(world, 'v0')).toMatchObject({ value: { inFlight: { kind: 'other', text: 'Updating environment configuration settings.' } } });
  });

  it.each<readonly [string, (world: FakeWorld) => Promise<unknown>, string | undefined, string, string]>([
    ['of a viewer', async () => undefined, undefined, VIC, 'wrong-role'],
    ['to what runs there', async () => undefined, 'v1', ADA, 'already-runs'],
    ['to what nobody knows', async () => undefined, 'v77', ADA, 'unknown-revision'],
    ['while another rolls back', (world) => world.store.addRelease(aRelease({ purpose: 'rollback' })), undefined, ADA, 'rollback-running'],
    ['to what failed there', (world) => world.store.recordRunning(aRunningVersion('v0', T0 - 500, { standing: 'bad' })), undefined, ADA, 'nothing-to-roll-back-to'],
  ])('%s is refused', async (_what, prepare, asked, user, kind) => {
    const world = await known();
    await prepare(world);
    expect(await plan(world, asked, user)).toMatchObject({ ok: false, refusal: { kind } });
  });
});
