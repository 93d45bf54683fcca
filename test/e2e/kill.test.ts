import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { bundleBot } from './support/bundle.ts';
import { endingOf, type Ending } from './support/counts.ts';
import { openQuickStage, stories } from './support/stories.ts';
import { sweep } from './support/kill-sweep.ts';
import type { Stage } from './support/stage.ts';

jest.setTimeout(240_000);

let stage: Stage;
beforeAll(async () => {
  stage = await openQuickStage(bundleBot());
});
afterAll(() => stage.close());

/**
 * Each story is told three times: undisturbed, then with the bot killed once before every mutating call in turn, then
 * once after every one. The thread in the end has to be the same, AWS was asked once, and no message stands twice.
 */
describe.each(stories)('killed at every step: $name', (story) => {
  let undisturbed: Ending;
  beforeAll(async () => {
    await stage.begin();
    await story.tell(stage);
    undisturbed = await endingOf(stage, story.channel);
  });
  beforeEach(() => stage.begin());

  it.each(['before', 'after'] as const)('tells the same story when it is killed %s each of its calls', async (when) => {
    const sweeping = await sweep(stage, { when });
    try {
      await story.tell(stage);
      await sweeping.settled(story.channel);
    } finally {
      await sweeping.end();
    }
    expect(await endingOf(stage, story.channel)).toEqual(undisturbed);
    expect(undisturbed.twice).toEqual([]);
    expect(sweeping.killedAt.length).toBeGreaterThanOrEqual(story.atLeast);
  });
});
