import { isDeepStrictEqual, parseArgs } from 'node:util';
import { bundleBot } from './e2e/support/bundle.ts';
import { endingOf, type Ending } from './e2e/support/counts.ts';
import { sweep, type Sweep } from './e2e/support/kills/sweep.ts';
import { longStories, openQuickStage, stories, type Story } from './e2e/support/stories.ts';
import type { Stage } from './e2e/support/stage.ts';

/**
 * `npm run test:crash`: every story once for each of its mutating calls and for either side of it, with the bot killed
 * at that call alone. `--story <words>` tells only the stories that have these words in their name, `--only before` or
 * `--only after` looks at one side, `--call <words>` kills only at calls with these words; `--at-once <number>` tells
 * so many stories at the same time, for they wait half of it.
 */
const { values: flags } = parseArgs({ options: { story: { type: 'string' }, only: { type: 'string' }, call: { type: 'string' }, 'at-once': { type: 'string', default: '3' } } });

const SIDES = (['before', 'after'] as const).filter((side) => flags.only === undefined || flags.only === side);

interface Row {
  readonly story: string;
  readonly when: string;
  readonly call: string;
  readonly outcome: 'ok' | 'NOT OK' | 'not reached';
  readonly seconds: number;
}

/** The different calls of the bot that change something, in order, and how the story ends. */
async function observe(stage: Stage, story: Story): Promise<{ readonly calls: readonly string[]; readonly ending: Ending }> {
  await stage.begin(story.config);
  const watching = await sweep(stage, { when: 'before', at: () => false });
  try {
    await story.tell(stage);
    await watching.settled(story.channel);
  } finally {
    await watching.end();
  }
  return { calls: [...watching.seen], ending: await endingOf(stage, story.channel, 0) };
}

/** One telling with one kill. A call that does not come up any more (its edit was joined with another) is not reached. */
async function killOnce(stage: Stage, story: Story, plan: { readonly when: 'before' | 'after'; readonly call: string; readonly ending: Ending }): Promise<Row> {
  const began = performance.now();
  await stage.begin(story.config);
  const sweeping = await sweep(stage, { when: plan.when, at: (signature) => signature === plan.call });
  const found = await told(stage, story, sweeping);
  const isSame = isDeepStrictEqual(found, plan.ending);
  if (!isSame) process.stdout.write(`\n${plan.when} ${plan.call}:\n${typeof found === 'string' ? found : JSON.stringify(found, undefined, 2)}\nwanted:\n${JSON.stringify(plan.ending, undefined, 2)}\n\n`);
  const outcome = !isSame ? 'NOT OK' : sweeping.killedAt.length === 0 ? 'not reached' : 'ok';
  return { story: story.name, when: plan.when, call: plan.call, outcome, seconds: (performance.now() - began) / 1000 };
}

/** The ending, or the words of what went wrong. */
async function told(stage: Stage, story: Story, sweeping: Sweep): Promise<Ending | string> {
  try {
    await story.tell(stage);
    await sweeping.settled(story.channel);
    return await endingOf(stage, story.channel, 0);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await sweeping.end();
  }
}

function line({ story, when, call, outcome, seconds }: Row): string {
  return `${story.slice(0, 40).padEnd(40)} ${when.padEnd(7)} ${call.slice(0, 70).padEnd(70)} ${outcome.padEnd(12)} ${seconds.toFixed(1).padStart(5)} s\n`;
}

/** Every call of the story, and either side of it. */
async function killEverywhere(story: Story): Promise<void> {
  const stage = await openQuickStage(program);
  try {
    const { calls, ending } = await observe(stage, story);
    for (const when of SIDES) {
      for (const call of calls.filter((one) => one.includes(flags.call ?? ''))) {
        const row = await killOnce(stage, story, { when, call, ending });
        rows.push(row);
        process.stdout.write(line(row));
      }
    }
  } finally {
    await stage.close();
  }
}

const program = bundleBot();
const rows: Row[] = [];
// The longest first: they end together.
const left = [...stories, ...longStories].filter(({ name }) => name.includes(flags.story ?? '')).sort((one, other) => other.atLeast - one.atLeast);
await Promise.all(Array.from({ length: Number(flags['at-once']) }, async () => {
  for (let story = left.shift(); story; story = left.shift()) await killEverywhere(story);
}));

const passed = rows.filter(({ outcome }) => outcome === 'ok').length;
const failed = rows.filter(({ outcome }) => outcome === 'NOT OK').length;
const unreached = rows.length - passed - failed;
process.stdout.write(`\n${unreached === 0 ? '' : `${unreached} not reached: an edit that was joined with another\n`}${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
