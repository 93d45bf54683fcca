import { describe, expect, it } from '@jest/globals';
import { barriersOf, isClosed, locks, pushes, threadOf, waitsInFront, wentIn } from '../../support/world/barriers.ts';
import { anOpenApp, OLIVE } from '../../support/world/builders.ts';
import { aWorld, pass, types, work, type FakeWorld } from '../../support/world/fake-world.ts';

/** Each fails in its build, before it comes near the stage. */
function hundredFail(world: FakeWorld): void {
  world.account.mishaps.failing.add('Build/Build');
  for (let count = 0; count < 100; count += 1) {
    const execution = pushes(world);
    world.account.now += 1000;
    while (execution.status === 'InProgress') world.account.tick();
  }
}

describe('what waits in front of a stage behind a hundred newer executions', () => {
  it('is asked about when the lock is over, and does not flow in', async () => {
    const world = aWorld({ app: anOpenApp() });
    const lock = await locks(world, OLIVE, 'weekend', { until: world.account.now + 3_600_000 });
    await work(world);
    const id = await waitsInFront(world);
    hundredFail(world);
    world.account.now += 3_600_000;
    await pass(world, 10);
    expect(wentIn(world)).toEqual([]);
    expect(isClosed(world)).toBe(true);
    expect((await barriersOf(world)).holds[0]?.asked).toEqual([id]);
    expect(threadOf(world, lock.id).at(-1)).toContain('[Let it in] [Stop it]');
  });

  it('is named before the lock is ended', async () => {
    const world = aWorld({ app: anOpenApp() });
    await locks(world, OLIVE, 'weekend');
    await work(world);
    const id = await waitsInFront(world);
    hundredFail(world);
    await types(world, '/deploy unlock prod', OLIVE);
    await pass(world, 10);
    expect(wentIn(world)).not.toContain(id);
    expect(world.slack.replies.at(-1)?.text).toContain('1 execution waits in front of it and would flow in');
  });
});

describe('a burst of executions', () => {
  it('gets a release each, also where more were started than are usually looked at', async () => {
    const world = aWorld({ app: anOpenApp() });
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    await work(world);
    world.account.now += 1000;
    const started = Array.from({ length: 40 }, () => pushes(world));
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    await work(world);
    const found = await Promise.all(started.map(({ id }) => world.store.releaseByExecution('shop-pipeline', id)));
    expect(found.map((releases) => releases.length)).toEqual(started.map(() => 1));
  });
});
