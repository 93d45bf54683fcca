import { describe, expect, it } from '@jest/globals';
import { isNamedInside } from '../../../src/operations/barriers/named-inside.ts';
import { barriersOf, isClosed, locks, opens, PROD_DOOR, threadOf, waitsInFront, wentIn } from '../../support/world/barriers.ts';
import { ADA, OLIVE } from '../../support/world/builders.ts';
import { aWorld, pass, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { newestRelease } from '../../support/world/transcript.ts';

const OLIVES_ARN = 'arn:aws:iam::123456789012:user/olive';

/** Jack hears of pushes. */
async function aWatchedWorld(): Promise<FakeWorld> {
  const world = aWorld();
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  return world;
}

/** The messages that name what came in while the way stood open. */
function named(world: FakeWorld, lockId: string): readonly string[] {
  return threadOf(world, lockId).filter((words) => words.includes('Came into'));
}

describe('what came in while somebody had opened the way', () => {
  it('is named when it was put back, once, with a way to reject it', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    opens(world, OLIVES_ARN);
    await pass(world, 20);
    expect([isClosed(world), wentIn(world)]).toEqual([true, [id]]);
    expect(named(world, lock.id)).toEqual([expect.stringMatching(/#1 .*at its approval: a yes there waits until this is over\n\[Reject\]/s)]);
    const request = (await newestRelease(world)).approvals.find(({ state }) => state === 'open');
    expect(await isNamedInside(lock.id, request?.id ?? '', world)).toBe(true);
    expect((await barriersOf(world)).holds).toEqual([expect.not.objectContaining({ lookInside: true })]);
  });

  it('can be rejected as soon as Jack knows its approval', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    opens(world, OLIVES_ARN);
    world.account.tick();
    await world.store.nudge('barriers:shop/prod', world.account.now);
    await work(world);
    expect(wentIn(world)).toEqual([id]);
    expect(named(world, lock.id)).toEqual([expect.not.stringContaining('[Reject]')]);
    await pass(world, 20);
    expect(named(world, lock.id)).toEqual([expect.stringContaining('[Reject]')]);
  });

  it('is named as it happens once Jack leaves it open, each once', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    opens(world, OLIVES_ARN);
    await pass(world, 8);
    opens(world, OLIVES_ARN);
    await pass(world, 8);
    expect([isClosed(world), named(world, lock.id)]).toEqual([false, []]);
    const first = await waitsInFront(world);
    await pass(world, 20);
    expect(named(world, lock.id)).toHaveLength(1);
    world.account.stop(first, { abandon: true, reason: 'no', by: OLIVES_ARN });
    const second = await waitsInFront(world);
    await pass(world, 20);
    expect(wentIn(world)).toEqual([first, second]);
    expect(named(world, lock.id).map((words) => /#\d+/.exec(words)?.[0])).toEqual(['#1', '#2']);
  });

  it('is nothing where nothing came in, or what was inside when it was locked', async () => {
    const world = await aWatchedWorld();
    await waitsInFront(world);
    await until(world, async () => (await newestRelease(world)).approvals.some((request) => request.state === 'open'));
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world);
    opens(world, OLIVES_ARN);
    await pass(world, 20);
    expect(world.account.disabled.has(PROD_DOOR)).toBe(true);
    expect(threadOf(world, lock.id).filter((words) => words.includes('Already inside'))).toHaveLength(1);
    expect(named(world, lock.id)).toEqual([]);
  });

  it('is not what an owner let pass', async () => {
    const world = await aWatchedWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    await pass(world, 8);
    const [release] = await world.store.releaseByExecution('shop-pipeline', id);
    if (!release) throw new Error('nobody knows the execution');
    await world.store.saveRelease({ ...release, passes: [{ gate: 'lock', by: OLIVE, at: world.account.now, reason: 'the shop is down', barriers: [lock.id] }] });
    await until(world, () => wentIn(world).length > 0);
    await pass(world, 20);
    expect(isClosed(world)).toBe(true);
    expect(named(world, lock.id)).toEqual([]);
  });
});
