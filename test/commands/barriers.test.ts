import { describe, expect, it } from '@jest/globals';
import { lockOf } from '../../src/domain/barriers/barriers.ts';
import { Fault } from '../../src/domain/faults.ts';
import { ADA, GRACE, MINUTE, OLIVE, SHOP, T0, VIC } from '../support/world/builders.ts';
import { aWorld, says, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { interrupted } from '../support/world/interrupt.ts';
import { offered, rollsBack } from '../support/world/people.ts';
import { wrongWith } from '../support/world/slack-limits.ts';
import { withoutTimes } from '../support/world/transcript.ts';

const HOUR = 60 * MINUTE;

async function answerTo(world: FakeWorld, text: string, user = ADA): Promise<string> {
  world.account.now += 1;
  await types(world, text, user);
  await work(world);
  return lastAnswer(world, user);
}

function lastAnswer(world: FakeWorld, user: string): string {
  const last = world.slack.replies.findLast((reply) => reply.to.user === user);
  expect(wrongWith(last ?? {})).toEqual([]);
  return withoutTimes(last?.text ?? '');
}

const held = async (world: FakeWorld) => lockOf(await world.store.barriers('shop', 'prod'), world.clock.now());

describe('/deploy lock', () => {
  it('says whose it is, until when, and how it ends', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy lock prod migration for 2h')).toBe(':lock: *shop → prod* is yours until TIME: “migration”. Others’ releases wait or are refused; you still get in with a version (`@<revision>`) or a rollback. `/deploy unlock prod` ends it.');
    expect(await held(world)).toMatchObject({ by: ADA, reason: 'migration', until: expect.closeTo(T0 + 2 * HOUR, -2) });
  });

  it('without a time lasts a day, and says so', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy lock prod migration')).toContain('You named no time, so it lasts 24 hours');
    expect(await held(world)).toMatchObject({ until: expect.closeTo(T0 + 24 * HOUR, -2) });
  });

  it.each([
    ['/deploy lock shop prod the sale for 2h', 'the sale', 2],
    ['/jack lock prod the sale for 2h', 'the sale', 2],
    ['/deploy lock prod for 2h the sale', 'the sale', 2],
    ['/deploy lock prod “the sale for 2h”', 'the sale for 2h', 24],
    ['/deploy lock prod “for 2h or so” for 3h', 'for 2h or so', 3],
    ['/deploy lock to prod for the sale', 'for the sale', 24],
    ['/deploy lock prod @grace needs it', '@grace needs it', 24],
    ['/deploy lock shop prod @grace needs it for 2h', '@grace needs it', 2],
    ['/deploy lock prod <@U0GRACE001> needs it', '<@U0GRACE001> needs it', 24],
    ['/deploy lock prod <@U0GRACE001|grace> needs it', '@grace needs it', 24],
  ])('reads “%s”', async (text, reason, hours) => {
    const world = aWorld();
    await answerTo(world, text);
    expect(await held(world)).toMatchObject({ reason, until: expect.closeTo(T0 + hours * HOUR, -2) });
  });

  it('reads a clock in the person’s own zone, and says so where nobody knows it', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy lock prod sale until 18:00')).toContain('I read the time as UTC');
    expect(await held(world)).toMatchObject({ until: expect.closeTo(T0 + 9 * HOUR, -2) });
    world.slack.zones.set(ADA, 'Europe/Berlin');
    expect(await answerTo(world, '/deploy lock prod sale until 18:00')).not.toContain('UTC');
    expect(await held(world)).toMatchObject({ until: expect.closeTo(T0 + 8 * HOUR, -2) });
  });

  it('reads a clock as UTC while Slack does not answer, or names a zone that there is not', async () => {
    const world = aWorld();
    world.slack.zones.set(ADA, 'Mars/Olympus');
    expect(await answerTo(world, '/deploy lock prod sale until 18:00')).toContain('I read the time as UTC');
    const away = { ...world, slack: { ...world.slack, people: { ...world.slack.people, zone: () => Promise.reject(new Fault('Slack is away.', { retryable: true })) } } };
    expect(await answerTo(away, '/deploy lock prod sale until 19:00')).toContain('I read the time as UTC');
    expect(await held(world)).toMatchObject({ until: expect.closeTo(T0 + 10 * HOUR, -2) });
  });

  it.each([
    ['/deploy lock prod', 'takes a reason'],
    ['/deploy lock prod for 2h', 'as in `/deploy lock prod &lt;why&gt; for 2h`'],
    ['/deploy lock', 'Which environment?'],
    ['/deploy lock prd migration', 'Did you mean `prod`?'],
    ['/deploy lock prod@v1 migration', 'I don’t understand'],
    ['/deploy lock prod migration until 25:00', '“until 25:00” does not do as a time. Allowed: a length such as `for 2h`'],
    ['/deploy lock prod migration for 31d', 'at most 30 days'],
  ])('refuses “%s”: %s', async (text, says) => {
    const world = aWorld();
    expect(await answerTo(world, text)).toContain(says);
    expect(await held(world)).toBeUndefined();
  });

  it('to somebody else is refused with who, why, until when, and buttons', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration for 2h');
    expect(await answerTo(world, '/deploy lock prod mine now', GRACE)).toContain(`locked by <@${ADA}> since TIME, until TIME: “migration”`);
    const { id } = (await held(world)) ?? { id: '' };
    expect(offered(world, 'barrier.ask', GRACE)).toBe(id);
    expect(offered(world, 'barrier.watch', GRACE)).toBe(id);
    expect(() => offered(world, 'barrier.steal', GRACE)).toThrow('nobody offered');
    await answerTo(world, '/deploy lock prod mine now', OLIVE);
    expect(offered(world, 'barrier.steal', OLIVE)).toBe(id);
  });

  it('is audited once, also when Jack dies before the answer', async () => {
    const world = aWorld();
    await types(world, '/deploy lock prod migration for 2h');
    const probe = interrupted(aWorld(), { at: 0, side: 'before' });
    await types(probe.world, '/deploy lock prod migration for 2h');
    await work(probe.world);
    const at = probe.calls.findIndex((call) => call.startsWith('store.finishSaid')) + 1;
    await work(interrupted(world, { at, side: 'before' }).world);
    expect(lastAnswer(world, ADA)).toContain('is yours until TIME');
    expect((await world.store.auditLines({ limit: 10 })).filter(({ what }) => what === 'lock.take')).toHaveLength(1);
    expect((await world.store.barriers('shop', 'prod')).all).toHaveLength(1);
  });
});

