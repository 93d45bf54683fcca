import { describe, expect, it } from '@jest/globals';
import { barriersOf, locks, threadOf, waitsInFront } from '../../support/world/barriers.ts';
import { ADA, GRACE, MINUTE, OLIVE } from '../../support/world/builders.ts';
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

/** The lock has run out while it held the release. */
async function outOfTime(): Promise<{ readonly world: FakeWorld; readonly lock: string }> {
  const world = await heldBehindALock(10 * MINUTE);
  world.account.now += 10 * MINUTE;
  await pass(world, 3);
  return { world, lock: (await barriersOf(world)).all[0]?.id ?? '' };
}

const stopsTold = (world: FakeWorld, barrier: string): readonly string[] => threadOf(world, barrier).filter((words) => words.includes(':wastebasket:'));

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

  it('is asked about when the time of the lock is over, and goes on when somebody says so', async () => {
    const { world, lock } = await outOfTime();
    expect(threadOf(world, lock).join('\n')).toMatch(new RegExp(`<@${OLIVE}>: I held #1 .*\\(asked for by <@${ADA}>\\) for this lock\\. May it go on to`));
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'lock', because: { because: 'unasked', asked: OLIVE } });
    await clicks(world, 'barrier.let-in', lock, OLIVE);
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(1);
    expect(threadOf(world, lock).join('\n')).toContain(`<@${OLIVE}> lets #1 in.`);
    expect((await barriersOf(world)).kept).toBeUndefined();
  });

  it('stays where it is for somebody who may not answer', async () => {
    const { world, lock } = await outOfTime();
    await clicks(world, 'barrier.let-in', lock, GRACE);
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(0);
  });

  it('is cancelled when the answer is no', async () => {
    const { world, lock } = await outOfTime();
    await clicks(world, 'barrier.stop-waiting', lock, OLIVE);
    await pass(world, 12);
    expect((await newestRelease(world)).status).toBe('cancelled');
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(stopsTold(world, lock)).toEqual([expect.stringMatching(new RegExp(`^ *:wastebasket: <@${OLIVE}> stops #1 .+\\.`))]);
  });

  it('is asked about also when Jack was away while the time of the lock ran out', async () => {
    const world = await heldBehindALock(10 * MINUTE);
    world.account.now += 3 * 60 * MINUTE;
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await barriersOf(world)).kept?.asked).toHaveLength(1);
  });

  it('is held by the next lock, and by that one’s question: an answer to the old one counts no more', async () => {
    const { world, lock } = await outOfTime();
    const next = await locks(world, OLIVE, 'once more', { until: world.account.now + 10 * MINUTE });
    await clicks(world, 'barrier.let-in', lock, OLIVE);
    await pass(world, 3);
    expect((await barriersOf(world)).kept).toBeUndefined();
    world.account.now += 10 * MINUTE;
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(threadOf(world, next.id).join('\n')).toContain('May it go on to');
    await clicks(world, 'barrier.let-in', next.id, OLIVE);
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(1);
  });

  it('is not let in by an old yes when it is held a second time', async () => {
    const { world, lock } = await outOfTime();
    await clicks(world, 'barrier.let-in', lock, OLIVE);
    const next = await locks(world, OLIVE, 'wait', { until: world.account.now + 10 * MINUTE });
    await pass(world, 3);
    world.account.now += 10 * MINUTE;
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(threadOf(world, next.id).join('\n')).toContain('May it go on to');
  });

  it('goes on unasked when an owner had broken the glass for it', async () => {
    const world = await heldBehindALock(10 * MINUTE);
    const [lock] = (await barriersOf(world)).all;
    const held = await newestRelease(world);
    await world.store.saveRelease({ ...held, passes: [{ gate: 'lock', by: OLIVE, at: world.account.now, reason: 'customers cannot pay', barriers: [lock?.id ?? ''] }] });
    world.account.now += 10 * MINUTE;
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(1);
  });

  it('is asked about after a thaw, in the thread of the freeze', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await openApproval(world);
    await types(world, '/deploy freeze prod for 2h Campaign', OLIVE);
    await work(world);
    await approves(world);
    await pass(world, 3);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'freeze' });
    await types(world, '/deploy thaw prod', OLIVE);
    await pass(world, 8);
    const [freeze] = (await barriersOf(world)).all;
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(threadOf(world, freeze?.id ?? '').join('\n')).toContain('for this freeze. May it go on to');
    await clicks(world, 'barrier.let-in', freeze?.id ?? '', OLIVE);
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(1);
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
    expect(stopsTold(world, lock.id)).toEqual([expect.stringMatching(new RegExp(`^ *:wastebasket: <@${OLIVE}> stops #1 .+\\.`))]);
  });
});
