import { describe, expect, it } from '@jest/globals';
import { barrierIn, barrierReason, type Barriers } from '../../../src/domain/barriers/barriers.ts';
import { holdReason } from '../../../src/domain/effect.ts';
import { Fault } from '../../../src/domain/faults.ts';
import type { Release } from '../../../src/domain/release.ts';
import { yieldedToBarriers } from '../../../src/reconciler/barriers/hand-over.ts';
import { aLock, barriersOf, isClosed, locks, PROD_DOOR, pushes, unlocks } from '../../support/world/barriers.ts';
import { ADA, anApp, anEnvironment, aVersionRelease, MINUTE, T0 } from '../../support/world/builders.ts';
import { aWorld, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { newestRelease } from '../../support/world/transcript.ts';

const AT = { pipeline: 'shop-pipeline', stage: 'Prod' };

async function aReleaseThat(world: FakeWorld, kind: 'hold-transition' | 'free-transition'): Promise<Release> {
  const { number: _given, version: _first, ...wanted } = aVersionRelease();
  const { release } = await world.store.addRelease(wanted);
  const reason = holdReason(release, 'shop-prod');
  const holds = kind === 'free-transition' ? [{ ...AT, reason, state: 'held' as const }] : [];
  return world.store.saveRelease({ ...release, holds, intent: { effect: { kind, ...AT, reason }, t0: world.account.now } });
}

/** Something happens in the very moment in which the barriers write down that they open the door. */
function inTheMomentOfOpening(world: FakeWorld, happens: () => Promise<unknown>): FakeWorld {
  let once = true;
  const saveBarriers: FakeWorld['store']['saveBarriers'] = async (barriers, claim, also) => {
    const saved = await world.store.saveBarriers(barriers, claim, also);
    if (once && barriers.intent?.effect.kind === 'free-transition') {
      once = false;
      await happens();
    }
    return saved;
  };
  return { ...world, store: { ...world.store, saveBarriers } };
}

describe('a release that is about to open its hold', () => {
  it('leaves it to a lock that came meanwhile', async () => {
    const world = aWorld();
    await world.store.saveBarriers({ ...(await barriersOf(world)), all: [aLock(world, ADA, 'hotfix')] });
    const free = { kind: 'free-transition', ...AT, reason: 'any' } as const;
    expect(await yieldedToBarriers(anApp(), free, world)).toMatchObject({ kind: 'overtaken' });
  });

  it('does so also after a crash: the lock takes the hold over, and it is open at no moment', async () => {
    const world = aWorld();
    const release = await aReleaseThat(world, 'free-transition');
    world.account.close(PROD_DOOR, holdReason(release, 'shop-prod'), 'jack');
    const lock = await locks(world, ADA, 'hotfix');
    await pass(world, 4);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
    expect(world.account.doorLog.filter(({ to }) => to === undefined)).toEqual([]);
  });
});

describe('a release that works behind its hold while a freeze window of jack.yml begins and Jack is away', () => {
  it('leaves the hold to the freeze that nobody has noted yet: what waits does not flow in', async () => {
    const freezes = [{ name: 'lunch', zone: 'UTC', environments: ['prod'], when: { kind: 'dated', from: '2026-01-05T09:05', until: '2026-01-05T13:00' } }] as const;
    const world = aWorld({ app: anApp({ freezes, environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: MINUTE })] }) });
    await world.store.nudge('barriers:shop/prod', world.clock.now());
    world.account.addVersion('v2', '2'.repeat(40));
    await types(world, '/deploy prod@v2');
    await until(world, () => isClosed(world));
    const execution = pushes(world);
    await until(world, async () => (await newestRelease(world)).status === 'verifying' && execution.stages[execution.at]?.name === 'Prod');
    while (world.account.now < T0 + 6 * MINUTE) {
      world.account.now += 5_000;
      world.account.tick();
    }
    await pass(world, 4);
    expect(execution.inside).toBe(false);
    expect(world.account.doorLog.filter(({ to }) => to === undefined)).toEqual([]);
    const [freeze] = (await barriersOf(world)).all;
    expect(freeze).toMatchObject({ window: 'lunch' });
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(freeze?.id);
  });
});

describe('a release that is about to hold', () => {
  it('waits while the barriers are just opening the door', async () => {
    const world = aWorld();
    const lock = aLock(world, ADA, 'hotfix', { ended: { at: world.account.now, how: 'unlocked', by: ADA } });
    const barriers: Barriers = { ...(await barriersOf(world)), all: [lock], intent: { effect: { kind: 'free-transition', ...AT, reason: barrierReason(lock, 'prod') }, t0: world.account.now } };
    await world.store.saveBarriers(barriers);
    await expect(yieldedToBarriers(anApp(), { kind: 'hold-transition', ...AT, reason: 'any' }, world)).rejects.toBeInstanceOf(Fault);
    expect(await yieldedToBarriers(anApp(), { kind: 'hold-transition', pipeline: 'shop-pipeline', stage: 'Dev', reason: 'any' }, world)).toBeUndefined();
  });

  it('and wrote so before the barriers looked: the door stays closed', async () => {
    const whole = aWorld();
    const world = inTheMomentOfOpening(whole, () => aReleaseThat(whole, 'hold-transition'));
    await locks(world, ADA, 'hotfix');
    await work(world);
    await unlocks(world, 'lock', ADA);
    const due = await world.store.claim('other', whole.account.now, 1);
    expect('claim' in due && due.claim.key).toBe('barriers:shop/prod');
    await whole.store.freeLeases();
    await work(world);
    expect(isClosed(whole)).toBe(true);
    expect(whole.aws.calls.map(({ effect }) => effect.kind).filter((kind) => kind === 'free-transition')).toEqual([]);
    expect((await barriersOf(whole)).intent).toBeUndefined();
  });
});
