import { describe, expect, it } from '@jest/globals';
import { barrierReason, lockOf } from '../../src/domain/barriers/barriers.ts';
import { ADA, anOpenApp, commit, GRACE, MINUTE, OLIVE, VIC } from '../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { offered } from '../support/world/people.ts';
import { withoutTimes } from '../support/world/transcript.ts';

async function answerTo(world: FakeWorld, text: string, user = ADA): Promise<string> {
  await types(world, text, user);
  await work(world);
  return lastAnswer(world, user);
}

async function clicked(world: FakeWorld, button: string, value: string, user = ADA): Promise<string> {
  await clicks(world, button, value, user);
  await work(world);
  return lastAnswer(world, user);
}

const lastAnswer = (world: FakeWorld, user: string): string => withoutTimes(world.slack.replies.findLast((reply) => reply.to.user === user)?.text ?? '');
const held = async (world: FakeWorld) => lockOf(await world.store.barriers('shop', 'prod'), world.clock.now());
const idOf = async (world: FakeWorld): Promise<string> => (await held(world))?.id ?? 'none';

/** Prod is locked by Ada, and a push waits at the transition that Jack holds. */
async function lockedWithPush(): Promise<FakeWorld> {
  const world = aWorld({ app: anOpenApp() });
  await answerTo(world, '/deploy lock prod migration for 4h');
  await pass(world, 1);
  push(world, 'c');
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  await until(world, () => waiting(world).length === 1);
  await pass(world, 2);
  return world;
}

function push(world: FakeWorld, digit: string): void {
  const [pipeline] = world.app.pipelines;
  world.account.head = { id: commit(digit), summary: 'A push', sourceAction: 'Source' };
  if (pipeline) world.account.start(pipeline, { type: 'CloudWatchEvent' });
}

const waiting = (world: FakeWorld) => world.account.executions.filter((one) => one.status === 'InProgress' && one.at === 3 && !one.inside);
const entered = (world: FakeWorld) => world.account.executions.filter((one) => one.at > 3 || (one.at === 3 && one.inside));

describe('unlocking while a push waits', () => {
  it('asks what becomes of it, and lets it in when told so', async () => {
    const world = await lockedWithPush();
    expect(world.account.disabled.get('shop-pipeline/Prod')).toBe(barrierReason({ id: await idOf(world), kind: 'lock' }, 'prod'));
    expect(await answerTo(world, '/deploy unlock prod')).toBe('Unlock *shop → prod*? 1 execution waits in front of it and would flow in.');
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toMatch(/• #1: `ccccccc`.*before stage Prod/);
    expect(await clicked(world, 'barrier.unlock-let-in', offered(world, 'barrier.unlock-let-in'))).toContain('is unlocked.\nFlows in now: #1.');
    await until(world, () => entered(world).length === 1);
    expect(world.account.disabled.get('shop-pipeline/Prod')).toBeUndefined();
  });

  it('stops it when told so, and nothing flows in', async () => {
    const world = await lockedWithPush();
    await answerTo(world, '/deploy unlock prod');
    expect(await clicked(world, 'barrier.unlock-stop', offered(world, 'barrier.unlock-stop'))).toContain('Asked to stop: #1.');
    await until(world, async () => (await world.store.releaseByNumber(1))?.status === 'cancelled');
    await until(world, () => !world.account.disabled.has('shop-pipeline/Prod'));
    expect(entered(world)).toEqual([]);
  });

  it('keeps the lock when told so', async () => {
    const world = await lockedWithPush();
    await answerTo(world, '/deploy unlock prod');
    expect(await clicked(world, 'choose.nothing', offered(world, 'choose.nothing'))).toBe('Nothing was changed.');
    expect((await held(world))?.by).toBe(ADA);
  });

  it('asks again when something else waits by then', async () => {
    const world = await lockedWithPush();
    await answerTo(world, '/deploy unlock prod');
    const question = offered(world, 'barrier.unlock-let-in');
    push(world, 'd');
    await until(world, () => waiting(world)[0]?.revision.id === commit('d'));
    await pass(world, 2);
    expect(await clicked(world, 'barrier.unlock-let-in', question)).toContain('Something else waits there now, so nothing was done.');
    expect((await held(world))?.by).toBe(ADA);
    expect(await clicked(world, 'barrier.unlock-let-in', offered(world, 'barrier.unlock-let-in'))).toContain('is unlocked.');
    await until(world, () => entered(world).length === 1);
    expect(entered(world)[0]?.revision.id).toBe(commit('d'));
  });

  it('is a question to one person: nobody else can answer it', async () => {
    const world = await lockedWithPush();
    await answerTo(world, '/deploy unlock prod');
    const question = offered(world, 'barrier.unlock-let-in');
    for (const user of [GRACE, OLIVE, VIC]) expect(await clicked(world, 'barrier.unlock-let-in', question, user)).toContain('does not stand for anything');
    expect((await held(world))?.by).toBe(ADA);
  });

  it('tells who confirms too late that it was stolen, and lets nothing in', async () => {
    const world = await lockedWithPush();
    await answerTo(world, '/deploy unlock prod');
    const question = offered(world, 'barrier.unlock-let-in');
    await answerTo(world, '/deploy steal prod', OLIVE);
    await clicked(world, 'barrier.steal-confirm', offered(world, 'barrier.steal-confirm', OLIVE), OLIVE);
    expect(await clicked(world, 'barrier.unlock-let-in', question)).toContain(`locked by <@${OLIVE}>`);
    await pass(world, 3);
    expect(entered(world)).toEqual([]);
  });
});

describe('the buttons of a refusal', () => {
  it('ask the holder, and remember who wants to be told', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    await answerTo(world, '/deploy lock prod mine', GRACE);
    const id = await idOf(world);
    expect(await clicked(world, 'barrier.ask', id, GRACE)).toBe(`I asked <@${ADA}> in the lock’s thread.`);
    expect(await clicked(world, 'barrier.ask', id, GRACE)).toContain('a moment ago');
    expect(await clicked(world, 'barrier.watch', id, GRACE)).toContain('You are told in its thread when it is free.');
    expect((await held(world))?.watchers).toMatchObject([{ user: GRACE }]);
  });

  it('steal for an owner alone', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    await answerTo(world, '/deploy lock prod mine', OLIVE);
    const id = await idOf(world);
    expect(await clicked(world, 'barrier.steal', id, GRACE)).toContain('Only owners steal.');
    expect(await clicked(world, 'barrier.steal', id, OLIVE)).toContain(`*shop → prod* is yours until TIME: “migration”; <@${ADA}> is told.`);
    expect(await held(world)).toMatchObject({ by: OLIVE, takenFrom: ADA });
    expect(await clicked(world, 'barrier.steal', id, OLIVE)).toContain('is yours until TIME');
    expect((await world.store.barriers('shop', 'prod')).all.filter(({ ended }) => ended === undefined)).toHaveLength(1);
  });
});

