import { describe, expect, it } from '@jest/globals';
import { ADA, anApp, anEnvironment, aPipeline, aRunningVersion, commit, GRACE, LEADS, LINUS, OLIVE, T0 } from '../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, types, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { offered, openApproval, untilOver } from '../support/world/people.ts';
import { effects, newestRelease } from '../support/world/transcript.ts';

const BECAUSE = 'The shop is down and this mends it';

const lastReply = (world: FakeWorld, user = OLIVE) => world.slack.replies.findLast(({ to }) => to.user === user)?.text ?? '';
const glassLines = async (world: FakeWorld) => (await world.store.auditLines({ limit: 1000 })).filter(({ what }) => what === 'gate.break-glass');
const loud = (world: FakeWorld) => world.slack.messages.filter(({ message }) => message.broadcast === true && message.text.includes('Break glass'));

/** Grace holds prod. */
async function locked(world = aWorld()): Promise<FakeWorld> {
  await types(world, '/deploy lock prod migration for 2h', GRACE);
  await pass(world, 2);
  return world;
}

async function breaks(world: FakeWorld, release: string, gate: string, user = OLIVE, reason = BECAUSE): Promise<string> {
  await fillsIn(world, 'glass', { reason }, { release, gate }, user);
  await work(world);
  return lastReply(world, user);
}

/** An owner's or a contributor's request that the lock refused. */
async function refused(user: string): Promise<FakeWorld> {
  const world = await locked();
  world.account.addVersion('v2', commit('2'));
  await types(world, '/deploy prod@v2', user);
  await work(world);
  expect(lastReply(world, user)).toContain('is locked by');
  return world;
}

async function waiting(): Promise<{ readonly world: FakeWorld; readonly id: string }> {
  const world = aWorld();
  await types(world, '/deploy prod');
  await openApproval(world);
  return { world, id: (await newestRelease(world)).id };
}

describe('the glass of a request that was refused', () => {
  it('is broken by an owner: the release is made, passes the lock, and everybody is told who and why', async () => {
    const world = await refused(OLIVE);
    await fillsIn(world, 'glass', { reason: BECAUSE }, { asked: offered(world, 'glass.break', OLIVE), gate: 'lock' }, OLIVE);
    await until(world, async () => (await world.store.recentReleases({ limit: 1 })).length === 1);
    expect(lastReply(world)).toContain('passes the lock now');
    expect(await newestRelease(world)).toMatchObject({ passes: [{ gate: 'lock', by: OLIVE, reason: BECAUSE }], requesters: [{ user: OLIVE }] });
    await clicks(world, 'approval.approve', await openApproval(world), GRACE);
    expect((await untilOver(world)).status).toBe('live');
    expect(effects(world, 'update-environment')).toBe(1);
    expect(loud(world).map(({ message }) => message.broadcast)).toEqual([true]);
    expect(loud(world)[0]?.message.text).toContain(BECAUSE);
    expect(await glassLines(world)).toEqual([expect.objectContaining({ who: OLIVE, outcome: 'done', rule: 'role:owner', on: { app: 'shop', environment: 'prod', release: 1 }, detail: `lock: ${BECAUSE}` })]);
  });

  it('is not offered to a contributor, and not broken with the button of another person', async () => {
    const world = await refused(ADA);
    expect(() => offered(world, 'glass.break', ADA)).toThrow('nobody offered');
    await types(world, '/deploy prod@v2', OLIVE);
    await work(world);
    const asked = offered(world, 'glass.break', OLIVE);
    await clicks(world, 'glass.break', asked, LINUS);
    await fillsIn(world, 'glass', { reason: BECAUSE }, { asked, gate: 'lock' }, LINUS);
    await work(world);
    expect(lastReply(world, LINUS)).toContain('does not stand for anything');
    expect(await world.store.openReleases()).toEqual([]);
    expect(await glassLines(world)).toEqual([]);
  });
});

