import { describe, expect, it } from '@jest/globals';
import { barrierIn, type Barrier } from '../../../src/domain/barriers/barriers.ts';
import { barriersOf, ending, isClosed, locks, PROD_DOOR, threadOf, unlocks } from '../../support/world/barriers.ts';
import type { App } from '../../../src/domain/app.ts';
import { ADA, anApp, aPipeline, aRunningVersion, GRACE, T0 } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, rollsBack, untilOver } from '../../support/world/people.ts';
import { newestRelease } from '../../support/world/transcript.ts';

function withVersion(): FakeWorld {
  const world = aWorld();
  world.account.addVersion('v2', '2'.repeat(40));
  return world;
}

/** Until the release of the version has begun to work on prod. */
async function updates(world: FakeWorld): Promise<void> {
  await types(world, '/deploy prod@v2');
  await approves(world);
  await until(world, () => world.aws.calls.some(({ effect }) => effect.kind === 'update-environment'));
}

interface RollingBack {
  readonly world: FakeWorld;
  readonly lock: Barrier;
  readonly number: number;
}

async function rollingBack(): Promise<RollingBack> {
  const world = aWorld();
  await world.store.recordRunning(aRunningVersion('v0', T0 - 2_000_000, { revision: { id: '0'.repeat(40) } }));
  await world.store.recordRunning(aRunningVersion('v1', T0 - 1_000_000, { revision: { id: '1'.repeat(40) } }));
  await rollsBack(world);
  await work(world);
  const { number } = await newestRelease(world);
  const lock = (await barriersOf(world)).all.find((one) => one.rollback === number);
  if (!lock) throw new Error('the rollback took no lock');
  return { world, number, lock };
}

/** The rollback of who holds the environment already, for ten minutes or so long. */
async function lengthening(ms = 10 * 60_000): Promise<RollingBack> {
  const world = aWorld();
  await world.store.recordRunning(aRunningVersion('v0', T0 - 2_000_000, { revision: { id: '0'.repeat(40) } }));
  await world.store.recordRunning(aRunningVersion('v1', T0 - 1_000_000, { revision: { id: '1'.repeat(40) } }));
  const lock = await locks(world, ADA, 'short', { until: world.account.now + ms });
  await work(world);
  await rollsBack(world);
  await work(world);
  return { world, lock, number: (await newestRelease(world)).number };
}

/** It ends before it changed anything. */
async function changesNothing(world: FakeWorld, number: number): Promise<void> {
  const release = await world.store.releaseByNumber(number);
  if (!release) throw new Error('no rollback');
  const { intent: _none, ...rest } = release;
  await world.store.saveRelease({ ...rest, status: 'cancelled', deploys: [], holds: [] });
  await pass(world, 8);
}

async function lockNow(world: FakeWorld, { id }: Barrier): Promise<Barrier> {
  const found = (await barriersOf(world)).all.find((one) => one.id === id);
  if (!found) throw new Error('the lock is forgotten');
  return found;
}

describe('a lock and a release of a version', () => {
  it('takes the release’s hold over, and the release’s end opens nothing', async () => {
    const world = withVersion();
    await updates(world);
    const lock = await locks(world, GRACE, 'migration');
    await work(world);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
    expect((await untilOver(world)).status).toBe('live');
    await pass(world, 4);
    expect(barrierIn(world.account.disabled.get(PROD_DOOR) ?? '')).toBe(lock.id);
  });

  it('is not opened while the release works there, and is opened after', async () => {
    const world = withVersion();
    const lock = await locks(world, ADA, 'hotfix');
    await work(world);
    await updates(world);
    await unlocks(world, lock.id, ADA);
    await work(world);
    expect(isClosed(world)).toBe(true);
    await untilOver(world);
    await pass(world, 2);
    expect(isClosed(world)).toBe(false);
  });

  it('frees what a release left behind that AWS did not let Jack free', async () => {
    const world = withVersion();
    world.account.mishaps.denied.add('free-transition');
    await updates(world);
    await untilOver(world);
    expect(isClosed(world)).toBe(true);
    world.account.mishaps.denied.clear();
    await world.store.nudge('barriers:shop/prod', world.account.now);
    await work(world);
    expect(isClosed(world)).toBe(false);
    expect(world.aws.calls.at(-1)).toMatchObject({ effect: { kind: 'free-transition' }, call: { by: ADA } });
  });
});

