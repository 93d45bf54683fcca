import { describe, expect, it } from '@jest/globals';
import { barrierReason } from '../../src/domain/barriers/barriers.ts';
import { Fault } from '../../src/domain/faults.ts';
import { letIn, stopWaiting } from '../../src/operations/barriers/let-in.ts';
import { ADA, aRelease, commit, GRACE, MINUTE, OLIVE, T0, VIC } from '../support/world/builders.ts';
import { aWorld, type FakeWorld } from '../support/world/fake-world.ts';
import { locks, unlocks, freezes, barriersOf, held, audited, refusalOf, valueOf, somethingWaits, waitsAt } from '../support/locking.ts';

describe('unlocking', () => {
  it('ends the lock of its holder at once where nothing waits', async () => {
    const world = aWorld();
    await locks(world);
    expect(valueOf(await unlocks(world))).toMatchObject({ kind: 'unlocked', agreed: [], blind: false, lock: { ended: { how: 'unlocked', by: ADA, agreed: [] } } });
    expect(await held(world)).toBeUndefined();
    expect((await audited(world)).at(-1)).toBe(`lock.release ${ADA} holder`);
  });

  it('is for the holder and owners', async () => {
    const world = aWorld();
    await locks(world);
    expect(await unlocks(world, GRACE)).toMatchObject({ ok: false, refusal: { kind: 'not-yours', lock: { by: ADA }, owners: [OLIVE] } });
    expect(refusalOf(await unlocks(world, VIC))).toBe('wrong-role');
    expect(valueOf(await unlocks(world, OLIVE))).toMatchObject({ lock: { ended: { by: OLIVE } } });
    expect((await audited(world)).at(-1)).toBe(`lock.release ${OLIVE} role:owner`);
  });

  it('of what nobody holds is refused', async () => {
    expect(refusalOf(await unlocks(aWorld()))).toBe('not-locked');
  });

  it('asks first when something waits, and does nothing yet', async () => {
    const world = aWorld();
    await locks(world);
    const executionId = await somethingWaits(world);
    expect(valueOf(await unlocks(world))).toMatchObject({ kind: 'asks', waiting: [{ executionId, stage: 'Prod', revision: { id: commit('c') } }] });
    expect((await held(world))?.by).toBe(ADA);
  });

  it('lets in exactly what was shown', async () => {
    const world = aWorld();
    await locks(world);
    const executionId = await somethingWaits(world);
    const barrier = (await held(world))?.id ?? '';
    expect(valueOf(await unlocks(world, ADA, { barrier, shown: { executionIds: [executionId], becomes: 'let-in' } }))).toMatchObject({ kind: 'unlocked', lock: { ended: { agreed: [executionId] } } });
    expect((await audited(world)).slice(-2)).toEqual([`lock.release ${ADA} holder`, `lock.let-in ${ADA} holder`]);
  });

  it.each(['let-in', 'stop'] as const)('asks again when something else waits by then (%s)', async (becomes) => {
    const world = aWorld();
    await locks(world);
    const shown = await somethingWaits(world);
    const other = await somethingWaits(world);
    const barrier = (await held(world))?.id ?? '';
    expect(valueOf(await unlocks(world, ADA, { barrier, shown: { executionIds: [shown], becomes } }))).toMatchObject({ kind: 'asks', waiting: [{ executionId: other }, { executionId: shown }] });
    expect(await held(world)).toBeDefined();
  });

  it('agrees to no execution that waits no more', async () => {
    const world = aWorld();
    await locks(world);
    const executionId = await somethingWaits(world);
    world.account.stop(executionId, { abandon: true, reason: 'by hand', by: 'olive' });
    const barrier = (await held(world))?.id ?? '';
    expect(valueOf(await unlocks(world, ADA, { barrier, shown: { executionIds: [executionId], becomes: 'let-in' } }))).toMatchObject({ kind: 'unlocked', lock: { ended: { agreed: [] } } });
  });

  it('stops what waits if that is wished, and agrees to nothing', async () => {
    const world = aWorld();
    await locks(world);
    const executionId = await somethingWaits(world);
    const { release } = await world.store.addRelease(aRelease({ route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId }, status: 'waiting' }));
    const barrier = (await held(world))?.id ?? '';
    expect(valueOf(await unlocks(world, ADA, { barrier, shown: { executionIds: [executionId], becomes: 'stop' } }))).toMatchObject({ kind: 'unlocked', stopped: [{ release: { number: release.number } }], lock: { ended: { agreed: [] } } });
    expect((await world.store.release(release.id))?.cancel).toMatchObject({ by: ADA });
  });

  it('stops nothing that it knows no release of, and then unlocks nothing', async () => {
    const world = aWorld();
    await locks(world);
    const executionId = await somethingWaits(world);
    expect(valueOf(await unlocks(world, ADA, { shown: { executionIds: [executionId], becomes: 'stop' } }))).toEqual({ kind: 'cannot-stop', executionIds: [executionId] });
    expect(await held(world)).toBeDefined();
  });

  it('names a transition that somebody else disabled, and asks nothing about what waits there', async () => {
    const world = aWorld();
    await locks(world);
    waitsAt(world, 'migration running');
    expect(valueOf(await unlocks(world))).toMatchObject({ kind: 'unlocked', foreign: [{ stage: 'Prod', reason: 'migration running' }] });
    expect(world.account.disabled.get('shop-pipeline/Prod')).toBe('migration running');
  });

  it('asks nothing while a freeze keeps it closed all the same', async () => {
    const world = aWorld();
    await locks(world);
    await freezes(world);
    await somethingWaits(world);
    expect(valueOf(await unlocks(world))).toMatchObject({ kind: 'unlocked', freeze: { by: OLIVE }, lock: { ended: { agreed: [] } } });
  });

  it('is done while AWS does not answer, and agrees to nothing', async () => {
    const world = aWorld();
    await locks(world);
    await somethingWaits(world);
    const blind = { ...world, aws: { ...world.aws, disabledTransitions: () => Promise.reject(new Fault('AWS is away.', { retryable: true })) } };
    expect(valueOf(await unlocks(blind))).toMatchObject({ kind: 'unlocked', blind: true, lock: { ended: { agreed: [] } } });
  });

  it('said once and run twice tells the second time what the first did', async () => {
    const world = aWorld();
    await locks(world);
    await unlocks(world);
    expect(valueOf(await unlocks(world))).toMatchObject({ kind: 'unlocked', lock: { ended: { by: ADA } } });
    world.account.now += MINUTE;
    expect(refusalOf(await unlocks(world, ADA, { at: T0 + MINUTE }))).toBe('not-locked');
  });
});

