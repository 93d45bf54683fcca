import { describe, expect, it } from '@jest/globals';
import type { App } from '../../src/domain/app.ts';
import type { AuditFact } from '../../src/domain/audit.ts';
import { Fault } from '../../src/domain/faults.ts';
import { glassFact } from '../../src/domain/door/glass.ts';
import { workHandlers } from '../../src/parts.ts';
import { ADA, anApp, LINUS, OLIVE, T0 } from '../support/world/builders.ts';
import { aWorld, quiet, RHYTHM, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { Crash, interrupted, type Interruption, type Side } from '../support/world/interrupt.ts';
import { approves, untilOver } from '../support/world/people.ts';
import { locks, steals } from '../support/locking.ts';
import { wordsOf, withoutTimes } from '../support/world/transcript.ts';
import { wrongWith } from '../support/world/slack-limits.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const glass = (world: FakeWorld, reason: string): Promise<void> => world.store.addAudit([glassFact({ gate: 'freeze', by: OLIVE, at: world.account.now, reason }, { app: 'shop', environment: 'prod', number: 7 })]);

/** As a start does, and as discovery does every two minutes. */
async function looks(world: FakeWorld, ms = 0): Promise<void> {
  world.account.now += ms;
  await world.store.nudge('digest:shop', world.clock.now());
  await work(world);
}

const digests = (world: FakeWorld) => world.slack.messages.filter(({ identity }) => identity.owner === 'digest:shop');
const keys = (world: FakeWorld) => digests(world).map(({ identity }) => identity.key);
const words = (world: FakeWorld): string => digests(world).at(-1)?.message.blocks.map(wordsOf).join('\n') ?? '';
/** Each digest that says these words, by its key. */
const telling = (world: FakeWorld, what: string) => digests(world).filter(({ message }) => message.blocks.map(wordsOf).join('\n').includes(what)).map(({ identity }) => identity.key);

/** One run of what is due; a process that dies in it leaves its lease behind. */
async function runOnce(world: FakeWorld): Promise<void> {
  const next = await world.store.claim('test', world.clock.now(), 30_000);
  if (!('claim' in next)) throw new Error('nothing is due');
  try {
    await world.store.finish(next.claim, await workHandlers(world, quiet, RHYTHM)['digest']?.(next.claim.key, next.claim));
  } catch (error) {
    if (!(error instanceof Crash) && !(error instanceof Fault)) throw error;
    await world.store.freeLeases();
  }
}

/** A digest that is interrupted, Jack away for a while, and the digest after it. */
async function throughTwoWeeks(interruption: Interruption, away: number): Promise<{ readonly world: FakeWorld; readonly calls: readonly string[] }> {
  const world = aWorld();
  await looks(world);
  await glass(world, 'in the first week');
  const first = interrupted(world, interruption);
  world.account.now += WEEK;
  await runOnce(first.world);
  const calls = [...first.calls];
  await looks(world, 5_000 + away);
  await glass(world, 'in the second week');
  await looks(world, WEEK);
  return { world, calls };
}

describe('the digest of an app', () => {
  it('never comes at the start, and then once a week', async () => {
    const world = aWorld();
    await looks(world);
    await looks(world, WEEK - 1);
    expect(keys(world)).toEqual([]);
    await looks(world, 1);
    for (let hour = 0; hour < 8 * 24; hour += 12) await looks(world, 12 * HOUR);
    expect(keys(world)).toEqual(['week:2026-01-12', 'week:2026-01-19']);
    expect(digests(world).map(({ channel, edits }) => [channel, edits])).toEqual([[world.app.channel, 0], [world.app.channel, 0]]);
  });

  it('comes by itself when it is due', async () => {
    const world = aWorld();
    await looks(world);
    world.account.now += WEEK;
    await work(world);
    world.account.now += WEEK;
    await work(world);
    expect(keys(world)).toEqual(['week:2026-01-12', 'week:2026-01-19']);
  });

  it('tells of releases, broken glass, stolen and old locks, and of the head of the audit', async () => {
    const world = aWorld();
    await looks(world);
    await types(world, '/deploy prod');
    await approves(world);
    await untilOver(world);
    await glass(world, 'the shop <!channel> burns');
    await locks(world, ADA, { until: T0 + 20 * DAY, reason: 'migration' });
    await steals(world);
    await world.store.addAudit([{ at: T0, who: LINUS, what: 'lock.steal', on: { app: 'other', environment: 'elsewhere' }, outcome: 'done', detail: `from ${ADA}: of another app` } satisfies AuditFact]);
    const lock = (await world.store.barriers('shop', 'prod')).all.at(-1);
    await world.store.saveBarriers({ ...(await world.store.barriers('shop', 'prod')), all: lock ? [{ ...lock, until: T0 + 20 * DAY }] : [] });
    await work(world);
    world.account.now = T0 + WEEK;
    await looks(world);
    const head = await world.store.auditHead();
    expect(withoutTimes(words(world)).split('\n')).toEqual([
      ':newspaper: *Digest of shop*  TIME to TIME',
      '1 release ended.',
      ':white_check_mark: live: *1* (#1 prod)',
      ':rotating_light: *Broken glass*',
      `• TIME <@${OLIVE}> let #7 pass the gate *freeze* of *prod*: “the shop &lt;!channel&gt; burns”`,
      ':lock: *Stolen locks*',
      `• TIME <@${OLIVE}> took the lock of *prod* from <@${ADA}>: “migration”`,
      ':hourglass: *Locked for more than a day*',
      `• *prod*: <@${OLIVE}>, for DURATION, until TIME: “migration”`,
      `The audit’s head: \`${head?.seq}:${head?.hash}\`. \`jack audit verify --head ${head?.seq}:${head?.hash}\` finds whether anything before it was changed or cut off.`,
    ]);
    expect(digests(world).flatMap(({ message }) => wrongWith(message))).toEqual([]);
  });

  it('after three weeks away comes once, and tells of what no digest had told', async () => {
    const world = aWorld();
    await looks(world);
    await looks(world, WEEK);
    await glass(world, 'before the absence');
    await looks(world, 3 * WEEK + DAY);
    expect(keys(world)).toEqual(['week:2026-01-12', 'week:2026-02-02']);
    expect(telling(world, 'before the absence')).toEqual(['week:2026-02-02']);
    expect(words(world)).toContain('2026-01-12 09:00 UTC> to <!date');
  });

  it.each<readonly [Side, number]>([['before', 0], ['after', 0], ['lost', 0], ['before', 3 * WEEK], ['after', 3 * WEEK]])('killed %s any call, and %i ms away, comes once and loses no line', async (side, away) => {
    const { calls } = await throughTwoWeeks({ at: 0, side }, away);
    expect(calls).toEqual(['store.setNote', expect.stringMatching('saveMessage'), expect.stringMatching('slack.post'), expect.stringMatching('saveMessage'), 'store.finish digest:shop']);
    for (const [index, name] of calls.entries()) {
      if (side === 'lost' && name.startsWith('store.finish')) continue;
      const { world } = await throughTwoWeeks({ at: index + 1, side }, away);
      expect({ name, keys: keys(world) }).toEqual({ name, keys: [...new Set(keys(world))] });
      expect({ name, told: telling(world, 'in the second week') }).toEqual({ name, told: [keys(world).at(-1)] });
      const first = telling(world, 'in the first week');
      if (away === 0) expect({ name, first }).toEqual({ name, first: ['week:2026-01-12'] });
      expect({ name, told: first.length > 0 }).toEqual({ name, told: true });
    }
  });

  it('keeps its hour where the clocks change', async () => {
    const app: App = anApp({ digest: { day: 7, minute: 150, zone: 'Europe/Berlin' } });
    const world = aWorld({ app });
    world.account.now = Date.parse('2026-10-24T12:00:00Z');
    await looks(world);
    for (let half = 0; half < 2 * 24 * 9; half += 1) await looks(world, HOUR / 2);
    expect(keys(world)).toEqual(['week:2026-10-25', 'week:2026-11-01']);
  });

  it('that is off never comes, and begins anew when it is on again', async () => {
    const off = aWorld({ app: anApp({ digest: 'off' }) });
    await looks(off);
    await looks(off, 2 * WEEK);
    expect(keys(off)).toEqual([]);
    const on: FakeWorld = { ...off, app: anApp(), apps: { ...off.apps, all: () => [anApp()] } };
    await looks(on, DAY);
    await looks(on, WEEK);
    await looks(off, DAY);
    await looks(on, 3 * WEEK);
    expect(keys(on)).toEqual(['week:2026-01-26']);
  });

  it('says loudly when the line that the last one named is gone', async () => {
    const world = aWorld();
    await looks(world);
    await glass(world, 'the shop burns');
    await looks(world, WEEK);
    expect(words(world)).not.toContain('no longer has the line');
    const head = await world.store.auditHead();
    const cut: FakeWorld = { ...world, store: { ...world.store, auditLines: async () => [], auditHead: async () => undefined } };
    await looks(cut, WEEK);
    expect(words(cut)).toContain(`The audit no longer has the line that the digest before named: somebody changed it or cut it off. Run \`jack audit verify --head ${head?.seq}:${head?.hash}\`.`);
  });
});

describe('/jack digest', () => {
  it('shows the last seven days to the caller alone', async () => {
    const world = aWorld();
    await glass(world, 'eight days ago');
    world.account.now += DAY;
    for (let line = 0; line < 20; line += 1) await glass(world, `seven days ago, ${line}`);
    world.account.now += WEEK;
    await glass(world, 'just now');
    await types(world, '/jack digest', LINUS);
    await work(world);
    const reply = world.slack.replies.at(-1);
    const shown = (reply?.blocks ?? []).map(wordsOf).join('\n');
    expect(reply?.to.user).toBe(LINUS);
    expect(shown).toContain('seven days ago, 9');
    expect(shown).toContain('• and 11 more; `jack audit export` has them all');
    expect(shown).not.toContain('eight days ago');
    expect(shown).toContain(`--head ${(await world.store.auditHead())?.seq}:`);
    expect(reply?.text).toContain('the glass was broken 21 times');
    expect(digests(world)).toEqual([]);
  });

  it('before anything was recorded says so', async () => {
    const world = aWorld();
    await types(world, '/jack digest');
    await work(world);
    const reply = world.slack.replies.at(-1);
    expect((reply?.blocks ?? []).map(wordsOf).join('\n')).toMatch(/No release ended\.\nNo glass was broken, no lock was stolen and no lock is older than a day\.\nThe audit has no lines yet\.$/);
  });
});
