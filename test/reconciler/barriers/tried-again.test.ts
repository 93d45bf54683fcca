import { describe, expect, it } from '@jest/globals';
import { barrierIn } from '../../../src/domain/barriers/barriers.ts';
import { aLock, barriersOf, isClosed, lets, locks, PROD_DOOR, threadOf, unlocks, waitsInFront, wentIn } from '../../support/world/barriers.ts';
import { ADA, GRACE, MINUTE, OLIVE } from '../../support/world/builders.ts';
import { aWorld, pass, work, type FakeWorld } from '../../support/world/fake-world.ts';

const HOUR = 60 * MINUTE;

/** Jack looks every minute, for so many hours. */
async function hours(world: FakeWorld, count: number): Promise<void> {
  for (let minute = 0; minute < count * 60; minute += 1) {
    world.account.now += MINUTE;
    await work(world);
  }
}

/** The outcomes that the audit has of calls of this kind. */
async function audited(world: FakeWorld, what: string): Promise<readonly string[]> {
  return (await world.store.auditLines({ limit: 500 })).filter((line) => line.what === what).map(({ outcome }) => outcome);
}

function told(world: FakeWorld, id: string, words: string): number {
  return threadOf(world, id).filter((text) => text.startsWith('  ') && text.includes(words)).length;
}

describe('a way that AWS does not let Jack close', () => {
  it('is tried again, ever more seldom, told once and audited once, until it works', async () => {
    const world = aWorld();
    world.account.mishaps.denied.add('hold-transition');
    const lock = await locks(world, ADA, 'hotfix', { until: world.account.now + 48 * HOUR });
    await hours(world, 10);
    expect(world.aws.calls.length).toBeGreaterThan(8);
    expect(world.aws.calls.length).toBeLessThan(16);
    expect([told(world, lock.id, 'AWS does not let me close'), await audited(world, 'aws.hold-transition')]).toEqual([1, ['refused']]);
    world.account.mishaps.denied.clear();
    await hours(world, 2);
    expect([isClosed(world), (await barriersOf(world)).holds.map(({ state }) => state)]).toEqual([true, ['held']]);
    expect([told(world, lock.id, 'AWS lets me close'), await audited(world, 'aws.hold-transition')]).toEqual([1, ['refused', 'done']]);
  });

  it('is tried again at once when something changes for the environment', async () => {
    const world = aWorld();
    world.account.mishaps.denied.add('hold-transition');
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 8);
    expect(world.aws.calls).toHaveLength(1);
    world.account.mishaps.denied.clear();
    const before = await barriersOf(world);
    await world.store.saveBarriers({ ...before, all: [...before.all, aLock(world, OLIVE, 'audit week', { kind: 'freeze' })] });
    await work(world);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
  });

  it('is tried again at once when its holder says the lock anew', async () => {
    const world = aWorld();
    world.account.mishaps.denied.add('hold-transition');
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 8);
    world.account.mishaps.denied.clear();
    const before = await barriersOf(world);
    await world.store.saveBarriers({ ...before, all: before.all.map((one) => ({ ...one, until: one.until + HOUR })) });
    await work(world);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
  });

  it('is told anew where it had worked in between', async () => {
    const world = aWorld();
    world.account.mishaps.denied.add('hold-transition');
    const lock = await locks(world, ADA, 'hotfix', { until: world.account.now + 48 * HOUR });
    await hours(world, 1);
    world.account.mishaps.denied.clear();
    await hours(world, 2);
    world.account.mishaps.denied.add('hold-transition');
    world.account.open(PROD_DOOR, 'arn:aws:iam::123456789012:user/olive');
    await hours(world, 3);
    expect([told(world, lock.id, 'AWS does not let me close'), await audited(world, 'aws.hold-transition')]).toEqual([2, ['refused', 'done', 'refused']]);
    world.account.mishaps.denied.clear();
    await hours(world, 2);
    expect([isClosed(world), told(world, lock.id, 'AWS lets me close')]).toEqual([true, 2]);
    world.account.open(PROD_DOOR, 'arn:aws:iam::123456789012:user/olive');
    await hours(world, 1);
    expect((await barriersOf(world)).holds.map(({ state }) => state)).toEqual(['left']);
  });
});

describe('a way that AWS does not let Jack open', () => {
  it('is tried again, ever more seldom, told once and audited once, until it works', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    world.account.mishaps.denied.add('free-transition');
    await unlocks(world, lock.id, ADA);
    await hours(world, 10);
    expect(world.aws.calls.length).toBeGreaterThan(8);
    expect(world.aws.calls.length).toBeLessThan(17);
    expect([told(world, lock.id, 'AWS does not let me open'), await audited(world, 'aws.free-transition')]).toEqual([1, ['refused']]);
    world.account.mishaps.denied.clear();
    await hours(world, 2);
    expect([isClosed(world), (await barriersOf(world)).holds]).toEqual([false, []]);
    expect([told(world, lock.id, 'AWS lets me open'), await audited(world, 'aws.free-transition')]).toEqual([1, ['refused', 'done']]);
  });

  it('lets in what was agreed to, and asks about what came since', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const first = await waitsInFront(world);
    world.account.mishaps.denied.add('free-transition');
    await unlocks(world, lock.id, GRACE);
    await pass(world);
    await lets(world, lock.id, ADA);
    await pass(world, 8);
    expect(wentIn(world)).toEqual([]);
    world.account.mishaps.denied.clear();
    await hours(world, 1);
    await pass(world, 2);
    expect(wentIn(world)).toEqual([first]);
    expect(told(world, lock.id, 'May it flow in?')).toBe(1);
  });

  it('asks first about what came to wait meanwhile', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    world.account.mishaps.denied.add('free-transition');
    await unlocks(world, lock.id, ADA);
    await pass(world, 2);
    const id = await waitsInFront(world);
    world.account.mishaps.denied.clear();
    await hours(world, 2);
    expect([isClosed(world), wentIn(world)]).toEqual([true, []]);
    expect(told(world, lock.id, '[Let it in]')).toBe(1);
    await lets(world, lock.id, ADA);
    await pass(world, 2);
    expect(wentIn(world)).toEqual([id]);
  });

  it('is not asked for again and again while an owner’s pass waits in front of it', async () => {
    const world = aWorld();
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    const lock = await locks(world, ADA, 'hotfix', { until: world.account.now + 48 * HOUR });
    const id = await waitsInFront(world);
    await pass(world, 8);
    const [release] = await world.store.releaseByExecution('shop-pipeline', id);
    if (!release) throw new Error('nobody knows the execution');
    world.account.mishaps.denied.add('free-transition');
    await world.store.saveRelease({ ...release, passes: [{ gate: 'lock', by: OLIVE, at: world.account.now, reason: 'the shop is down', barriers: [lock.id] }] });
    await pass(world, 24);
    const frees = (): number => world.aws.calls.filter(({ effect }) => effect.kind === 'free-transition').length;
    expect([frees(), await audited(world, 'aws.free-transition')]).toEqual([1, ['refused']]);
    world.account.mishaps.denied.clear();
    await hours(world, 1);
    await pass(world, 8);
    expect([wentIn(world), isClosed(world), frees()]).toEqual([[id], true, 2]);
  });
});