describe('a rollback’s lock', () => {
  it('stays when the rollback changed something', async () => {
    const { world, lock } = await rollingBack();
    await untilOver(world);
    await pass(world, 8);
    expect(ending(await barriersOf(world), lock.id)).toBeUndefined();
  });

  it('names no deployment that the rollback aborts itself; another lock names it', async () => {
    const world = aWorld();
    await world.store.recordRunning(aRunningVersion('v1', T0 - 1_000_000, { revision: { id: '1'.repeat(40) } }));
    await types(world, '/deploy prod');
    await until(world, async () => (await newestRelease(world)).approvals.some(({ state }) => state === 'open'));
    await approves(world);
    await until(world, async () => (await newestRelease(world)).deploys.some(({ environment, status }) => environment === 'prod' && status === 'running'));
    const another = await locks(world, GRACE, 'migration');
    await pass(world);
    expect(threadOf(world, another.id).join('\n')).toMatch(/Already inside.*#1/s);
    await unlocks(world, another.id, GRACE);
    await rollsBack(world);
    for (const at of [world.account.now, world.account.now + 1]) {
      await world.store.nudge('barriers:shop/prod', at);
      await work(world);
    }
    const lock = (await barriersOf(world)).all.find(({ rollback }) => rollback !== undefined);
    expect(lock?.notes).toContainEqual(expect.objectContaining({ key: 'inside' }));
    expect(threadOf(world, lock?.id ?? '').join('\n')).not.toContain('Already inside');
  });

  it('gives back what it added to its caller’s own lock when it changed nothing', async () => {
    const { world, lock, number } = await lengthening();
    expect((await lockNow(world, lock)).until).toBe(lock.until + 24 * 3_600_000 - 10 * 60_000);
    expect(threadOf(world, lock.id).join('\n')).toContain(`#${number} rolls *shop → prod* back: this lock lasts until`);
    await changesNothing(world, number);
    expect(await lockNow(world, lock)).toMatchObject({ until: lock.until });
    expect(await lockNow(world, lock)).not.toHaveProperty('ended');
    expect(threadOf(world, lock.id).join('\n')).toContain(`#${number} changed nothing: this lock lasts until`);
    expect((await world.store.auditLines({ limit: 99 })).filter(({ rule, what }) => what === 'lock.take' && rule === 'not-needed')).toHaveLength(1);
  });

  it('says nothing of the seconds that it adds to a lock of a moment ago', async () => {
    const { world, lock, number } = await lengthening(24 * 3_600_000 - 5_000);
    expect((await lockNow(world, lock)).until).toBe(lock.until + 5_000);
    await changesNothing(world, number);
    expect((await lockNow(world, lock)).until).toBe(lock.until);
    expect(threadOf(world, lock.id).join('\n')).not.toContain('this lock lasts until');
  });

  it('ends its caller’s own lock where that would be over by now', async () => {
    const { world, lock, number } = await lengthening();
    world.account.now = lock.until + 60_000;
    await changesNothing(world, number);
    expect((await lockNow(world, lock)).ended?.how).toBe('expired');
  });

  it('keeps what its caller said since, and what it added where it changed something', async () => {
    const said = await lengthening();
    const barriers = await barriersOf(said.world);
    await said.world.store.saveBarriers({ ...barriers, all: barriers.all.map((one) => ({ ...one, until: T0 + 5 * 3_600_000 })) });
    await changesNothing(said.world, said.number);
    expect((await lockNow(said.world, said.lock)).until).toBe(T0 + 5 * 3_600_000);
    const { world, lock } = await lengthening();
    await untilOver(world);
    await pass(world, 8);
    expect((await lockNow(world, lock)).until).toBeGreaterThan(lock.until);
    expect(await lockNow(world, lock)).not.toHaveProperty('lengthened');
  });

  it('goes when the rollback was refused and changed nothing', async () => {
    const { world, lock, number } = await rollingBack();
    await changesNothing(world, number);
    expect(ending(await barriersOf(world), lock.id)?.how).toBe('not-needed');
    expect(isClosed(world)).toBe(false);
  });
});

/** The approval in a stage of its own, before the one that deploys. */
function askingInItsOwnStage(): App {
  const pipeline = aPipeline();
  const stages = pipeline.stages.flatMap((stage) => (stage.name === 'Prod' ? [{ ...stage, name: 'Ask', actions: stage.actions.filter(({ kind }) => kind === 'approval') }, { ...stage, actions: stage.actions.filter(({ kind }) => kind !== 'approval') }] : [stage]));
  return anApp({ pipelines: [{ ...pipeline, stages }] });
}

describe('a lock that begins after the yes to a release that still has a transition before it', () => {
  it('is passed by its holder with a version, and what was approved comes in after it and a word', async () => {
    const world = aWorld({ app: askingInItsOwnStage() });
    world.account.addVersion('v2', '2'.repeat(40));
    await types(world, '/deploy prod');
    await approves(world);
    await work(world);
    const lock = await locks(world, ADA, 'hotfix');
    const first = async () => (await world.store.recentReleases({ limit: 9 })).find(({ number }) => number === 1);
    await until(world, async () => (await first())?.waiting?.for === 'transition');
    await types(world, '/deploy prod@v2', ADA);
    await approves(world);
    await until(world, async () => (await newestRelease(world)).status === 'live');
    expect(await newestRelease(world)).toMatchObject({ number: 2, route: { kind: 'version' } });
    expect(await first()).toMatchObject({ status: 'waiting', waiting: { for: 'transition' } });
    await unlocks(world, lock.id, ADA);
    await pass(world, 4);
    expect(isClosed(world)).toBe(true);
    await clicks(world, 'barrier.let-in', lock.id, ADA);
    await until(world, async () => (await first())?.status === 'live');
  });

  it('is followed by what was approved before a version that comes when it is over', async () => {
    const world = aWorld({ app: askingInItsOwnStage() });
    world.account.addVersion('v2', '2'.repeat(40));
    await types(world, '/deploy prod');
    await approves(world);
    await work(world);
    const lock = await locks(world, ADA, 'hotfix');
    await until(world, async () => (await newestRelease(world)).waiting?.for === 'transition');
    await unlocks(world, lock.id, ADA);
    await types(world, '/deploy prod@v2', ADA);
    await approves(world);
    await pass(world, 2);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'queue', behind: 1 });
  });
});
