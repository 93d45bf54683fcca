import { describe, expect, it, jest } from '@jest/globals';
import { ADA, aRunningVersion, T0 } from '../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, type FakeWorld } from '../support/world/fake-world.ts';
import { interrupted, type Interruption, type Side } from '../support/world/interrupt.ts';
import { approves, rollsBack, untilOver } from '../support/world/people.ts';
import { effects, newestRelease, transcript } from '../support/world/transcript.ts';

// A few hundred walks through a story; on a busy machine that takes its time.
jest.setTimeout(60_000);

interface Story {
  readonly tells: (world: FakeWorld) => Promise<unknown>;
  readonly prepares?: (world: FakeWorld) => Promise<void>;
}

async function throughThePipeline(world: FakeWorld): Promise<void> {
  await types(world, '/deploy prod because it is time');
  await approves(world);
  await untilOver(world);
}

async function ofAVersion(world: FakeWorld): Promise<void> {
  await types(world, '/deploy prod@v2');
  await approves(world);
  await untilOver(world);
}

async function cancelledMidway(world: FakeWorld): Promise<void> {
  await types(world, '/deploy prod');
  await approves(world);
  await until(world, async () => (await newestRelease(world)).deploys.some((deploy) => deploy.environment === 'prod' && deploy.status === 'running'));
  await clicks(world, 'release.cancel', (await newestRelease(world)).id, ADA);
  await untilOver(world);
}

async function whoseBuildFails(world: FakeWorld): Promise<void> {
  await types(world, '/deploy prod');
  await untilOver(world);
}

async function rolledBackInFlight(world: FakeWorld): Promise<void> {
  await rollsBack(world);
  await untilOver(world);
}

/** Deployments to prod do not move until somebody aborts them, however long Jack is away. */
function hang(account: FakeWorld['account']): void {
  const prod = account.environments.get('shop-prod');
  if (prod) prod.fate = 'hangs';
}

const STORIES: Readonly<Record<string, Story>> = {
  'through the pipeline': { tells: throughThePipeline },
  'of a version': { tells: ofAVersion, prepares: async ({ account }) => account.addVersion('v2', '2'.repeat(40)) },
  'that is cancelled midway': { tells: cancelledMidway, prepares: async ({ account }) => hang(account) },
  'whose build fails': { tells: whoseBuildFails, prepares: async ({ account }) => void account.mishaps.failing.add('Build/Build') },
  'back to an older version, over an update in flight': {
    tells: rolledBackInFlight,
    async prepares(world) {
      await world.store.recordRunning(aRunningVersion('v0', T0 - 2_000_000, { revision: { id: '0'.repeat(40) } }));
      await world.store.recordRunning(aRunningVersion('v1', T0 - 1_000_000, { revision: { id: '1'.repeat(40) } }));
      hang(world.account);
      world.account.environments.get('shop-prod')?.start('v9', 'request-of-another', T0);
      await pass(world);
    },
  },
};

async function told(story: Story, interruption: Interruption, downSteps = 0) {
  const whole = aWorld({ downSteps });
  await story.prepares?.(whole);
  const { world, calls } = interrupted(whole, interruption);
  await story.tells(world);
  await pass(world, 4);
  const kinds = [...new Set(world.aws.calls.map(({ effect }) => effect.kind))].sort();
  return {
    calls,
    came: {
      to: (await newestRelease(world)).status,
      releases: (await world.store.recentReleases({ limit: 10 })).length,
      effects: Object.fromEntries(kinds.map((kind) => [kind, effects(world, kind)])),
      executions: world.account.executions.map((execution) => execution.status),
      operations: [...world.account.environments.values()].map((environment) => environment.operations.map(({ label, outcome }) => `${label} ${outcome}`)),
      // A process that dies early has drawn other ids.
      held: [...world.account.disabled].map(([door, reason]) => [door, reason.replace(/[0-9a-f-]{36}/, 'ID')]),
      thread: [...transcript(world)].sort(),
    },
  };
}

const NONE: Interruption = { at: 0, side: 'before' };

describe.each(Object.entries(STORIES))('a release %s', (_name, story) => {
  it.each<readonly [string, Side, number]>([
    ['killed before', 'before', 0],
    ['killed after', 'after', 0],
    ['left without the answer to', 'lost', 0],
    ['killed for a minute before', 'before', 12],
    ['killed for a minute after', 'after', 12],
  ])('comes to the same end when Jack is %s any one call', async (_when, side, downSteps) => {
    const whole = await told(story, NONE);
    expect(whole.calls.length).toBeGreaterThan(15);
    for (const [index, name] of whole.calls.entries()) {
      if (side === 'lost' && !/^(aws\.perform|slack\.post|slack\.edit)/.test(name)) continue;
      if (downSteps > 0 && !/^(aws\.perform|slack\.post|store\.(save|add)Release)/.test(name)) continue;
      const { came } = await told(story, { at: index + 1, side }, downSteps);
      expect({ at: `${index + 1} ${name}`, ...came }).toEqual({ at: `${index + 1} ${name}`, ...whole.came });
    }
  });
});