describe('the glass of a release that waits', () => {
  it('is broken for its approval: it goes in, in the owner’s name', async () => {
    const { world, id } = await waiting();
    expect(await breaks(world, id, 'approval')).toContain('#1 passes the approval now');
    expect((await untilOver(world)).status).toBe('live');
    expect(effects(world, 'answer-approval')).toBe(1);
    expect(await glassLines(world)).toHaveLength(1);
  });

  it('is broken once by a repeat of the same wish', async () => {
    const { world, id } = await waiting();
    const said = await fillsIn(world, 'glass', { reason: BECAUSE }, { release: id, gate: 'approval' }, OLIVE);
    await work(world);
    await world.store.nudge(`said:${said}`, world.clock.now());
    await work(world);
    expect((await newestRelease(world)).passes).toHaveLength(1);
    expect(await glassLines(world)).toHaveLength(1);
    expect(loud(world)).toHaveLength(1);
  });

  it.each([
    ['a contributor', GRACE, 'approval', BECAUSE, 'Only owners'],
    ['somebody who asked', ADA, 'approval', BECAUSE, 'Only owners'],
    ['an owner without a reason', OLIVE, 'approval', ' because  ', 'takes a reason'],
    ['an owner for another gate than the one it waits at', OLIVE, 'lock', BECAUSE, 'does not stand'],
    ['an owner for what cannot be passed', OLIVE, 'queue', BECAUSE, 'does not stand'],
  ])('is not broken by %s', async (_who, user, gate, reason, told) => {
    const { world, id } = await waiting();
    expect(await breaks(world, id, gate, user, reason)).toContain(told);
    expect(await newestRelease(world)).not.toHaveProperty('passes');
    expect((await newestRelease(world)).status).toBe('waiting');
    expect(await glassLines(world)).toEqual([]);
  });

  it('is not broken when the look-up of owners fails', async () => {
    const app = anApp({ people: { owners: [LEADS], contributors: [ADA] } });
    const world = aWorld({ app });
    await types(world, '/deploy prod');
    await openApproval(world);
    const { id } = await newestRelease(world);
    world.slack.groups = undefined;
    await fillsIn(world, 'glass', { reason: BECAUSE }, { release: id, gate: 'approval' }, GRACE);
    await work(world);
    expect(await newestRelease(world)).not.toHaveProperty('passes');
  });

  it('is offered in the headline to nobody once it is over', async () => {
    const { world, id } = await waiting();
    const headline = () => JSON.stringify(world.slack.messages.find(({ identity }) => identity.owner === id && identity.key === 'headline')?.message.blocks);
    expect(headline()).toContain('glass.release');
    await clicks(world, 'glass.release', id, LINUS);
    await work(world);
    expect(lastReply(world, LINUS)).toContain('Only owners');
    await clicks(world, 'release.cancel', id);
    await untilOver(world);
    expect(headline()).not.toContain('glass.release');
  });

  it('is broken for a push in front of a locked door: exactly it comes in, and the door is closed behind it', async () => {
    const world = await locked(aWorld({ app: anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { approval: { from: [GRACE], count: 1 } })] }) }));
    await world.store.recordRunning(aRunningVersion('v1', T0 - 1000));
    world.account.start(aPipeline(), { type: 'CloudWatchEvent' });
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    await until(world, async () => (await world.store.openReleases()).some(({ status, waiting: what }) => status === 'waiting' && what?.for === 'transition'));
    const { id } = await newestRelease(world);
    expect(await breaks(world, id, 'lock')).toContain('passes the lock now');
    await until(world, async () => (await newestRelease(world)).approvals.some(({ state }) => state === 'open'));
    await pass(world, 2);
    expect([...world.account.disabled.keys()]).toEqual(['shop-pipeline/Prod']);
    expect(effects(world, 'free-transition')).toBe(1);
    await clicks(world, 'approval.approve', await openApproval(world), GRACE);
    expect((await untilOver(world)).status).toBe('live');
  });
});
