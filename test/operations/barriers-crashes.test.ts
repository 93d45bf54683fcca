import { describe, expect, it } from '@jest/globals';
import type { Barrier } from '../../src/domain/barriers/barriers.ts';
import { ADA, OLIVE } from '../support/world/builders.ts';
import { aWorld, clicks, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { interrupted, type Interruption } from '../support/world/interrupt.ts';
import { offered } from '../support/world/people.ts';

interface Deed {
  readonly name: string;
  /** What stands there before. */
  readonly before: (world: FakeWorld) => Promise<void>;
  readonly says: (world: FakeWorld) => Promise<unknown>;
  readonly by: string;
  /** The one line of the audit that it makes. */
  readonly audited: string;
  /** What the person is told, however often Jack died. */
  readonly told: string;
  readonly stands: readonly Partial<Barrier>[];
}

const typed = async (world: FakeWorld, text: string, user = ADA): Promise<void> => {
  await types(world, text, user);
  await work(world);
  world.account.now += 1000;
};

const DEEDS: readonly Deed[] = [
  { name: 'lock', before: async () => undefined, says: (world) => types(world, '/deploy lock prod migration for 2h'), by: ADA, audited: 'lock.take', told: 'is yours until', stands: [{ kind: 'lock', by: ADA }] },
  { name: 'unlock', before: (world) => typed(world, '/deploy lock prod migration'), says: (world) => types(world, '/deploy unlock prod'), by: ADA, audited: 'lock.release', told: 'is unlocked', stands: [] },
  {
    name: 'steal',
    async before(world) {
      await typed(world, '/deploy lock prod migration');
      await typed(world, '/deploy steal prod', OLIVE);
    },
    says: (world) => clicks(world, 'barrier.steal-confirm', offered(world, 'barrier.steal-confirm', OLIVE), OLIVE),
    by: OLIVE,
    audited: 'lock.steal',
    told: 'is yours until',
    stands: [{ by: OLIVE, takenFrom: ADA }],
  },
  { name: 'freeze', before: async () => undefined, says: (world) => types(world, '/deploy freeze prod for 2h sale', OLIVE), by: OLIVE, audited: 'freeze.set', told: 'is frozen until', stands: [{ kind: 'freeze', by: OLIVE }] },
  { name: 'thaw', before: (world) => typed(world, '/deploy freeze prod for 2h sale', OLIVE), says: (world) => types(world, '/deploy thaw prod', OLIVE), by: OLIVE, audited: 'freeze.thaw', told: 'is thawed', stands: [] },
];

async function happens(deed: Deed, interruption: Interruption): Promise<{ readonly world: FakeWorld; readonly calls: readonly string[] }> {
  const world = aWorld();
  await deed.before(world);
  await deed.says(world);
  const { world: dying, calls } = interrupted(world, interruption);
  await work(dying);
  world.account.now += 2000;
  await work(world);
  return { world, calls };
}

describe('a process that dies or hears nothing', () => {
  it.each(DEEDS)('at any moment of $name does it once, and tells so', async (deed) => {
    const { calls } = await happens(deed, { at: 0, side: 'before' });
    const last = calls.findIndex((call) => call.startsWith('slack.reply'));
    expect(last).toBeGreaterThan(0);
    for (let at = 1; at <= last + 1; at += 1) {
      for (const side of ['before', 'after', 'lost'] as const) {
        const { world } = await happens(deed, { at, side });
        const audit = await world.store.auditLines({ limit: 100 });
        expect([calls[at - 1], side, audit.filter(({ what }) => what === deed.audited).length]).toEqual([calls[at - 1], side, 1]);
        const { all } = await world.store.barriers('shop', 'prod');
        expect(all.filter(({ ended }) => ended === undefined)).toMatchObject(deed.stands);
        const answers = world.slack.replies.filter(({ to }) => to.user === deed.by).map(({ text }) => text);
        if (calls[at - 1]?.startsWith('slack.reply') !== true || side !== 'before') expect(answers.at(-1)).toContain(deed.told);
      }
    }
  });
});
