import { describe, expect, it } from '@jest/globals';
import type { App, Pipeline } from '../../src/domain/app.ts';
import { ADA, anApp, anEnvironment, aPipeline, aRunningVersion, askingBefore, commit, GRACE, LEADS, LINUS, OLIVE, T0 } from '../support/world/builders.ts';
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

/** One glass for the first question: so many are open after it, in front of whom, and who let what pass. */
async function brokenOnce(app: App) {
  const world = aWorld({ app });
  await types(world, '/deploy prod');
  await openApproval(world);
  const { id } = await newestRelease(world);
  const told = await breaks(world, id, 'approval');
  await pass(world, 20);
  return { world, id, told, asked: (await newestRelease(world)).approvals.map(({ environment, state }) => [environment, state]) };
}

describe('the glass of one question', () => {
  const prod = anEnvironment('prod', { approval: { from: [GRACE], count: 1 } });
  const without = aPipeline().stages.map((stage) => ({ ...stage, actions: stage.actions.filter(({ kind }) => kind !== 'approval') }));
  const qa = aPipeline().stages.map((stage) => (stage.name === 'Prod' ? { ...stage, actions: [{ name: 'QA', runOrder: 1, kind: 'approval', provider: 'Manual' } as const, ...stage.actions] } : stage));

  it.each<readonly [string, Pipeline, string]>([
    ['of CodePipeline’s in front of an environment on the way', askingBefore('Dev'), 'dev'],
    ['of Jack’s own, before anything starts', aPipeline({ stages: without }), 'dev'],
    ['of two in front of the same environment', aPipeline({ stages: qa }), 'prod'],
  ])('%s opens no other, and names its environment', async (_which, pipeline, where) => {
    const { world, told, id, asked } = await brokenOnce(anApp({ pipelines: [pipeline], environments: [anEnvironment('dev', { verifyMs: 0, ...(where === 'dev' && { approval: { from: [LINUS], count: 1 } }) }), prod] }));
    expect(asked).toEqual([[where, 'confirmed'], ['prod', 'open']]);
    expect(told).toContain(where === 'dev' ? 'passes the approval of *dev* now' : 'passes the approval now');
    expect(loud(world)[0]?.message.text).toContain(`*shop → ${where}*`);
    expect((await glassLines(world)).map(({ on }) => on)).toEqual([{ app: 'shop', environment: where, release: 1 }]);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'approval' });
    await breaks(world, id, 'approval');
    expect((await untilOver(world)).status).toBe('live');
    expect((await glassLines(world)).map(({ on }) => on.environment)).toEqual([where, 'prod']);
  });

  it('is recorded with that very question', async () => {
    const { world, id } = await waiting();
    const [question] = (await newestRelease(world)).approvals;
    await breaks(world, id, 'approval', OLIVE);
    expect((await newestRelease(world)).passes).toMatchObject([{ gate: 'approval', approvalId: question?.id }]);
  });
});

/** A rollback through a freeze: the glass is broken, its plan shown, and nothing confirmed yet. */
async function planned(): Promise<FakeWorld> {
  const world = aWorld();
  await types(world, '/deploy freeze prod sale for 2d', OLIVE);
  await pass(world, 1);
  await types(world, '/rollback prod @v0', OLIVE);
  await work(world);
  await fillsIn(world, 'glass', { reason: BECAUSE }, { asked: offered(world, 'glass.break', OLIVE), gate: 'freeze' }, OLIVE);
  await work(world);
  return world;
}

describe('the confirm of a rollback through the glass', () => {
  it('is refused to who is no owner any more: nothing is made, and nothing broken', async () => {
    const world = await planned();
    const since: FakeWorld = { ...world, apps: { ...world.apps, all: () => [{ ...world.app, people: { owners: [GRACE], contributors: [OLIVE, ADA] } }] } };
    await clicks(since, 'rollback.confirm', offered(world, 'rollback.confirm', OLIVE), OLIVE);
    await work(since);
    expect(lastReply(world)).toBe(`Only owners break the glass. Ask <@${GRACE}>.`);
    expect([await world.store.recentReleases({ limit: 1 }), await glassLines(world)]).toEqual([[], []]);
  });

  it('is when the glass is broken, whenever its reason was given', async () => {
    const world = await planned();
    const shown = world.clock.now();
    world.account.now += 20 * 3_600_000;
    await clicks(world, 'rollback.confirm', offered(world, 'rollback.confirm', OLIVE), OLIVE);
    await until(world, async () => (await world.store.recentReleases({ limit: 1 })).length === 1);
    const [given] = (await newestRelease(world)).passes ?? [];
    expect((given?.at ?? 0) - shown).toBeGreaterThanOrEqual(20 * 3_600_000);
    expect((await glassLines(world)).map(({ at }) => at)).toEqual([given?.at]);
  });
});

describe('an owner who is no member', () => {
  it.each([
    ['guest', 'Guests never break the glass, owners or not'],
    ['deactivated', 'Deactivated users never break the glass'],
    ['external', 'People from outside this workspace never break the glass'],
  ] as const)('breaks none: %s, looked up anew', async (standing, told) => {
    const { world, id } = await waiting();
    const { people } = world.slack;
    const since: FakeWorld = { ...world, slack: { ...world.slack, people: { ...people, standing: async (user, fresh) => (fresh && user === OLIVE ? standing : people.standing(user, fresh)) } } };
    await fillsIn(since, 'glass', { reason: BECAUSE }, { release: id, gate: 'approval' }, OLIVE);
    await work(since);
    expect(lastReply(world)).toContain(told);
    expect(await newestRelease(world)).not.toHaveProperty('passes');
    expect(await glassLines(world)).toEqual([]);
  });

  it('is not offered one with a refusal', async () => {
    const world = await locked();
    world.slack.standings.set(OLIVE, 'guest');
    world.account.addVersion('v2', commit('2'));
    await types(world, '/deploy prod@v2', OLIVE);
    await work(world);
    expect(lastReply(world)).toContain('is locked by');
    expect(() => offered(world, 'glass.break', OLIVE)).toThrow('nobody offered');
  });
});
