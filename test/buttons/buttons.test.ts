import { describe, expect, it } from '@jest/globals';
import { buttons } from '../../src/buttons/index.ts';
import { lockOf } from '../../src/domain/barriers/barriers.ts';
import { ADA, anApp, anEnvironment, aPipeline, aRunningVersion, commit, GRACE, LINUS, SHOP, T0, VIC } from '../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { approves, offered, openApproval, rollsBack, untilOver } from '../support/world/people.ts';
import { effects, newestRelease, onlyRelease } from '../support/world/transcript.ts';

const lastReply = (world: FakeWorld) => world.slack.replies.at(-1);

async function clicked(world: FakeWorld, button: string, value: string, user = ADA): Promise<string> {
  await clicks(world, button, value, user);
  await work(world);
  return lastReply(world)?.text ?? '';
}

async function withHistory(): Promise<FakeWorld> {
  const world = aWorld();
  await world.store.recordRunning(aRunningVersion('v0', T0 - 2000, { revision: { id: commit('0') } }));
  await world.store.recordRunning(aRunningVersion('v1', T0 - 1000, { revision: { id: commit('1') } }));
  return world;
}

describe('a click', () => {
  it.each(buttons.filter(({ id }) => !['choose.nothing', 'approval.reject', 'home.deploy'].includes(id)).map(({ id }) => id))('on %s with a forged id does nothing', async (id) => {
    const world = aWorld();
    expect(await clicked(world, id, 'forged')).toMatch(/does not stand for anything|I know no release|did not put that button there/);
    expect(world.aws.calls).toEqual([]);
    expect(await world.store.openReleases()).toEqual([]);
  });

  it('on a button that nobody knows does nothing', async () => {
    expect(await clicked(aWorld(), 'forged.button', 'x')).toContain('does not stand for anything');
  });

  it('on Approve of who may is recorded, and of a second person is told what happened', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    const id = await openApproval(world);
    expect(await clicked(world, 'approval.approve', id, VIC)).toContain('not among the approvers');
    expect(await clicked(world, 'approval.approve', id, GRACE)).toBe('Your approval of #1 is recorded.');
    expect(await clicked(world, 'approval.approve', id, GRACE)).toContain('already');
    expect(await clicked(world, 'approval.approve', id, LINUS)).toContain('already');
    await untilOver(world);
    expect(effects(world, 'answer-approval')).toBe(1);
  });

  it('on Cancel twice is one wish', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await openApproval(world);
    const { id } = await newestRelease(world);
    expect(await clicked(world, 'release.cancel', id)).toMatch(/#1/);
    expect(await clicked(world, 'release.cancel', id, GRACE)).toMatch(/already/);
    expect((await untilOver(world)).status).toBe('cancelled');
    expect(await clicked(world, 'release.cancel', id)).toContain('#1 is over');
    expect(effects(world, 'stop-execution')).toBe(1);
  });
});

async function older(): Promise<FakeWorld> {
  const world = aWorld();
  world.account.start(aPipeline(), { type: 'CloudWatchEvent' });
  await pass(world, 12);
  world.account.head = { id: commit('b'), sourceAction: 'Source' };
  await types(world, '/deploy prod because');
  await work(world);
  return world;
}

describe('a question', () => {
  it('about what waits is answered with that one', async () => {
    const world = await older();
    await clicked(world, 'choose.waiting', offered(world, 'choose.waiting'));
    expect(await onlyRelease(world)).toMatchObject({ route: { executionId: world.account.executions[0]?.id }, requesters: [{ user: ADA, reason: 'because' }] });
    expect(effects(world, 'start-execution')).toBe(0);
  });

  it('about what waits is answered with the newest', async () => {
    const world = await older();
    await clicked(world, 'choose.newest', offered(world, 'choose.newest'));
    expect(effects(world, 'start-execution')).toBe(1);
    expect((await onlyRelease(world)).revision.id).toBe(commit('b'));
  });

  it('is put again when something newer came in, and nothing is started', async () => {
    const world = await older();
    const before = offered(world, 'choose.newest');
    world.account.head = { id: commit('c'), sourceAction: 'Source' };
    expect(await clicked(world, 'choose.newest', before)).toContain('Something newer came in');
    expect(await world.store.openReleases()).toEqual([]);
    await clicked(world, 'choose.newest', offered(world, 'choose.newest'));
    expect((await onlyRelease(world)).revision.id).toBe(commit('c'));
  });

  it('is answered once by a double click', async () => {
    const world = await older();
    const value = offered(world, 'choose.newest');
    await clicked(world, 'choose.newest', value);
    await clicked(world, 'choose.newest', value);
    expect(effects(world, 'start-execution')).toBe(1);
  });

  it('is answered by nobody but who was asked', async () => {
    const world = await older();
    expect(await clicked(world, 'choose.newest', offered(world, 'choose.newest'), GRACE)).toContain('does not stand for anything');
    expect(await clicked(world, 'choose.nothing', offered(world, 'choose.nothing'))).toBe('Nothing was changed.');
    expect(await world.store.openReleases()).toEqual([]);
  });
});

