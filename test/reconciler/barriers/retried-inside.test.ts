import { describe, expect, it } from '@jest/globals';
import { barriersOf, isClosed, locks, pushes, threadOf } from '../../support/world/barriers.ts';
import { OLIVE } from '../../support/world/builders.ts';
import type { FakeExecution } from '../../support/world/fake-account.ts';
import { aWorld, pass, until, type FakeWorld } from '../../support/world/fake-world.ts';
import { newestRelease, transcript } from '../../support/world/transcript.ts';

/** A push that was approved in the console and failed in its stage's deploy action. */
async function failedDeploy(): Promise<{ readonly world: FakeWorld; readonly execution: FakeExecution }> {
  const world = aWorld();
  world.account.mishaps.failing.add('Prod/Deploy');
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  await pass(world);
  const execution = pushes(world);
  await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
  const token = (): string | undefined => execution.stages[3]?.actions[0]?.token;
  await until(world, () => token() !== undefined);
  world.account.answer({ stage: 'Prod', action: 'Approve', token: token() ?? '' }, { approved: true, summary: 'ok', by: 'console' });
  await until(world, async () => (await newestRelease(world)).status === 'failed');
  world.account.mishaps.failing.clear();
  return { world, execution };
}

/** The failed action alone, as *Retry* in the console does it: the approval stands. */
function retries(execution: FakeExecution): void {
  const deploy = execution.stages[3]?.actions[1];
  if (!deploy) throw new Error('the stage has no deploy action');
  delete deploy.status;
  Object.assign(execution, { status: 'InProgress', inside: true, at: 3 });
}

const RETRIED = ':eyes: Retried in AWS inside *shop → prod*';

describe('a stage that is retried in AWS behind a lock', () => {
  it('is named in the thread of the lock, once, and nobody is promised new questions', async () => {
    const { world, execution } = await failedDeploy();
    const lock = await locks(world, OLIVE, 'hands off');
    await pass(world, 3);
    retries(execution);
    await pass(world, 20);
    expect(isClosed(world)).toBe(true);
    expect(threadOf(world, lock.id).filter((words) => words.includes(RETRIED))).toEqual([expect.stringContaining('#1')]);
    expect(transcript(world).join('\n')).toContain('what asks again needs a new answer');
    expect((await barriersOf(world)).holds).toEqual([expect.not.objectContaining({ retried: expect.anything() })]);
  });

  it('is no concern of a lock that is over', async () => {
    const { world, execution } = await failedDeploy();
    const lock = await locks(world, OLIVE, 'hands off', { until: world.account.now + 60_000 });
    await pass(world, 20);
    retries(execution);
    await pass(world, 20);
    expect(threadOf(world, lock.id).filter((words) => words.includes(RETRIED))).toEqual([]);
  });
});
