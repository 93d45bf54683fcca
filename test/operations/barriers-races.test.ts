import { describe, expect, it } from '@jest/globals';
import { Stale } from '../../src/domain/faults.ts';
import { lookAtSteal } from '../../src/operations/barriers/steal-lock.ts';
import { watchLock } from '../../src/operations/barriers/watch-lock.ts';
import { ADA, GRACE, LINUS, OLIVE, T0 } from '../support/world/builders.ts';
import { aWorld } from '../support/world/fake-world.ts';
import { HOUR, at, locks, unlocks, steals, barriersOf, held, audited, refusalOf, valueOf, slower } from '../support/locking.ts';

describe('stealing', () => {
  it('is for owners', async () => {
    const world = aWorld();
    await locks(world);
    expect(refusalOf(await steals(world, GRACE))).toBe('not-owner');
    expect(refusalOf(await lookAtSteal({ ...at(world), user: GRACE }, world))).toBe('not-owner');
    expect((await held(world))?.by).toBe(ADA);
  });

  it('ends the old lock and begins another, with the note for whom it was taken from', async () => {
    const world = aWorld();
    await locks(world);
    await watchLock((await held(world))?.id ?? '', GRACE, world);
    const lock = valueOf(await steals(world));
    expect(lock).toMatchObject({ by: OLIVE, takenFrom: ADA, reason: 'migration', since: T0, until: T0 + 24 * HOUR, watchers: [{ user: GRACE }] });
    expect(lock.notes.map(({ what }) => what)).toEqual([{ kind: 'stolen', by: OLIVE, from: ADA }]);
    const [old, now, ...others] = (await barriersOf(world)).all;
    expect(old).toMatchObject({ by: ADA, ended: { how: 'stolen', by: OLIVE }, watchers: [] });
    expect(now?.id).not.toBe(old?.id);
    expect(others).toEqual([]);
    expect((await audited(world)).at(-1)).toBe(`lock.steal ${OLIVE} role:owner`);
  });

  it('takes only the lock that was shown', async () => {
    const world = aWorld();
    await locks(world);
    const shown = (await held(world))?.id;
    await unlocks(world);
    expect(refusalOf(await steals(world, OLIVE, shown))).toBe('not-locked');
    await locks(world, GRACE);
    expect(await steals(world, OLIVE, shown)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', lock: { by: GRACE }, maySteal: true } });
    expect((await held(world))?.by).toBe(GRACE);
  });

  it('twice is once', async () => {
    const world = aWorld();
    await locks(world);
    const shown = (await held(world))?.id;
    const [first, second] = await Promise.all([steals(world, OLIVE, shown), steals(world, OLIVE, shown)]);
    expect(valueOf(first).id).toBe(valueOf(second).id);
    expect((await barriersOf(world)).all).toHaveLength(2);
    expect((await audited(world)).filter((line) => line.startsWith('lock.steal'))).toHaveLength(1);
  });

  it('of one’s own is refused', async () => {
    const world = aWorld();
    await locks(world, OLIVE);
    expect(await lookAtSteal({ ...at(world), user: OLIVE }, world)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', mine: true } });
  });
});

describe('two at once', () => {
  it('who lock have one holder, and the other is told who', async () => {
    const world = aWorld();
    const answers = await Promise.all([locks(world, ADA), locks(world, GRACE), locks(world, LINUS)]);
    const holder = await held(world);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toMatchObject({ kind: 'already-locked', lock: { by: holder?.by } });
    expect((await barriersOf(world)).all).toHaveLength(1);
    expect(await audited(world)).toHaveLength(1);
  });

  it('of whom one saves first: the slower one reads again', async () => {
    const world = aWorld();
    expect(await locks(slower(world, () => locks(world, GRACE)), ADA)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', lock: { by: GRACE } } });
    expect(await audited(world)).toEqual([`lock.take ${GRACE} role:contributor`]);
  });

  it('of whom one unlocks and one steals: whichever comes first, both are told the truth', async () => {
    for (const first of ['unlock', 'steal']) {
      const world = aWorld();
      await locks(world);
      const shown = (await held(world))?.id;
      if (first === 'unlock') {
        expect(refusalOf(await steals(slower(world, () => unlocks(world)), OLIVE, shown))).toBe('not-locked');
        expect(await held(world)).toBeUndefined();
      } else {
        expect(await unlocks(slower(world, () => steals(world, OLIVE, shown)), ADA)).toMatchObject({ ok: false, refusal: { kind: 'not-yours', lock: { by: OLIVE } } });
        expect((await held(world))?.by).toBe(OLIVE);
      }
      expect((await barriersOf(world)).all.filter(({ ended }) => ended !== undefined)).toHaveLength(1);
    }
  });

  it('who never stop saving make it give up, and not spin', async () => {
    const world = aWorld();
    const busy = { ...world, store: { ...world.store, saveBarriers: () => Promise.reject(new Stale('what is in front of shop/prod')) } };
    await expect(locks(busy)).rejects.toThrow(Stale);
  });
});
