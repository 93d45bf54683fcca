import { describe, expect, it } from '@jest/globals';
import { Fault } from '../../src/domain/faults.ts';
import { aWorld, pass, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { interrupted, type Side } from '../support/world/interrupt.ts';
import { approves, untilOver } from '../support/world/people.ts';
import { effects, onlyRelease } from '../support/world/transcript.ts';

/**
 * An account that shows executions late, and knows no token (the fake's own rule): only looking protects a start. Jack
 * also looks for executions that nobody typed.
 */
async function slowToShow({ hiddenMs = 9_000, ...given }: { readonly hiddenMs?: number; readonly downSteps?: number } = {}): Promise<FakeWorld> {
  const world = aWorld(given);
  world.account.mishaps.hiddenMs = hiddenMs;
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  return world;
}

/** Which of the calls that `/deploy prod` makes is the start, counted from 1. */
async function callOfTheStart(): Promise<number> {
  const rehearsal = interrupted(await slowToShow(), { at: 0, side: 'before' });
  await types(rehearsal.world, '/deploy prod');
  await work(rehearsal.world);
  return rehearsal.calls.indexOf('aws.perform start-execution') + 1;
}

/** Of the starts in turn: 'lost' happened and its answer never came, 'never' did not happen, and nobody can tell. */
function withStarts(whole: FakeWorld, turns: readonly ('lost' | 'never')[]): FakeWorld {
  let made = 0;
  const perform: FakeWorld['aws']['perform'] = async (app, effect, call) => {
    const turn = effect.kind === 'start-execution' ? turns[made++] : undefined;
    const result = turn === 'never' ? undefined : await whole.aws.perform(app, effect, call);
    if (turn === undefined && result) return result;
    throw new Fault('StartPipelineExecution got no answer', { retryable: true, unknownOutcome: true });
  };
  return { ...whole, aws: { ...whole.aws, perform } };
}

async function endsLiveWithOneExecution(world: FakeWorld): Promise<void> {
  await approves(world);
  expect((await untilOver(world)).status).toBe('live');
  await pass(world, 4);
  expect(effects(world, 'start-execution')).toBe(1);
  const { route } = await onlyRelease(world);
  expect(world.account.executions.map(({ id }) => id)).toEqual([route.kind === 'pipeline' ? route.executionId : 'none']);
}

describe('a start of which nobody knows whether it happened, while AWS does not show it yet', () => {
  it.each<readonly [string, Side, number]>([
    ['killed before it', 'before', 0],
    ['killed after it', 'after', 0],
    ['killed for a minute after it', 'after', 12],
  ])('is looked for before it is made again: %s', async (_how, side, downSteps) => {
    const { world } = interrupted(await slowToShow({ downSteps }), { at: await callOfTheStart(), side });
    await types(world, '/deploy prod');
    await endsLiveWithOneExecution(world);
  });

  it.each<readonly [string, readonly ('lost' | 'never')[]]>([
    ['it happened', ['lost']],
    ['it never happened', ['never']],
    ['it never happened twice', ['never', 'never']],
    ['it never happened, and its repeat did', ['never', 'lost']],
  ])('is looked for after each try: %s, without an answer', async (_what, turns) => {
    const world = withStarts(await slowToShow(), turns);
    await types(world, '/deploy prod');
    await endsLiveWithOneExecution(world);
  });

  it('is told of in a thread of its own, should AWS hide it for longer than it is looked for', async () => {
    const world = withStarts(await slowToShow({ hiddenMs: 60_000 }), ['lost']);
    await types(world, '/deploy prod');
    await pass(world, 20);
    const releases = await world.store.recentReleases({ limit: 10 });
    const askedBy = Object.fromEntries(releases.map(({ route, requesters }) => [route.kind === 'pipeline' ? route.executionId : 'none', requesters.length]));
    expect(askedBy).toEqual({ 'execution-1': 0, 'execution-2': 1 });
    expect(world.account.executions.flatMap(({ stages }) => stages.at(-1)?.actions[0]?.status ?? []).includes('Succeeded')).toBe(false);
  });

  it('is stopped as soon as it shows, when somebody cancels meanwhile', async () => {
    const world = withStarts(await slowToShow(), ['lost']);
    await types(world, '/deploy prod');
    await work(world);
    await types(world, '/deploy cancel #1');
    expect((await untilOver(world)).status).toBe('cancelled');
    expect(world.account.executions.map(({ status }) => status)).toEqual(['Stopped']);
  });
});