const asking = (from: readonly string[] = [GRACE, LINUS]) => aWorld({ app: anApp({ environments: [anEnvironment('dev'), anEnvironment('prod', { rollbackApproval: { from, count: 2 } })] }) });
const planShown = (world: FakeWorld) => JSON.stringify(world.slack.replies.findLast(({ blocks }) => JSON.stringify(blocks ?? []).includes('rollback.confirm'))?.blocks);

describe('a rollback that others have to approve', () => {
  it('is told as that in the plan, in the answer, by its lock and by /deploy why', async () => {
    const world = asking();
    await rollsBack(world, '/rollback prod @v0');
    expect(planShown(world)).toContain(`• first asks for 2 approvals from <@${GRACE}> or <@${LINUS}>, not from who asks`);
    await work(world);
    expect(world.slack.replies.at(-1)?.text).toBe(`#1 rolls *prod* back once 2 of <@${GRACE}> and <@${LINUS}> have approved it, not counting who asked; follow it in <#${SHOP}>.`);
    expect(lockOf(await world.store.barriers('shop', 'prod'), world.clock.now())?.reason).toBe('Rollback to 0000000');
    await types(world, '/deploy why prod', LINUS);
    await work(world);
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain(`A rollback of *prod* first asks for 2 approvals from <@${GRACE}> or <@${LINUS}>, not from who asks.`);
    await approves(world, GRACE);
    await approves(world, LINUS);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('says where nobody may', async () => {
    const world = asking([]);
    await rollsBack(world, '/rollback prod @v0');
    expect(planShown(world)).toContain('• first asks for an approval, and nobody may give it: `rollback.approval.from` in jack.yml is empty');
    await work(world);
    expect(world.slack.replies.at(-1)?.text).toBe(`#1 rolls *prod* back once it is approved, and nobody may do that: \`rollback.approval.from\` in jack.yml is empty; follow it in <#${SHOP}>.`);
  });
});

describe('a rollback', () => {
  it('is planned, confirmed once, and done', async () => {
    const world = await withHistory();
    await rollsBack(world);
    expect(await untilOver(world)).toMatchObject({ purpose: 'rollback', status: 'live', revision: { label: 'v0' } });
    expect(effects(world, 'update-environment')).toBe(1);
  });

  it('is done once by a double click', async () => {
    const world = await withHistory();
    await rollsBack(world);
    await clicks(world, 'rollback.confirm', offered(world, 'rollback.confirm'), ADA);
    await untilOver(world);
    expect(effects(world, 'update-environment')).toBe(1);
  });

  it('whose plan has changed is shown again, and nothing is done', async () => {
    const world = await withHistory();
    await types(world, '/rollback prod');
    await work(world);
    const before = offered(world, 'rollback.confirm');
    await world.store.recordRunning(aRunningVersion('v0', T0 - 500, { standing: 'bad' }));
    world.account.addVersion('v2', commit('2'));
    await world.store.recordRunning(aRunningVersion('v2', T0 - 3000, { revision: { id: commit('2') } }));
    await clicked(world, 'rollback.confirm', before);
    expect(JSON.stringify(lastReply(world)?.blocks)).toContain('Things changed');
    expect(lastReply(world)?.replaceOriginal).toBe(true);
    expect(await world.store.openReleases()).toEqual([]);
    expect(offered(world, 'rollback.confirm')).not.toBe(before);
  });

  it('is offered in the thread of a release that failed there', async () => {
    const world = await withHistory();
    const prod = world.account.environments.get('shop-prod');
    if (prod) prod.fate = 'fails-midway';
    await types(world, '/deploy prod');
    await clicks(world, 'approval.approve', await openApproval(world), GRACE);
    const failed = await untilOver(world);
    expect(failed.status).toBe('mixed-versions');
    await until(world, () => world.slack.messages.some(({ message }) => JSON.stringify(message.blocks).includes('rollback.plan')));
    await clicked(world, 'rollback.plan', failed.id, GRACE);
    if (prod) prod.fate = 'works';
    await clicked(world, 'rollback.confirm', offered(world, 'rollback.confirm', GRACE), GRACE);
    expect(await untilOver(world, 2)).toMatchObject({ purpose: 'rollback', status: 'live', revision: { label: 'v1' } });
  });
});
