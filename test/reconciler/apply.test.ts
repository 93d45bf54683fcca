import { describe, expect, it } from '@jest/globals';
import { unanswered } from '../../src/domain/barriers/held-at-gate.ts';
import { aheadOf } from '../../src/domain/occupancy.ts';
import type { Release } from '../../src/domain/release.ts';
import type { Claim, Store } from '../../src/ports.ts';
import { decide, settleIntent } from '../../src/reconciler/apply.ts';
import type { Run } from '../../src/reconciler/reconcile.ts';
import { aDeploy, anApproval, aRelease, LINUS, T0 } from '../support/world/builders.ts';
import { barriersOf, locks, unlocks } from '../support/world/barriers.ts';
import { aWorld, quiet, RHYTHM } from '../support/world/fake-world.ts';
import { Crash } from '../support/world/interrupt.ts';

const ANSWER = { effect: { kind: 'answer-approval', approvalId: 'approval-1', pipeline: 'shop-pipeline', stage: 'Prod', action: 'Approve', token: 'token-1', approved: true, summary: '' } } as const;

/** Two releases that were both planned while nobody was inside; `beforeLook` runs between a release's word and its look. */
async function twoAtTheDoor() {
  const world = aWorld();
  const add = async (digit: string): Promise<Release> => {
    const { number: _number, version: _version, ...wanted } = aRelease({
      id: `00000000-0000-4000-8000-00000000000${digit}`,
      status: 'waiting',
      route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: `execution-${digit}` },
      approvals: [anApproval({ id: `approval-${digit}`, state: 'decided', verdict: 'approved' })],
      deploys: [aDeploy({ status: 'pending' })],
    });
    return (await world.store.addRelease(wanted)).release;
  };
  const [first, second] = [await add('1'), await add('2')];
  const decideOne = async (release: Release, beforeLook: () => Promise<void> = async () => undefined): Promise<Release> => {
    const store: Store = {
      ...world.store,
      saveRelease: (saved) => world.store.saveRelease(saved),
      async openReleases(app) {
        await beforeLook();
        return world.store.openReleases(app);
      },
    };
    const run: Run = { world: { ...world, store }, log: quiet, rhythm: RHYTHM, claim: { key: `release:${release.id}`, owner: 'test', epoch: 1, nudges: 1, faults: 0 } };
    return decide(release, ANSWER, run);
  };
  /** The process dies once the word is written, and another one goes on. */
  const diesAfterWriting = async (release: Release): Promise<Release> => {
    await decideOne(release, () => Promise.reject(new Crash('after the word'))).catch((error: unknown) => error);
    const found = (await world.store.release(release.id)) ?? release;
    const run: Run = { world, log: quiet, rhythm: RHYTHM, claim: await claimOf(release) };
    const settled = await settleIntent(found, world.app, { ...run, recovering: true });
    const { intent: _unmade, ...planned } = settled.release;
    return decide(planned, ANSWER, run, settled.unmade);
  };
  const claimOf = async ({ id }: Release): Promise<Claim> => {
    for (;;) {
      const next = await world.store.claim('test', world.clock.now(), 1_000);
      if (!('claim' in next)) throw new Error('nothing is due');
      if (next.claim.key === `release:${id}`) return next.claim;
    }
  };
  return { world, first, second, decideOne, diesAfterWriting, open: () => world.store.openReleases('shop') };
}

