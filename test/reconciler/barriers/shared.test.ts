import { describe, expect, it } from '@jest/globals';
import { barrierIn, barrierReason, type Barrier } from '../../../src/domain/barriers/barriers.ts';
import type { App } from '../../../src/domain/app.ts';
import { aLock, barriersOf, isClosed, locks, PROD_DOOR, threadOf, unlocks } from '../../support/world/barriers.ts';
import { ADA, anApp, aPipeline, GRACE, T0 } from '../../support/world/builders.ts';
import { aWorld, pass, work, type FakeWorld } from '../../support/world/fake-world.ts';

const HOUR = 3_600_000;

/** One stage that deploys to dev and to prod. */
function anAppWithOneDoor(): App {
  const pipeline = aPipeline();
  const deploys = pipeline.stages.flatMap(({ actions }) => actions.filter(({ kind }) => kind === 'deploy'));
  const stages = [...pipeline.stages.slice(0, 2), { name: 'Prod', actions: deploys.map((action) => ({ ...action, name: `${action.name}-${action.beanstalkEnvironment ?? ''}` })) }];
  return anApp({ pipelines: [{ ...pipeline, stages }] });
}

async function locksDev(world: FakeWorld): Promise<Barrier> {
  const lock = aLock(world, GRACE, 'schema change');
  const before = await barriersOf(world, 'dev');
  await world.store.saveBarriers({ ...before, all: [...before.all, lock] });
  return lock;
}

function heldFor(world: FakeWorld): string | undefined {
  return barrierIn(world.account.disabled.get(PROD_DOOR) ?? '');
}

describe('a stage that deploys to two environments', () => {
  it('is not opened while either is locked, and is fought over by nobody', async () => {
    const world = aWorld({ app: anAppWithOneDoor() });
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    const other = await locksDev(world);
    await pass(world, 12);
    expect(world.aws.calls).toHaveLength(1);
    await unlocks(world, lock.id, ADA);
    await pass(world, 12);
    expect(heldFor(world)).toBe(other.id);
    expect(world.account.doorLog.map(({ to }) => to === undefined)).toEqual([false, false]);
    const dev = await barriersOf(world, 'dev');
    await world.store.saveBarriers({ ...dev, all: dev.all.map((one) => ({ ...one, ended: { at: world.account.now, how: 'unlocked', by: GRACE } })) });
    await pass(world, 12);
    expect(isClosed(world)).toBe(false);
  });

  it('is not opened when a lock of one ends, and a window of the other has begun that nobody has noted yet', async () => {
    const [window] = aFrozenApp().freezes ?? [];
    const world = aWorld({ app: { ...anAppWithOneDoor(), freezes: window ? [{ ...window, environments: ['dev'] }] : [] } });
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 2);
    world.account.now = T0 + 3 * HOUR;
    await unlocks(world, lock.id, ADA);
    await pass(world, 2);
    expect(isClosed(world)).toBe(true);
    await world.store.nudge('barriers:shop/dev', world.account.now);
    await pass(world, 2);
    expect(heldFor(world)).toBe((await barriersOf(world, 'dev')).all[0]?.id);
    expect(world.account.doorLog.filter(({ to }) => to === undefined)).toEqual([]);
  });
});

function aFrozenApp(): App {
  return anApp({ freezes: [{ name: 'lunch', zone: 'UTC', environments: ['prod'], when: { kind: 'dated', from: '2026-01-05T12:00', until: '2026-01-05T13:00' } }] });
}

describe('a freeze window of jack.yml', () => {
  it('begins and ends by the clock, holds the transition meanwhile, and is told and audited', async () => {
    const world = aWorld({ app: aFrozenApp() });
    await world.store.nudge('barriers:shop/prod', T0);
    await work(world);
    expect((await barriersOf(world)).all).toEqual([]);
    world.account.now = T0 + 3 * HOUR;
    await work(world);
    const [freeze] = (await barriersOf(world)).all;
    expect(freeze).toMatchObject({ kind: 'freeze', by: 'jack.yml', window: 'lunch', since: T0 + 3 * HOUR, until: T0 + 4 * HOUR });
    expect(heldFor(world)).toBe(freeze?.id);
    expect(world.aws.calls.map(({ call }) => call.by)).toEqual([undefined]);
    expect(threadOf(world, freeze?.id ?? '')[0]).toContain('frozen (window “lunch” of `jack.yml`)');
    world.account.now = T0 + 4 * HOUR;
    await work(world);
    await pass(world, 2);
    expect(isClosed(world)).toBe(false);
    expect((await barriersOf(world)).all.map(({ ended }) => ended)).toEqual([{ at: T0 + 4 * HOUR, how: 'over' }]);
    expect((await world.store.auditLines({ limit: 20 })).map(({ what }) => what)).toEqual(['freeze.begin', 'aws.hold-transition', 'freeze.end', 'aws.free-transition']);
  });

  it('is not begun again once it was thawed', async () => {
    const world = aWorld({ app: aFrozenApp() });
    world.account.now = T0 + 3 * HOUR;
    await world.store.nudge('barriers:shop/prod', world.account.now);
    await work(world);
    await unlocks(world, 'freeze', ADA, undefined, 'thawed');
    const thawed = await barriersOf(world);
    await world.store.saveBarriers({ ...thawed, thawed: [{ window: 'lunch', from: T0 + 3 * HOUR, until: T0 + 4 * HOUR, by: ADA, at: world.account.now }] });
    await pass(world, 12);
    expect((await barriersOf(world)).all).toHaveLength(1);
    expect(isClosed(world)).toBe(false);
  });
});

describe('a reason in AWS that names a barrier nobody knows', () => {
  it('is somebody else’s, and is left alone', async () => {
    const world = aWorld();
    const stranger = barrierReason({ id: '00000000-0000-4000-8000-00000000ffff', kind: 'lock' }, 'prod');
    world.account.close(PROD_DOOR, stranger, 'arn:aws:iam::123456789012:role/another-jack');
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 4);
    await unlocks(world, lock.id, ADA);
    await pass(world, 4);
    expect(world.aws.calls).toEqual([]);
    expect(world.account.disabled.get(PROD_DOOR)).toBe(stranger);
  });
});
