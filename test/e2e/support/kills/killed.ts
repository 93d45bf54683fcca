import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IN_ORDER } from '../audited.ts';
import { bundledBot } from '../bundle.ts';
import { endingOf, type Ending } from '../counts.ts';
import { sweep } from './sweep.ts';
import { openQuickStage, type Story } from '../stories.ts';
import type { Stage } from '../stage.ts';

/**
 * The story is told three times: undisturbed, then with the bot killed once before every mutating call in turn, then
 * once after every one. The threads in the end have to be the same, AWS was asked once, no message stands twice, and the
 * audit tells of each decision once.
 */
export function killedAtEveryStep(story: Story): void {
  jest.setTimeout(240_000);

  describe(`killed at every step: ${story.name}`, () => {
    let stage: Stage;
    let undisturbed: Ending;
    beforeAll(async () => {
      stage = await openQuickStage(bundledBot());
      await stage.begin(story.config);
      await story.tell(stage);
      undisturbed = await endingOf(stage, story.channel);
    });
    afterAll(() => stage.close());
    beforeEach(() => stage.begin(story.config));

    it.each(['before', 'after'] as const)('tells the same story when it is killed %s each of its calls', async (when) => {
      const sweeping = await sweep(stage, { when });
      try {
        await story.tell(stage);
        await sweeping.settled(story.channel);
      } finally {
        await sweeping.end();
      }
      expect(await endingOf(stage, story.channel, 0)).toEqual(undisturbed);
      expect(undisturbed).toMatchObject({ twice: [], audit: { twice: [], chain: IN_ORDER } });
      expect(sweeping.killedAt.length).toBeGreaterThanOrEqual(story.atLeast);
    });
  });
}