describe('/deploy unlock', () => {
  it('says that it is free', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    expect(await answerTo(world, '/deploy unlock prod')).toBe(':unlock: *shop → prod* is unlocked.');
    expect(await answerTo(world, '/deploy unlock prod')).toContain('Nobody holds *shop → prod*');
  });

  it('by an owner says whose it was; by others it is refused', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    expect(await answerTo(world, '/deploy unlock prod', GRACE)).toContain(`Only they unlock it, or an owner: ask <@${OLIVE}>`);
    expect(await answerTo(world, '/deploy unlock prod', VIC)).toContain('takes a contributor');
    expect(await answerTo(world, '/deploy unlock prod', OLIVE)).toContain(`is unlocked; it was <@${ADA}>’s.`);
  });

  it('in the lock’s own thread needs no names', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    const owner = (await held(world))?.id ?? '';
    await world.store.saveMessage({ owner, key: 'headline', channel: SHOP, ts: '77.7', digest: 'x', state: 'posted', markedAt: T0 });
    await says(world, { kind: 'mention', words: 'unlock', ts: '78.1', threadTs: '77.7' }, ADA, { reply: { user: ADA, channel: SHOP, threadTs: '77.7' } });
    await work(world);
    expect(await held(world)).toBeUndefined();
    await says(world, { kind: 'mention', words: 'unlock', ts: '79.1', threadTs: '66.6' }, ADA, { reply: { user: ADA, channel: SHOP, threadTs: '66.6' } });
    await work(world);
    expect(lastAnswer(world, ADA)).toContain('Which environment?');
  });

  it('names what somebody else disabled in AWS, and leaves it', async () => {
    const world = aWorld();
    world.account.disabled.set('shop-pipeline/Prod', 'migration running');
    await answerTo(world, '/deploy lock prod migration');
    expect(await answerTo(world, '/deploy unlock prod')).toContain('not by me: “migration running”. It stays so: enable it in AWS.');
    expect(world.account.disabled.get('shop-pipeline/Prod')).toBe('migration running');
  });
});

