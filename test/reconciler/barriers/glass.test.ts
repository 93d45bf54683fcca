import { describe, expect, it } from '@jest/globals';
import { barrierIn, type Barrier } from '../../../src/domain/barriers/barriers.ts';
import { barriersOf, isClosed, locks, PROD_DOOR, pushes, threadOf, waitsInFront, wentIn } from '../../support/world/barriers.ts';
import { ADA, OLIVE } from '../../support/world/builders.ts';
import { aWorld, pass, until, type FakeWorld } from '../../support/world/fake-world.ts';

/** What an owner's *Break glass* records of a release that waits in front of a lock. */
async function letsPass(world: FakeWorld, executionId: string, lock: Barrier): Promise<void> {
  const [release] = await world.store.releaseByExecution('shop-pipeline', executionId);
  if (!release) throw new Error('nobody knows the execution');
  await world.store.saveRelease({ ...release, passes: [{ gate: 'lock', by: OLIVE, at: world.account.now, reason: 'the shop is down', barriers: [lock.id] }] });
}

async function aWatchedWorld(): Promise<FakeWorld> {
  const world = aWorld();
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  return world;
}

describe('what an owner lets pass a lock', () => {
  it('goes in, in the owner’s name, and the way is closed behind it', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    await pass(world, 8);
    expect(wentIn(world)).toEqual([]);
    await letsPass(world, id, lock);
    await until(world, () => wentIn(world).length > 0);
    await pass(world, 2);
    expect(world.aws.calls.map(({ effect, call }) => [effect.kind, call.by])).toEqual([['hold-transition', ADA], ['free-transition', OLIVE], ['hold-transition', ADA]]);
    expect(wentIn(world)).toEqual([id]);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
    expect((await barriersOf(world)).holds.map(({ state }) => state)).toEqual(['held']);
    expect(threadOf(world, lock.id).join('\n')).not.toContain('opened in AWS');
  });

  it('keeps what comes after it out', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    await pass(world, 8);
    await letsPass(world, id, lock);
    const next = pushes(world);
    await until(world, () => next.stages[next.at]?.name === 'Prod');
    await pass(world, 20);
    expect(wentIn(world)).not.toContain(next.id);
    expect(isClosed(world)).toBe(true);
  });

  it('goes in alone: with something else beside it the way stays closed', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    await pass(world, 8);
    const newer = await waitsInFront(world);
    await letsPass(world, id, lock);
    await pass(world, 12);
    expect(wentIn(world)).toEqual([]);
    expect(newer).not.toBe(id);
  });

  it('needs a word for each barrier that is in force', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await locks(world, OLIVE, 'season', { kind: 'freeze' });
    const id = await waitsInFront(world);
    await pass(world, 8);
    await letsPass(world, id, lock);
    await pass(world, 12);
    expect(wentIn(world)).toEqual([]);
  });

  it('needs a word for the lock that is in force, not for an earlier one', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    await pass(world, 8);
    await letsPass(world, id, { ...lock, id: world.ids.next() });
    await pass(world, 12);
    expect(wentIn(world)).toEqual([]);
    expect(isClosed(world)).toBe(true);
  });
});