describe('of two releases that decide to go in', () => {
  it.each([
    ['the older one first', (door: Awaited<ReturnType<typeof twoAtTheDoor>>) => [door.first, door.second] as const],
    ['the newer one first', (door: Awaited<ReturnType<typeof twoAtTheDoor>>) => [door.second, door.first] as const],
  ])('one enters, and the other queues behind it: %s', async (_order, inOrder) => {
    const door = await twoAtTheDoor();
    const [early, late] = inOrder(door);
    expect((await door.decideOne(early)).intent?.t0).toBe(T0);
    expect(await door.decideOne(late)).not.toHaveProperty('intent');
    expect((await door.open()).find(({ id }) => id === late.id)).toMatchObject({ status: 'waiting', waiting: { for: 'queue', behind: early.number } });
  });

  it.each([
    ['the older one looks first', (door: Awaited<ReturnType<typeof twoAtTheDoor>>) => [door.first, door.second] as const],
    ['the newer one looks first', (door: Awaited<ReturnType<typeof twoAtTheDoor>>) => [door.second, door.first] as const],
  ])('at most one enters when both have written before either looks, and then the older comes first: %s', async (_order, inOrder) => {
    const door = await twoAtTheDoor();
    const [outer, inner] = inOrder(door);
    let insideOf: Release | undefined;
    const decided = await door.decideOne(outer, async () => {
      if (!insideOf) insideOf = await door.decideOne(inner);
    });
    const inside = [decided, insideOf].filter((release) => release?.intent !== undefined);
    expect(inside.length).toBeLessThan(2);
    const open = await door.open();
    const [older, newer] = [door.first, door.second].map(({ id }) => open.find((release) => release.id === id));
    if (!older || !newer) throw new Error('both are open');
    const free = [older, newer].filter((release) => aheadOf(release, open, T0).length === 0);
    expect(free.map(({ number }) => number)).toEqual([(inside[0] ?? older).number]);
  });

  it('none enters when both look at the same moment, and then the older comes first', async () => {
    const door = await twoAtTheDoor();
    let written = 0;
    const barrier = Promise.withResolvers<void>();
    const look = async (): Promise<void> => {
      written += 1;
      if (written === 2) barrier.resolve();
      await barrier.promise;
    };
    const decided = await Promise.all([door.decideOne(door.first, look), door.decideOne(door.second, look)]);
    expect(decided.map((release) => release.intent)).toEqual([undefined, undefined]);
    const open = await door.open();
    expect(open.filter((release) => aheadOf(release, open, T0).length === 0).map(({ number }) => number)).toEqual([door.first.number]);
  });

  it('one enters when the other wrote so too, died before it looked, and came back', async () => {
    const door = await twoAtTheDoor();
    expect((await door.decideOne(door.second)).intent).toBeDefined();
    expect(await door.diesAfterWriting(door.first)).toMatchObject({ status: 'waiting', waiting: { for: 'queue', behind: door.second.number } });
    expect(door.world.aws.calls).toEqual([]);
  });

  it('none is held back by one that neither is inside nor goes in', async () => {
    const door = await twoAtTheDoor();
    expect((await door.decideOne(door.second)).intent).toBeDefined();
  });
});

describe('what stepped back at a lock', () => {
  it('waits since the look at it: that the lock ended while Jack looked lets nothing in unasked', async () => {
    const world = aWorld();
    const { number: _number, version: _version, ...wanted } = aRelease({ id: '00000000-0000-4000-8000-000000000001', status: 'waiting', route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1' }, deploys: [aDeploy({ status: 'pending' })] });
    const { release } = await world.store.addRelease(wanted);
    const lock = await locks(world, LINUS, 'migration');
    const store: Store = {
      ...world.store,
      saveRelease: (saved) => world.store.saveRelease(saved),
      async barriers(app, environment) {
        const seen = await world.store.barriers(app, environment);
        await unlocks(world, lock.id, LINUS);
        world.account.now += 40;
        return seen;
      },
    };
    const run: Run = { world: { ...world, store }, log: quiet, rhythm: RHYTHM, claim: { key: `release:${release.id}`, owner: 'test', epoch: 1, nudges: 1, faults: 0 } };
    const decided = await decide(release, { effect: ANSWER.effect }, run);
    expect(decided).toMatchObject({ notes: [{ at: T0, what: { kind: 'waiting', waiting: { gate: 'lock' } } }] });
    expect(unanswered(decided, await barriersOf(world), world.clock.now())?.id).toBe(lock.id);
  });
});