describe('/deploy freeze and thaw', () => {
  it('are for owners', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy freeze prod until 18:00 the sale')).toContain(`Only owners freeze. Ask <@${OLIVE}>.`);
    expect(await answerTo(world, '/deploy thaw prod')).toContain('Only owners thaw.');
  });

  it('say until when, and that it is over', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy freeze prod for 2h the sale', OLIVE)).toBe(':snowflake: *shop → prod* is frozen until TIME: “the sale”. `/deploy thaw prod` ends it.');
    expect((await world.store.barriers('shop', 'prod')).all).toMatchObject([{ kind: 'freeze', by: OLIVE, reason: 'the sale', until: expect.closeTo(T0 + 2 * HOUR, -2) }]);
    expect(await answerTo(world, '/deploy thaw prod', OLIVE)).toContain('*shop → prod* is thawed.');
    expect(await answerTo(world, '/deploy thaw prod', OLIVE)).toContain('is not frozen');
  });

  it('need neither a time nor a reason', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy freeze prod', OLIVE)).toContain('is frozen until TIME. You named no time');
    expect((await world.store.barriers('shop', 'prod')).all).toMatchObject([{ reason: '', until: expect.closeTo(T0 + 24 * HOUR, -2) }]);
  });
});

describe('/deploy steal', () => {
  it('of what nobody holds says that there is nothing to steal', async () => {
    expect(await answerTo(aWorld(), '/deploy steal prod', OLIVE)).toContain('Nobody holds *shop → prod*, so there is nothing to steal.');
  });

  it('shows whose lock it is and asks; for owners only', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    expect(await answerTo(world, '/deploy steal prod', GRACE)).toContain('Only owners steal.');
    expect(await answerTo(world, '/deploy steal prod it broke', OLIVE)).toBe(`Take *shop → prod* over from <@${ADA}>?`);
    expect((await held(world))?.by).toBe(ADA);
    expect(offered(world, 'barrier.steal-confirm', OLIVE)).not.toBe((await held(world))?.id);
  });

  it('of what is free or one’s own says so', async () => {
    const world = aWorld();
    expect(await answerTo(world, '/deploy steal prod', OLIVE)).toContain('Nobody holds');
    await answerTo(world, '/deploy lock prod migration', OLIVE);
    expect(await answerTo(world, '/deploy steal prod', OLIVE)).toContain('You hold *shop → prod* already');
  });
});

describe('/jack status', () => {
  it('shows the lock and the freezes, and no transition that is held for them', async () => {
    const world = aWorld();
    await answerTo(world, '/deploy lock prod migration');
    await answerTo(world, '/deploy freeze prod for 2h <!channel> sale', OLIVE);
    await answerTo(world, '/jack status');
    const shown = withoutTimes(JSON.stringify(world.slack.replies.at(-1)?.blocks));
    expect(shown).toContain(`:lock: locked by <@${ADA}> until TIME: “migration”`);
    expect(shown).toContain(`:snowflake: frozen by <@${OLIVE}> until TIME: “&lt;!channel&gt; sale”`);
    expect(shown).not.toContain('Jack lock of prod');
  });
});

describe('a rollback', () => {
  it('says beforehand that it takes the lock, and takes it', async () => {
    const world = aWorld();
    await rollsBack(world, '/rollback prod @v0 it broke');
    expect(JSON.stringify(world.slack.replies.map(({ blocks }) => blocks))).toContain('*prod* is locked from then on, by you and for 24 hours, so that the next push does not ship the same fault again.');
    await work(world);
    expect(await held(world)).toMatchObject({ by: ADA, rollback: 1, reason: 'Rollback to 0000000: it broke' });
  });
});
