import { describe, expect, it } from '@jest/globals';
import { Fault } from '../../src/domain/faults.ts';
import { askHolder } from '../../src/operations/barriers/ask-holder.ts';
import { takeLock } from '../../src/operations/barriers/take-lock.ts';
import { watchLock } from '../../src/operations/barriers/watch-lock.ts';
import { requestRelease } from '../../src/operations/request-release.ts';
import type { Store } from '../../src/ports.ts';
import { ADA, anApp, anEnvironment, commit, GRACE, GUS, LINUS, MINUTE, OLIVE, T0, VIC } from '../support/world/builders.ts';
import { aWorld, type FakeWorld } from '../support/world/fake-world.ts';
import { HOUR, at, locks, steals, unlocks, freezes, barriersOf, held, audited, refusalOf, valueOf } from '../support/locking.ts';

describe('a lock', () => {
  it('is taken with who, why and until when, and audited in the same save', async () => {
    const world = aWorld();
    expect(valueOf(await locks(world))).toMatchObject({ how: 'taken', lock: { kind: 'lock', by: ADA, since: T0, until: T0 + 2 * HOUR, reason: 'migration' } });
    expect(await audited(world)).toEqual([`lock.take ${ADA} role:contributor`]);
    expect((await world.store.auditLines({ limit: 1 }))[0]).toMatchObject({ on: { app: 'shop', environment: 'prod', barrier: (await held(world))?.id }, detail: 'migration', outcome: 'done' });
  });

  it('is not for viewers, nor for guests', async () => {
    const world = aWorld();
    expect(refusalOf(await locks(world, VIC))).toBe('wrong-role');
    expect(refusalOf(await locks(world, GUS))).toBe('wrong-role');
    expect(await barriersOf(world)).toMatchObject({ version: 0, all: [] });
  });

  it('is taken by nobody while it cannot be looked up who may', async () => {
    const world = aWorld({ app: anApp({ people: { owners: [], contributors: ['S0LEADS001'] } }) });
    world.slack.groups = undefined;
    await expect(locks(world)).rejects.toThrow(Fault);
    expect((await barriersOf(world)).all).toEqual([]);
  });

  it('needs a reason, but for another time of one’s own', async () => {
    const world = aWorld();
    expect(refusalOf(await takeLock({ ...at(world), user: ADA, until: T0 + HOUR }, world))).toBe('reason-needed');
    await locks(world);
    expect(valueOf(await takeLock({ ...at(world), user: ADA, until: T0 + 3 * HOUR }, world))).toMatchObject({ how: 'extended', lock: { reason: 'migration', until: T0 + 3 * HOUR } });
  });

  it('of somebody else refuses, and tells an owner that they may steal it', async () => {
    const world = aWorld();
    await locks(world);
    expect(await locks(world, GRACE)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', lock: { by: ADA, reason: 'migration' }, mine: false } });
    expect(await locks(world, OLIVE)).toMatchObject({ ok: false, refusal: { maySteal: true } });
    expect((await held(world))?.by).toBe(ADA);
  });

  it('of one’s own gets a new time and reason, and a repeat of the same changes nothing', async () => {
    const world = aWorld();
    await locks(world);
    expect(valueOf(await locks(world))).toMatchObject({ how: 'as-it-was' });
    expect((await barriersOf(world)).version).toBe(1);
    world.account.now += HOUR;
    expect(valueOf(await locks(world, ADA, { reason: 'still at it', until: T0 + 5 * HOUR }))).toMatchObject({ how: 'extended', lock: { since: T0, until: T0 + 5 * HOUR } });
    expect((await barriersOf(world)).all).toHaveLength(1);
    expect(await audited(world)).toEqual([`lock.take ${ADA} role:contributor`, `lock.take ${ADA} holder`]);
  });

  it('is never longer than 30 days from when it began', async () => {
    const world = aWorld();
    await locks(world, ADA, { until: T0 + 24 * HOUR });
    world.account.now += 23 * HOUR;
    expect(refusalOf(await locks(world, ADA, { until: T0 + 30 * 24 * HOUR + 1 }))).toBe('bad-time');
    expect(refusalOf(await locks(world, ADA, { until: T0 + 30 * 24 * HOUR }))).toBe('none');
  });

  it('keeps its time where a new reason alone is said', async () => {
    const world = aWorld();
    await locks(world, ADA, { until: T0 + 5 * 24 * HOUR });
    expect(valueOf(await takeLock({ ...at(world), user: ADA, reason: 'still at it' }, world))).toMatchObject({ how: 'extended', lock: { reason: 'still at it', until: T0 + 5 * 24 * HOUR } });
    expect(valueOf(await takeLock({ ...at(world), environment: anEnvironment('dev'), user: ADA, reason: 'new' }, world))).toMatchObject({ how: 'taken', lock: { until: T0 + 24 * HOUR } });
  });

  it('that a rollback took is its holder’s own once they say a time or a reason', async () => {
    const world = aWorld();
    await locks(world);
    const barriers = await barriersOf(world);
    await world.store.saveBarriers({ ...barriers, all: barriers.all.map((one) => ({ ...one, rollback: 7 })) });
    expect(valueOf(await locks(world)).lock.rollback).toBe(7);
    expect(valueOf(await locks(world, ADA, { until: T0 + 3 * HOUR })).lock).not.toHaveProperty('rollback');
  });

  it('that has run out is in nobody’s way', async () => {
    const world = aWorld();
    await locks(world);
    world.account.now += 2 * HOUR;
    expect(valueOf(await locks(world, GRACE, { until: T0 + 4 * HOUR }))).toMatchObject({ how: 'taken' });
    expect((await held(world))?.by).toBe(GRACE);
  });
});

describe('asking and watching', () => {
  it('asks the holder once in a quarter of an hour', async () => {
    const world = aWorld();
    await locks(world);
    const id = (await held(world))?.id ?? '';
    expect(valueOf(await askHolder(id, GRACE, world))).toMatchObject({ asked: true });
    expect(valueOf(await askHolder(id, GRACE, world))).toMatchObject({ asked: false });
    expect(valueOf(await askHolder(id, LINUS, world))).toMatchObject({ asked: true });
    world.account.now += 15 * MINUTE;
    expect(valueOf(await askHolder(id, GRACE, world))).toMatchObject({ asked: true });
    expect((await held(world))?.notes.map(({ what }) => what)).toEqual([GRACE, LINUS, GRACE].map((by) => ({ kind: 'asked-for', by })));
    expect((await audited(world)).filter((line) => line.startsWith('lock.ask'))).toHaveLength(3);
  });

  it('remembers each who wants to be told, once', async () => {
    const world = aWorld();
    await locks(world);
    const id = (await held(world))?.id ?? '';
    await watchLock(id, GRACE, world);
    await watchLock(id, GRACE, world);
    await watchLock(id, LINUS, world);
    expect((await held(world))?.watchers.map(({ user }) => user)).toEqual([GRACE, LINUS]);
  });

  it('of a lock that was taken over goes to who holds it now', async () => {
    const world = aWorld();
    await locks(world);
    const old = (await held(world))?.id ?? '';
    await steals(world);
    expect(valueOf(await askHolder(old, GRACE, world))).toMatchObject({ asked: true, lock: { by: OLIVE } });
    expect(valueOf(await watchLock(old, GRACE, world))).toMatchObject({ by: OLIVE });
    expect((await held(world))?.watchers).toMatchObject([{ user: GRACE }]);
    expect((await world.store.auditLines({ limit: 9 })).find(({ what }) => what === 'lock.ask')?.on.barrier).toBe((await held(world))?.id);
    expect(refusalOf(await askHolder(old, OLIVE, world))).toBe('already-locked');
  });

  it('is nothing for the holder, for viewers, for what is over or for what never was', async () => {
    const world = aWorld();
    await locks(world);
    const id = (await held(world))?.id ?? '';
    for (const does of [askHolder, watchLock]) {
      expect(await does(id, ADA, world)).toMatchObject({ ok: false, refusal: { kind: 'already-locked', mine: true } });
      expect(refusalOf(await does(id, VIC, world))).toBe('wrong-role');
      expect(refusalOf(await does('forged', GRACE, world))).toBe('stale-button');
    }
    await unlocks(world);
    for (const does of [askHolder, watchLock]) expect(refusalOf(await does(id, GRACE, world))).toBe('not-locked');
    const { freeze: frozen } = valueOf(await freezes(world));
    expect(refusalOf(await askHolder(frozen.id, GRACE, world))).toBe('stale-button');
    expect(valueOf(await watchLock(frozen.id, GRACE, world)).watchers).toMatchObject([{ user: GRACE }]);
  });
});

const rollsBack = (world: FakeWorld, user = ADA) =>
  requestRelease({ ...at(world), user, route: { kind: 'version', label: 'v0' }, revision: { id: commit('0'), label: 'v0' }, purpose: 'rollback', reason: 'it broke', requestId: `request-${user}` }, world);

describe('a rollback', () => {
  it('takes the lock for its caller, with its number, in the same transaction', async () => {
    const world = aWorld();
    const { release } = valueOf(await rollsBack(world));
    expect(await held(world)).toMatchObject({ by: ADA, rollback: release.number, reason: 'Rollback to 0000000: it broke', until: T0 + 24 * HOUR });
    expect(await audited(world)).toContain(`lock.take ${ADA} rollback`);
  });

  it('leaves the lock of who holds it already', async () => {
    const world = aWorld();
    await locks(world);
    await rollsBack(world);
    expect((await barriersOf(world)).all).toMatchObject([{ by: ADA, reason: 'migration' }]);
  });

  it('makes its caller’s own lock last for the usual time, and nobody else’s', async () => {
    for (const user of [ADA, GRACE]) {
      const world = aWorld();
      await locks(world, user);
      await rollsBack(world);
      expect((await barriersOf(world)).all.map(({ by, reason, until, rollback }) => ({ by, reason, until, rollback }))).toEqual([{ by: user, reason: 'migration', until: T0 + (user === ADA ? 24 : 2) * HOUR, rollback: undefined }]);
    }
  });

  it('reads again when somebody locks at the same moment', async () => {
    const world = aWorld();
    let late = false;
    const addRelease: Store['addRelease'] = async (...given) => {
      if (!late) {
        late = true;
        await locks(world, ADA, { reason: 'just now' });
      }
      return world.store.addRelease(...given);
    };
    valueOf(await rollsBack({ ...world, store: { ...world.store, addRelease } }));
    expect((await barriersOf(world)).all).toMatchObject([{ by: ADA, reason: 'just now' }]);
    expect(await world.store.openReleases()).toHaveLength(1);
  });

  it('that is asked for twice takes one lock', async () => {
    const world = aWorld();
    await rollsBack(world);
    await rollsBack(world);
    expect((await barriersOf(world)).all).toHaveLength(1);
  });
});