describe('a steal that is confirmed', () => {
  it('takes the lock over with the reason and time that were typed', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    await answerTo(world, '/deploy steal prod it broke for 2h', OLIVE);
    const question = offered(world, 'barrier.steal-confirm', OLIVE);
    expect(await clicked(world, 'barrier.steal-confirm', question, GRACE)).toContain('does not stand for anything');
    expect(await clicked(world, 'barrier.steal-confirm', question, OLIVE)).toContain('“it broke”');
    expect(await held(world)).toMatchObject({ by: OLIVE, reason: 'it broke', takenFrom: ADA });
  });

  it('after the lock has gone takes nothing', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    await answerTo(world, '/deploy steal prod', OLIVE);
    const question = offered(world, 'barrier.steal-confirm', OLIVE);
    await answerTo(world, '/deploy unlock prod');
    expect(await clicked(world, 'barrier.steal-confirm', question, OLIVE)).toContain('Nobody holds');
    await answerTo(world, '/deploy lock prod again', GRACE);
    expect(await clicked(world, 'barrier.steal-confirm', question, OLIVE)).toContain(`locked by <@${GRACE}>`);
    expect((await held(world))?.by).toBe(GRACE);
  });
});

const asked = (world: FakeWorld, button: string): boolean => world.slack.messages.some(({ message }) => JSON.stringify(message.blocks).includes(button));

async function ranOut(): Promise<{ readonly world: FakeWorld; readonly id: string }> {
  const world = await lockedWithPush();
  const id = await idOf(world);
  world.account.now += 4 * 60 * MINUTE;
  await until(world, () => asked(world, 'barrier.let-in'));
  return { world, id };
}

describe('a lock that runs out while a push waits', () => {
  it('lets it in when its holder says so in the thread, and nobody else', async () => {
    const { world, id } = await ranOut();
    expect(await clicked(world, 'barrier.let-in', id, GRACE)).toContain('what waited is let in or stopped by');
    await pass(world, 2);
    expect(entered(world)).toEqual([]);
    expect(await clicked(world, 'barrier.let-in', id)).toBe('It may go in; I open the way now.');
    await until(world, () => entered(world).length === 1);
  });

  it('stops it when its holder says so', async () => {
    const { world, id } = await ranOut();
    expect(await clicked(world, 'barrier.stop-waiting', id)).toContain('Asked to stop: #1.');
    await until(world, async () => (await world.store.releaseByNumber(1))?.status === 'cancelled');
    await until(world, () => !world.account.disabled.has('shop-pipeline/Prod'));
    expect(entered(world)).toEqual([]);
  });
});

describe('in the thread', () => {
  it('Keep it changes nothing and is for the holder; Thaw is for owners and ends that freeze alone', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration for 8h');
    const lock = await idOf(world);
    await until(world, () => world.slack.messages.some(({ message }) => JSON.stringify(message.blocks).includes('barrier.keep')), 2500);
    expect(await clicked(world, 'barrier.keep', lock)).toContain('It stays yours until TIME.');
    expect(await clicked(world, 'barrier.keep', lock, GRACE)).toContain('Only they unlock it');
    await answerTo(world, '/deploy freeze prod for 2h sale', OLIVE);
    const freeze = (await world.store.barriers('shop', 'prod')).all.find(({ kind }) => kind === 'freeze')?.id ?? '';
    expect(await clicked(world, 'barrier.thaw', freeze)).toContain('Only owners thaw.');
    expect(await clicked(world, 'barrier.thaw', freeze, OLIVE)).toContain('is thawed');
    expect(await idOf(world)).toBe(lock);
  });
});
