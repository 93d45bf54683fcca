import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { ADA, anApp, anEnvironment, askingBefore, GRACE, LEADS } from '../support/world/builders.ts';
import { aWorld, work } from '../support/world/fake-world.ts';
import { happens, histories, type Happening } from '../support/world/happenings.ts';
import { watch } from '../support/world/promises.ts';
import { cases } from '../support/cases.ts';

jest.setTimeout(120_000);

const TIME: Happening = { kind: 'time', steps: 14 };

/** `twice`: CodePipeline asks in front of dev as well, on the way to prod. */
async function lived(history: readonly Happening[], count: number, twice = false) {
  const policy = { approval: { from: [GRACE, LEADS], count } };
  const app = anApp({ environments: [anEnvironment('dev', { verifyMs: 0, ...(twice && policy) }), anEnvironment('prod', policy)], ...(twice && { pipelines: [askingBefore('Dev')] }) });
  const world = aWorld({ app });
  world.account.addVersion('v2', '2'.repeat(40));
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  const watched = watch(world);
  for (const happening of [...history, TIME]) await happens(happening, world, () => watched.looks());
  return { world, broken: watched.broken };
}

/** One push comes behind another that waits for its approval, and has a release of its own. */
const WITH_ONE_BEHIND: Happening[] = [
  { kind: 'types', words: '/deploy dev@v2', user: ADA },
  { kind: 'rejects', user: ADA, which: 0 },
  { kind: 'types', words: '/deploy prod@dev', user: ADA },
  { kind: 'pushes' },
  { kind: 'time', steps: 3 },
  { kind: 'approves', user: GRACE, which: 0 },
  { kind: 'types', words: '/deploy prod', user: ADA },
  { kind: 'pushes' },
];

describe('in any history', () => {
  it('one release has one execution, no gate is passed, what is over stays over, and the thread claims what is recorded', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 2 }), fc.boolean(), async (history, count, twice) => {
        expect((await lived(history, count, twice)).broken).toEqual([]);
      }),
      { numRuns: cases(500) },
    );
  });

  it('looking again without anything new changes nothing, in AWS or in Slack', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { world } = await lived(history, 1);
        const before = await everything(world);
        for (const release of await world.store.openReleases()) await world.store.nudge(`release:${release.id}`, world.clock.now());
        await work(world);
        expect(await everything(world)).toEqual(before);
      }),
      { numRuns: cases(150), examples: [[WITH_ONE_BEHIND]] },
    );
  });
});

async function everything(world: ReturnType<typeof aWorld>) {
  return {
    releases: await world.store.recentReleases({ limit: 100 }),
    calls: world.aws.calls.length,
    messages: world.slack.messages.map(({ message, edits }) => ({ message, edits })),
  };
}
