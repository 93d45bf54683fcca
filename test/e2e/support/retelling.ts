import { afterAll, beforeAll, expect } from '@jest/globals';
import { bundledBot } from './bundle.ts';
import { endingOf, type Ending } from './counts.ts';
import { openQuickStage, type Story } from './stories.ts';
import type { Stage } from './stage.ts';

/** A stage on which the same stories are told with something going wrong. */
export interface Retelling {
  readonly stage: Stage;
  /** The number of the last call before the story began. */
  readonly since: number;
  readonly begin: () => Promise<void>;
  /** As the story ends when nothing goes wrong; told once. */
  readonly normalEnding: (story: Story) => Promise<Ending>;
  /** Answers that were lost or refused since it began, by what stood in their place. */
  readonly spoiled: (what: RegExp) => Promise<number>;
  readonly endsAsUsual: (story: Story) => Promise<void>;
}

/** One stage for the stories of this file, closed after the last. */
export function retellings(): () => Retelling {
  let retelling: Retelling | undefined;
  beforeAll(async () => {
    retelling = retellingOn(await openQuickStage(bundledBot()));
  });
  afterAll(() => retelling?.stage.close());
  return () => {
    if (!retelling) throw new Error('a stage is there only while stories are told');
    return retelling;
  };
}

function retellingOn(stage: Stage): Retelling {
  const undisturbed = new Map<Story, Ending>();
  const told = { since: 0 };
  async function normalEnding(story: Story): Promise<Ending> {
    const known = undisturbed.get(story);
    if (known) return known;
    await stage.begin();
    await story.tell(stage);
    const ending = await endingOf(stage, story.channel);
    undisturbed.set(story, ending);
    return ending;
  }
  return {
    stage,
    normalEnding,
    get since() {
      return told.since;
    },
    async begin() {
      await stage.begin();
      const { calls } = await stage.door.get<{ calls: readonly { n: number }[] }>('/calls');
      told.since = calls.at(-1)?.n ?? 0;
    },
    async spoiled(what) {
      const { calls } = await stage.door.get<{ calls: readonly { error?: string; at: string }[] }>(`/calls?since=${told.since}`);
      return calls.filter((call) => what.test(call.error ?? '')).length;
    },
    async endsAsUsual(story) {
      const ending = await endingOf(stage, story.channel);
      expect(ending).toEqual(await normalEnding(story));
      expect(ending.twice).toEqual([]);
    },
  };
}
