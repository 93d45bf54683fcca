import { describe, expect, it } from '@jest/globals';
import type { App } from '../../src/domain/app.ts';
import { gateInTheWay } from '../../src/domain/door/glass.ts';
import { Fault } from '../../src/domain/faults.ts';
import { breakGlass } from '../../src/operations/break-glass.ts';
import { decideApproval } from '../../src/operations/decide-approval.ts';
import { aLock, barriersOf, isClosed, locks, PROD_DOOR, unlocks, waitsInFront, wentIn } from '../support/world/barriers.ts';
import { ADA, anApp, anEnvironment, aPipeline, aRunningVersion, commit, GRACE, LINUS, OLIVE, T0 } from '../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, types, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { offered, openApproval } from '../support/world/people.ts';
import { effects, newestRelease } from '../support/world/transcript.ts';

const BECAUSE = 'The shop is down and this mends it';

const lastReply = (world: FakeWorld, user = OLIVE) => world.slack.replies.findLast(({ to }) => to.user === user)?.text ?? '';
const glassLines = async (world: FakeWorld) => (await world.store.auditLines({ limit: 1000 })).filter(({ what }) => what === 'gate.break-glass');
const loud = (world: FakeWorld) => world.slack.messages.filter(({ message }) => message.broadcast === true && message.text.includes('Break glass'));

async function breaks(world: FakeWorld, release: string, gate: string, user = OLIVE): Promise<string> {
  await fillsIn(world, 'glass', { reason: BECAUSE }, { release, gate }, user);
  await work(world);
  return lastReply(world, user);
}

async function isUnbroken(world: FakeWorld): Promise<void> {
  expect(await glassLines(world)).toEqual([]);
  expect(loud(world)).toEqual([]);
  expect((await world.store.openReleases()).filter(({ passes }) => passes !== undefined)).toEqual([]);
}

async function watched(app: App = anApp()): Promise<FakeWorld> {
  const world = aWorld({ app });
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  return world;
}

async function atTransition(world: FakeWorld): Promise<string> {
  await until(world, async () => (await world.store.openReleases()).some(({ waiting }) => waiting?.for === 'transition'));
  return (await newestRelease(world)).id;
}

/** The lock of prod refuses an owner's `words`; the id of the request behind the button. */
async function refused(world: FakeWorld, words = '/deploy prod@v2'): Promise<string> {
  await types(world, '/deploy lock prod migration for 2h', GRACE);
  await pass(world, 2);
  world.account.addVersion('v2', commit('2'));
  await types(world, words, OLIVE);
  await work(world);
  return offered(world, 'glass.break', OLIVE);
}

async function breaksRefusal(world: FakeWorld, asked: string): Promise<void> {
  await fillsIn(world, 'glass', { reason: BECAUSE }, { asked, gate: 'lock' }, OLIVE);
  await work(world);
}

describe('a broken glass', () => {
  it('is told of the environment whose lock it is, and lets the release through there and nowhere else', async () => {
    const world = aWorld();
    await types(world, '/deploy lock dev load test for 2h', GRACE);
    await pass(world, 2);
    await types(world, '/deploy prod');
    const id = await atTransition(world);
    await locks(world, LINUS, 'migration');
    await pass(world, 4);
    expect(await breaks(world, id, 'lock')).toContain('passes the lock of *dev*');
    expect(loud(world)[0]?.message.text).toContain('dev');
    expect(await glassLines(world)).toEqual([expect.objectContaining({ on: { app: 'shop', environment: 'dev', release: 1 } })]);
    await until(world, () => world.account.entered.some(({ door }) => door === 'shop-pipeline/Dev'));
    await pass(world, 20);
    expect([wentIn(world), isClosed(world)]).toEqual([[], true]);
  });

  it('opens the lock that was in force, and none that comes after it', async () => {
    const world = aWorld();
    await breaksRefusal(world, await refused(world));
    const approval = await openApproval(world);
    await unlocks(world, 'lock', GRACE);
    await locks(world, LINUS, 'another one');
    await clicks(world, 'approval.approve', approval, GRACE);
    await pass(world, 8);
    expect(await newestRelease(world)).toMatchObject({ status: 'waiting', waiting: { for: 'gate', gate: 'lock' } });
    expect(effects(world, 'update-environment')).toBe(0);
  });
});

describe('a rollback through the glass', () => {
  it('is planned anew and confirmed, and nothing is passed before that', async () => {
    const world = aWorld();
    world.account.addVersion('v0', commit('0'));
    await world.store.recordRunning(aRunningVersion('v0', T0 - 2000));
    await world.store.recordRunning(aRunningVersion('v1', T0 - 1000));
    await breaksRefusal(world, await refused(world, '/rollback prod'));
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain('breaks the glass: it passes the lock');
    expect(await world.store.openReleases()).toEqual([]);
    await isUnbroken(world);
    await clicks(world, 'rollback.confirm', offered(world, 'rollback.confirm', OLIVE), OLIVE);
    await until(world, async () => (await world.store.recentReleases({ limit: 1 })).length === 1);
    expect(await newestRelease(world)).toMatchObject({ purpose: 'rollback', route: { label: 'v0' }, passes: [{ gate: 'lock', by: OLIVE, reason: BECAUSE }] });
    expect(await glassLines(world)).toHaveLength(1);
  });

  it('records no glass when the lock has gone before the confirm', async () => {
    const world = aWorld();
    world.account.addVersion('v0', commit('0'));
    await world.store.recordRunning(aRunningVersion('v0', T0 - 2000));
    await world.store.recordRunning(aRunningVersion('v1', T0 - 1000));
    await breaksRefusal(world, await refused(world, '/rollback prod'));
    await unlocks(world, 'lock', GRACE);
    await clicks(world, 'rollback.confirm', offered(world, 'rollback.confirm', OLIVE), OLIVE);
    await until(world, async () => (await world.store.recentReleases({ limit: 1 })).length === 1);
    await isUnbroken(world);
  });
});

