import { describe, expect, it, jest } from '@jest/globals';
import { LINUS, ADA, MINUTE, OLIVE } from '../../support/world/builders.ts';
import { barriersOf, lets, locks, opens, PROD_DOOR, pushes, unlocks } from '../../support/world/barriers.ts';
import { aWorld, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { interrupted, type Interruption, type Side } from '../../support/world/interrupt.ts';
import { approves, untilOver } from '../../support/world/people.ts';
import { effects, transcript } from '../../support/world/transcript.ts';

// Some hundred walks through a story; on a busy machine that takes its time.
jest.setTimeout(60_000);

type Story = (world: FakeWorld) => Promise<unknown>;

/** Saved before Jack can be interrupted: what people say has its own crash tests. */
async function byPeople(whole: FakeWorld, world: FakeWorld, says: (quiet: FakeWorld) => Promise<unknown>): Promise<void> {
  await says(whole);
  await work(world);
}

const STORIES: Readonly<Record<string, (whole: FakeWorld) => Story>> = {
  'taken and released': (whole) => async (world) => {
    await byPeople(whole, world, (quiet) => locks(quiet, ADA, 'hotfix', { watchers: [{ user: LINUS, at: 0 }] }));
    await pass(world);
    await byPeople(whole, world, (quiet) => unlocks(quiet, 'lock', ADA));
    await pass(world, 2);
  },
  'that keeps a push waiting, and lets it in when asked': (whole) => async (world) => {
    await byPeople(whole, world, (quiet) => locks(quiet, ADA, 'hotfix', { until: quiet.clock.now() + 30 * MINUTE }));
    const execution = pushes(world);
    await until(world, () => execution.at === 3 && !execution.inside);
    await byPeople(whole, world, (quiet) => unlocks(quiet, 'lock', OLIVE));
    await until(world, async () => (await barriersOf(whole)).holds.some(({ asked }) => asked !== undefined));
    expect(whole.account.entered.some(({ door }) => door === PROD_DOOR)).toBe(false);
    await byPeople(whole, world, async (quiet) => lets(quiet, (await barriersOf(quiet)).all[0]?.id ?? '', OLIVE));
    await until(world, () => execution.inside && execution.at === 3);
  },
  'that is opened in the console': (whole) => async (world) => {
    await byPeople(whole, world, (quiet) => locks(quiet, ADA, 'hotfix', { until: quiet.clock.now() + 60 * MINUTE }));
    await pass(world, 2);
    opens(whole, 'arn:aws:iam::123456789012:user/olive');
    await until(world, () => whole.account.disabled.has(PROD_DOOR));
    await pass(world, 8);
    opens(whole, 'arn:aws:iam::123456789012:user/olive');
    await pass(world, 16);
  },
  'taken while a version is on its way': (whole) => async (world) => {
    whole.account.addVersion('v2', '2'.repeat(40));
    await types(world, '/deploy prod@v2');
    await approves(world);
    await until(world, () => whole.aws.calls.some(({ effect }) => effect.kind === 'update-environment'));
    await byPeople(whole, world, (quiet) => locks(quiet, ADA, 'hotfix', { until: quiet.clock.now() + 60 * MINUTE }));
    await untilOver(world);
    await pass(world, 2);
    await byPeople(whole, world, (quiet) => unlocks(quiet, 'lock', ADA));
    await pass(world, 2);
  },
};

async function told(name: string, interruption: Interruption) {
  const whole = aWorld();
  const { world, calls } = interrupted(whole, interruption);
  await STORIES[name]?.(whole)(world);
  await pass(world, 8);
  const kinds = [...new Set(world.aws.calls.map(({ effect }) => effect.kind))].sort();
  const { holds, intent, all } = await barriersOf(whole);
  return {
    calls,
    came: {
      effects: Object.fromEntries(kinds.map((kind) => [kind, effects(world, kind)])),
      held: [...whole.account.disabled],
      holds, intent,
      barriers: all.map(({ ended, notes }) => [ended?.how, notes.map(({ key }) => key.replaceAll(/\d{8,}/g, 'TIME'))]),
      audit: (await whole.store.auditLines({ limit: 200 })).filter(({ on }) => on.barrier !== undefined).map(({ what, who, outcome }) => `${who} ${what} ${outcome}`),
      messages: [...transcript(world)].sort(),
    },
  };
}

const NONE: Interruption = { at: 0, side: 'before' };

describe.each(Object.keys(STORIES))('a lock %s', (name) => {
  it.each<readonly [string, Side]>([
    ['killed before', 'before'],
    ['killed after', 'after'],
    ['left without the answer to', 'lost'],
  ])('comes to the same end when Jack is %s any one call', async (_when, side) => {
    const whole = await told(name, NONE);
    expect(whole.calls.length).toBeGreaterThan(8);
    for (const [index, call] of whole.calls.entries()) {
      if (side === 'lost' && !/^(aws\.perform|slack\.post|slack\.edit)/.test(call)) continue;
      const { came } = await told(name, { at: index + 1, side });
      expect({ at: `${index + 1} ${call}`, ...came }).toEqual({ at: `${index + 1} ${call}`, ...whole.came });
    }
  });
});
