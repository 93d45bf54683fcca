import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IN_ORDER } from './support/audited.ts';
import { bundledBot } from './support/bundle.ts';
import { endingOf, type Ending } from './support/counts.ts';
import { happyPath, openQuickStage } from './support/stories.ts';
import type { Stage } from './support/stage.ts';

jest.setTimeout(180_000);

const KILLS = 6;
/** At longest so long does the bot live; a story takes a few times as long. Milliseconds. */
const LONGEST_LIFE = 700;
/** KILL_SEED=<number> tells one story again. */
const SEEDS = process.env['KILL_SEED'] === undefined ? [20_261_122, 4711] : [Number(process.env['KILL_SEED'])];

describe('killed at random moments', () => {
  let stage: Stage;
  let undisturbed: Ending;
  beforeAll(async () => {
    stage = await openQuickStage(bundledBot());
    await stage.begin();
    await happyPath.tell(stage);
    undisturbed = await endingOf(stage, happyPath.channel);
  });
  afterAll(() => stage.close());
  beforeEach(() => stage.begin());

  it.each(SEEDS)(`tells the same story when it is killed ${KILLS} times, seed %i`, async (seed) => {
    const killing = killAtRandom(stage, seed);
    await happyPath.tell(stage);
    await killing;
    await stage.settle(happyPath.channel, 1200);
    expect(await endingOf(stage, happyPath.channel, 0)).toEqual(undisturbed);
    expect(undisturbed).toMatchObject({ twice: [], audit: { twice: [], chain: IN_ORDER } });
  });
});

async function killAtRandom(stage: Stage, seed: number): Promise<void> {
  const random = mulberry32(seed);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE));
    await stage.restartBot();
  }
}

/** A small generator of numbers in [0, 1), the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
