import { describe, expect, it } from '@jest/globals';
import { barrierIn, lockOf, type Barrier, type Barriers } from '../../../src/domain/barriers/barriers.ts';
import { aLock, barriersOf, ending, isClosed, lets, locks, opens, PROD_DOOR, threadOf, unlocks, waitsInFront, wentIn } from '../../support/world/barriers.ts';
import { ADA, GRACE, LINUS, MINUTE, OLIVE, T0 } from '../../support/world/builders.ts';
import { aWorld, pass, types, until, work } from '../../support/world/fake-world.ts';
import { newestRelease } from '../../support/world/transcript.ts';

const HOUR = 3_600_000;
const OLIVES_ARN = 'arn:aws:iam::123456789012:user/olive';

describe('a lock', () => {
  it('closes the way into the stage in the name of who took it, and opens it again when it is over', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
    expect(world.aws.calls.map(({ effect, call }) => [effect.kind, call.by, call.releaseNumber])).toEqual([['hold-transition', ADA, undefined]]);
    await unlocks(world, lock.id, ADA);
    await work(world);
    expect(isClosed(world)).toBe(false);
    expect((await barriersOf(world)).holds).toEqual([]);
    expect(world.aws.calls.map(({ effect, call }) => [effect.kind, call.by])).toEqual([['hold-transition', ADA], ['free-transition', ADA]]);
  });

  it('keeps a push in front of the stage, and lets nothing flow in that nobody agreed to', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    await unlocks(world, lock.id, ADA);
    await pass(world, 3);
    expect(wentIn(world)).toEqual([]);
    expect(threadOf(world, lock.id).at(-1)).toContain('May it flow in?\n');
    expect(threadOf(world, lock.id).at(-1)).toContain('[Let it in] [Stop it]');
    await lets(world, lock.id, ADA);
    await pass(world, 2);
    expect(wentIn(world)).toEqual([id]);
    expect(threadOf(world, lock.id).some((words) => words.includes('[Let it in]'))).toBe(false);
  });

  it('lets in at once what was agreed to when it was unlocked', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const id = await waitsInFront(world);
    await unlocks(world, lock.id, ADA, [id]);
    await pass(world, 2);
    expect(wentIn(world)).toEqual([id]);
  });

  it('asks anew when something else waits than what was agreed to', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    const first = await waitsInFront(world);
    const second = await waitsInFront(world);
    await unlocks(world, lock.id, ADA, [first]);
    await pass(world, 2);
    expect(wentIn(world)).toEqual([]);
    expect((await barriersOf(world)).holds[0]?.asked).toEqual([second]);
    const third = await waitsInFront(world);
    await pass(world, 2);
    expect((await barriersOf(world)).holds[0]?.asked).toEqual([third]);
    expect(threadOf(world, lock.id).filter((words) => words.includes('[Let it in]'))).toHaveLength(1);
  });

  it('ends by its time, says so, and tells those who wanted to know', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix', { until: T0 + MINUTE, watchers: [{ user: GRACE, at: T0 }] });
    await pass(world, 14);
    const ended = ending(await barriersOf(world), lock.id);
    expect(ended).toEqual({ at: T0 + MINUTE, how: 'expired' });
    expect(isClosed(world)).toBe(false);
    expect(threadOf(world, lock.id).at(-1)).toContain(`<@${GRACE}>: *shop → prod* is free.`);
    expect((await world.store.auditLines({ limit: 50 })).map(({ what }) => what)).toEqual(expect.arrayContaining(['aws.hold-transition', 'lock.expire', 'aws.free-transition']));
  });

  it('reminds its holder every three hours, and only the newest reminder asks', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix', { until: T0 + 10 * HOUR });
    await work(world);
    for (const hours of [3, 6]) {
      world.account.now = T0 + hours * HOUR;
      await work(world);
    }
    const reminders = threadOf(world, lock.id).filter((words) => words.includes(':alarm_clock:'));
    expect(reminders).toHaveLength(2);
    expect(reminders.map((words) => [words.includes('Do you still need it?'), words.includes('[Unlock] [Keep it]')])).toEqual([[false, false], [true, true]]);
  });

  it('names what was inside already, with a way to reject it', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await until(world, async () => (await newestRelease(world)).approvals.some((request) => request.state === 'open'));
    const lock = await locks(world, GRACE, 'migration');
    await pass(world);
    const named = threadOf(world, lock.id).find((words) => words.includes('Already inside'));
    expect(named).toContain('#1');
    expect(named).toContain('[Reject]');
  });

  it('leaves a transition alone that somebody else closed, also afterwards', async () => {
    const world = aWorld();
    world.account.close(PROD_DOOR, 'migration running', OLIVES_ARN);
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 2);
    await unlocks(world, lock.id, ADA);
    await pass(world, 2);
    expect(world.account.disabled.get(PROD_DOOR)).toBe('migration running');
    expect(world.aws.calls).toEqual([]);
    expect(threadOf(world, lock.id).join('\n')).toContain('is closed already by olive: “migration running”');
  });

  it('holds the transition as soon as somebody else opens theirs', async () => {
    const world = aWorld();
    world.account.close(PROD_DOOR, 'migration running', OLIVES_ARN);
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 2);
    world.account.open(PROD_DOOR, OLIVES_ARN);
    await pass(world, 8);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
  });

  it('is put back once when somebody opens it in the console, and then left with a warning', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    opens(world, OLIVES_ARN);
    await pass(world, 8);
    expect(isClosed(world)).toBe(true);
    opens(world, OLIVES_ARN);
    await pass(world, 8);
    expect(isClosed(world)).toBe(false);
    const drift = threadOf(world, lock.id).filter((words) => words.includes('olive opened'));
    expect(drift).toHaveLength(2);
    expect(drift[1]).toContain('I leave it open now');
    expect((await world.store.auditLines({ limit: 50 })).filter(({ what }) => what === 'transition.drift').map(({ who, rule }) => [who, rule])).toEqual([[OLIVES_ARN, 'put-back'], [OLIVES_ARN, 'left']]);
  });

  it('is told where AWS does not let Jack close the way, and is in force all the same', async () => {
    const world = aWorld();
    world.account.mishaps.denied.add('hold-transition');
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 8);
    expect(world.aws.calls).toHaveLength(1);
    expect(lockOf(await barriersOf(world), world.account.now)?.id).toBe(lock.id);
    expect(threadOf(world, lock.id).join('\n')).toContain('AWS does not let me close');
  });

  it('is told where AWS does not let Jack open the way again', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    world.account.mishaps.denied.add('free-transition');
    await unlocks(world, lock.id, ADA);
    await pass(world, 8);
    expect(world.aws.calls.map(({ result }) => result.kind)).toEqual(['done', 'refused']);
    expect(threadOf(world, lock.id).join('\n')).toContain('Enable it in CodePipeline.');
  });

  it('that was taken over stays closed without a moment between, and the former holder is told', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    const before = await barriersOf(world);
    const at = world.account.now;
    const ended: Barrier = { ...lock, ...before.all[0], ended: { at, how: 'stolen', by: OLIVE }, notes: [{ key: 'stolen', at, what: { kind: 'stolen', by: OLIVE, from: ADA, reason: 'prod is down' } }] };
    const next = aLock(world, OLIVE, 'prod is down', { takenFrom: ADA });
    await world.store.saveBarriers({ ...before, all: [ended, next] });
    await pass(world);
    expect(world.aws.calls.map(({ effect }) => effect.kind)).toEqual(['hold-transition', 'hold-transition']);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(next.id);
    const direct = world.slack.messages.filter(({ channel }) => channel === ADA);
    expect(direct.map(({ message }) => message.text)).toEqual([expect.stringContaining(`<@${OLIVE}> took your lock`)]);
  });
});

describe('what was recorded of barriers', () => {
  it('is looked at again and changes nothing where nothing is new', async () => {
    const world = aWorld();
    const lock = await locks(world, ADA, 'hotfix');
    await waitsInFront(world);
    await unlocks(world, lock.id, LINUS);
    await pass(world, 3);
    const everything = async (): Promise<readonly [Barriers, number, number]> => [await barriersOf(world), world.aws.calls.length, world.slack.messages.reduce((sum, { edits }) => sum + edits, 0)];
    const before = await everything();
    await world.store.nudge('barriers:shop/prod', world.account.now);
    await work(world);
    expect(await everything()).toEqual(before);
  });
});
