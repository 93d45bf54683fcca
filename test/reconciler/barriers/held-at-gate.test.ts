import { describe, expect, it } from '@jest/globals';
import { barriersOf, locks, threadOf, waitsInFront } from '../../support/world/barriers.ts';
import { ADA, MINUTE, OLIVE } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, offered, openApproval } from '../../support/world/people.ts';
import { effects, newestRelease } from '../../support/world/transcript.ts';

/** A release whose yes was said while somebody else holds the environment: Jack keeps it to itself. */
async function heldBehindALock(until?: number): Promise<FakeWorld> {
  const world = aWorld();
  await types(world, '/deploy prod');
  await openApproval(world);
  await locks(world, OLIVE, 'migration', until === undefined ? {} : { until: world.account.now + until });
  await approves(world);
  await pass(world, 3);
  expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'lock' });
  return world;
}

async function unlocking(world: FakeWorld): Promise<string> {
  world.account.now += 1;
  await types(world, '/deploy unlock prod', OLIVE);
  await work(world);
  return JSON.stringify(world.slack.replies.findLast((reply) => reply.to.user === OLIVE));
}

describe('a release that Jack itself holds for a lock', () => {
  it('is named before the lock is ended, and nothing happens before it is answered', async () => {
    const world = await heldBehindALock();
    expect(await unlocking(world)).toContain('#1');
    await pass(world, 3);
    expect((await barriersOf(world)).all[0]?.ended).toBeUndefined();
    expect(effects(world, 'answer-approval')).toBe(0);
  });

  it('goes on when it was let in', async () => {
    const world = await heldBehindALock();
    await unlocking(world);
    await clicks(world, 'barrier.unlock-let-in', offered(world, 'barrier.unlock-let-in', OLIVE), OLIVE);
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(1);
  });

  it('is stopped when that is wished, and never goes in', async () => {
    const world = await heldBehindALock();
    await unlocking(world);
    await clicks(world, 'barrier.unlock-stop', offered(world, 'barrier.unlock-stop', OLIVE), OLIVE);
    await pass(world, 12);
    expect((await newestRelease(world)).status).toBe('cancelled');
    expect(effects(world, 'answer-approval')).toBe(0);
  });

  it('is named when the time of the lock is over', async () => {
    const world = await heldBehindALock(10 * MINUTE);
    world.account.now += 10 * MINUTE;
    await pass(world, 3);
    const [lock] = (await barriersOf(world)).all;
    expect(threadOf(world, lock?.id ?? '').join('\n')).toContain(`#1 (<@${ADA}>) goes on now.`);
  });
});

describe('what waits in front of a lock and was stopped with the unlocking', () => {
  it('is not asked about once more', async () => {
    const world = aWorld();
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    const lock = await locks(world, OLIVE, 'migration');
    const executionId = await waitsInFront(world);
    await until(world, async () => (await world.store.releaseByExecution('shop-pipeline', executionId)).length > 0);
    await unlocking(world);
    await clicks(world, 'barrier.unlock-stop', offered(world, 'barrier.unlock-stop', OLIVE), OLIVE);
    await pass(world, 2);
    expect(threadOf(world, lock.id).join('\n')).not.toContain('flow in?');
  });
});
