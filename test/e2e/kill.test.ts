import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { countOf } from './support/counts.ts';
import { stories } from './support/stories.ts';
import { sweep } from './support/kill-sweep.ts';
import { CONFIG, Stage } from './support/stage.ts';

jest.setTimeout(240_000);

/**
 * Each story is told three times: undisturbed, then with the bot killed once before every mutating call in turn, then
 * once after every one. The thread in the end has to be the same, AWS was asked once, and no message stands twice.
 */
describe.each(stories)('killed at every step: $name', (story) => {
  let stage: Stage;
  let undisturbed = '';
  let counts: Readonly<Record<string, number>> = {};
  beforeAll(async () => {
    stage = await Stage.open({ speed: 300, config: CONFIG.replaceAll('verify: 1s', 'verify: 0s') });
    await stage.begin();
    await story.tell(stage);
    undisturbed = await stage.threads(story.channel);
    counts = await countOf(stage);
  });
  afterAll(() => stage.close());
  beforeEach(() => stage.begin());

  it.each(['before', 'after'] as const)('tells the same story when it is killed %s each of its calls', async (when) => {
    const sweeping = await sweep(stage, { when });
    try {
      await story.tell(stage);
      await stage.settle(story.channel, 1500);
    } finally {
      await sweeping.end();
    }
    expect(await stage.threads(story.channel)).toBe(undisturbed);
    expect(await countOf(stage)).toEqual(counts);
    expect(sweeping.killedAt.length).toBeGreaterThanOrEqual(story.atLeast);
  });
});