/** A lock that ended while something waited, and the question that was put about it. */
async function asksAbout(world: FakeWorld, asked: readonly string[]): Promise<string> {
  await locks(world);
  await unlocks(world);
  const barriers = await barriersOf(world);
  const [lock] = barriers.all;
  if (!lock) throw new Error('no lock');
  await world.store.saveBarriers({ ...barriers, holds: [{ pipeline: 'shop-pipeline', stage: 'Prod', reason: barrierReason(lock, 'prod'), state: 'held', asked }] });
  return lock.id;
}

describe('what waits when a lock is over', () => {
  it('is let in by the holder or an owner: exactly what was asked about', async () => {
    for (const user of [ADA, OLIVE]) {
      const world = aWorld();
      const barrier = await asksAbout(world, ['execution-1']);
      expect(await letIn({ barrier, user: GRACE }, world)).toMatchObject({ ok: false, refusal: { kind: 'not-yours', over: true } });
      expect(refusalOf(await letIn({ barrier, user: VIC }, world))).toBe('not-yours');
      expect(valueOf(await letIn({ barrier, user }, world))).toEqual(['execution-1']);
      expect(valueOf(await letIn({ barrier, user }, world))).toEqual(['execution-1']);
      const { holds, all } = await barriersOf(world);
      expect(holds).toMatchObject([{ asked: ['execution-1'], agreed: ['execution-1'] }]);
      expect(all[0]?.notes.map(({ what }) => what)).toEqual([{ kind: 'let-in', by: user, executionIds: ['execution-1'] }]);
      expect((await audited(world)).filter((line) => line.startsWith('lock.let-in'))).toEqual([`lock.let-in ${user} ${user === ADA ? 'holder' : 'role:owner'}`]);
    }
  });

  it('is not let in by an old question about something else', async () => {
    const world = aWorld();
    const barrier = await asksAbout(world, ['execution-2']);
    const now = await barriersOf(world);
    const all = now.all.map((one) => ({ ...one, notes: [{ key: 'may-flow-in:1', at: T0, what: { kind: 'may-flow-in', pipeline: 'shop-pipeline', stage: 'Prod', waiting: [{ executionId: 'execution-1', what: 'x' }] } } as const] }));
    await world.store.saveBarriers({ ...now, all });
    await world.store.saveMessage({ owner: barrier, key: 'may-flow-in:1', channel: 'C1', ts: '1.1', digest: 'x', state: 'posted', markedAt: T0 });
    expect(refusalOf(await letIn({ barrier, user: ADA, message: { channel: 'C1', ts: '1.1' } }, world))).toBe('stale-button');
    expect((await barriersOf(world)).holds[0]?.agreed).toBeUndefined();
  });

  it('is not let in once somebody locked again, or when nothing was asked', async () => {
    const world = aWorld();
    const barrier = await asksAbout(world, []);
    expect(refusalOf(await letIn({ barrier, user: ADA }, world))).toBe('stale-button');
    await locks(world, GRACE);
    expect(await letIn({ barrier, user: ADA }, world)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', lock: { by: GRACE }, mine: false } });
    expect(await letIn({ barrier, user: OLIVE }, world)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', mine: false } });
    const again = aWorld();
    const own = await asksAbout(again, ['execution-1']);
    await locks(again, ADA);
    expect(await letIn({ barrier: own, user: ADA }, again)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', lock: { by: ADA }, mine: true } });
    expect(refusalOf(await letIn({ barrier: 'forged', user: ADA }, world))).toBe('stale-button');
  });

  it('is cancelled instead, if that is wished', async () => {
    const world = aWorld();
    const barrier = await asksAbout(world, ['execution-1']);
    const { release } = await world.store.addRelease(aRelease({ status: 'waiting' }));
    expect(refusalOf(await stopWaiting({ barrier, user: GRACE }, world))).toBe('not-yours');
    expect(valueOf(await stopWaiting({ barrier, user: ADA }, world))).toEqual({ numbers: [release.number], unknown: [] });
    expect((await world.store.release(release.id))?.cancel?.by).toBe(ADA);
    expect((await barriersOf(world)).holds[0]?.agreed).toBeUndefined();
  });
});