describe('a glass that would open nothing is not broken', () => {
  it('while something else waits beside the release: it is named', async () => {
    const world = await watched();
    await locks(world, ADA, 'hotfix');
    await waitsInFront(world);
    await atTransition(world);
    await pass(world, 8);
    const first = (await newestRelease(world)).id;
    await waitsInFront(world);
    await pass(world, 2);
    expect(await breaks(world, first, 'lock')).toMatch(/waits #\d+ as well/);
    await isUnbroken(world);
  });

  it('while the stage is held for another environment too', async () => {
    const pipeline = aPipeline();
    const deploys = pipeline.stages.flatMap(({ actions }) => actions.filter(({ kind }) => kind === 'deploy'));
    const stages = [...pipeline.stages.slice(0, 2), { name: 'Prod', actions: deploys.map((action) => ({ ...action, name: `${action.name}-${action.beanstalkEnvironment ?? ''}` })) }];
    const world = await watched(anApp({ pipelines: [{ ...pipeline, stages }], environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod')] }));
    await locks(world, ADA, 'hotfix');
    const dev = await barriersOf(world, 'dev');
    await world.store.saveBarriers({ ...dev, all: [aLock(world, GRACE, 'schema change')] });
    await waitsInFront(world);
    const id = await atTransition(world);
    expect(await breaks(world, id, 'lock')).toContain('That has to end before');
    await isUnbroken(world);
  });

  it('where AWS itself holds the pipeline: no glass is offered', async () => {
    const world = aWorld();
    world.account.disabled.set(PROD_DOOR, 'release freeze');
    await types(world, '/deploy prod', OLIVE);
    await work(world);
    expect(lastReply(world)).toContain('AWS itself holds');
    expect(lastReply(world)).not.toContain('glass');
    expect(() => offered(world, 'glass.break', OLIVE)).toThrow('nobody offered');
  });

  it('once the lock of the request is gone', async () => {
    const world = aWorld();
    const asked = await refused(world);
    await unlocks(world, 'lock', GRACE);
    await breaksRefusal(world, asked);
    expect(lastReply(world)).toContain('Nothing is passed');
    expect(await world.store.recentReleases({ limit: 1 })).toEqual([]);
    await isUnbroken(world);
  });

  it('when another lock stands there by now: that one is shown', async () => {
    const world = aWorld();
    const asked = await refused(world);
    await unlocks(world, 'lock', GRACE);
    await locks(world, LINUS, 'another one');
    await breaksRefusal(world, asked);
    expect(lastReply(world)).toContain('another one');
    expect(await world.store.recentReleases({ limit: 1 })).toEqual([]);
    await isUnbroken(world);
  });

  it('once the lock of the release that waits is gone', async () => {
    const world = await watched();
    await locks(world, ADA, 'hotfix');
    await waitsInFront(world);
    const id = await atTransition(world);
    await unlocks(world, 'lock', ADA);
    expect(await breakGlass({ release: id, gate: 'lock', user: OLIVE, reason: BECAUSE, wishId: 'wish-1' }, world)).toMatchObject({ ok: false, refusal: { kind: 'nothing-to-pass' } });
    await isUnbroken(world);
  });
});

const says = { user: GRACE, approves: false, comment: 'this breaks the basket' };

/** A question whose answer AWS does not take yet. */
async function asked(): Promise<{ readonly world: FakeWorld; readonly id: string; readonly approvalId: string }> {
  const world = aWorld();
  await types(world, '/deploy prod');
  const approvalId = await openApproval(world);
  world.aws.perform = () => Promise.reject(new Fault('throttled', { retryable: true }));
  return { world, id: (await newestRelease(world)).id, approvalId };
}

describe('a question that somebody answered with no', () => {
  it('is passed by no glass, and none is offered', async () => {
    const { world, id, approvalId } = await asked();
    await decideApproval({ approvalId, ...says }, world);
    await work(world);
    expect(await newestRelease(world)).toMatchObject({ status: 'waiting', approvals: [{ state: 'decided', verdict: 'rejected' }] });
    expect(await breaks(world, id, 'approval')).toContain('Nothing is passed');
    expect(gateInTheWay(await newestRelease(world))).toBeUndefined();
    await isUnbroken(world);
  });

  it('while the owner is looked up is passed by none either', async () => {
    const { world, id, approvalId } = await asked();
    const { people } = world.slack;
    const real = people.standing.bind(people);
    people.standing = async (user) => {
      if (user === OLIVE) await decideApproval({ approvalId, ...says }, world);
      return real(user);
    };
    expect(await breakGlass({ release: id, gate: 'approval', user: OLIVE, reason: BECAUSE, wishId: 'wish-1' }, world)).toMatchObject({ ok: false, refusal: { kind: 'nothing-to-pass' } });
    await isUnbroken(world);
  });
});

describe('the second owner', () => {
  it('reads who was first, and one whose release is over that there is nothing to let pass', async () => {
    const world = aWorld({ app: anApp({ people: { owners: [OLIVE, GRACE], contributors: [ADA] } }) });
    await types(world, '/deploy prod');
    await openApproval(world);
    const { id } = await newestRelease(world);
    await breaks(world, id, 'approval');
    expect(await breaks(world, id, 'approval', GRACE)).toMatch(new RegExp(`<@${OLIVE}> let #1 pass the approval already`));
    expect(await glassLines(world)).toHaveLength(1);
    await until(world, async () => (await newestRelease(world)).status === 'live');
    expect(await breaks(world, id, 'approval', GRACE)).toContain('so there is nothing to let pass');
  });
});
