import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import { describe, expect, it } from '@jest/globals';
import { readAnswer } from '../../../src/aws/effects/approvals.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import { GRACE } from '../../support/world/builders.ts';
import { aWorld, fillsIn, pass, types, until, type FakeWorld } from '../../support/world/fake-world.ts';
import { Crash } from '../../support/world/interrupt.ts';
import { openApproval } from '../../support/world/people.ts';
import { newestRelease } from '../../support/world/transcript.ts';

type Told = Extract<Effect, { kind: 'answer-approval' }>;

/** Every attempt of the approval as CodePipeline lists it, with its token or without. Jack dies before its second answer. */
function dyingAtTheSecond(listsTokens: boolean): { readonly world: FakeWorld; readonly told: readonly Told[] } {
  const plain = aWorld();
  const told: Told[] = [];
  let ids = 0;
  let answers = 0;
  const next = (): string => `${String((ids += 1)).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const attempts = (): readonly ActionExecutionDetail[] =>
    told.map(({ stage, action, token, summary }) => ({ stageName: stage, actionName: action, status: 'Failed', output: { executionResult: { externalExecutionSummary: summary, ...(listsTokens && { externalExecutionId: token }) } } }));
  const aws: FakeWorld['aws'] = {
    ...plain.aws,
    async perform(app, effect, call) {
      if (effect.kind === 'answer-approval' && (answers += 1) === 2) throw new Crash('before the second answer');
      const result = await plain.aws.perform(app, effect, call);
      if (effect.kind === 'answer-approval' && result.kind === 'done') told.push(effect);
      return result;
    },
    findEffect: async (app, effect, call) => (effect.kind === 'answer-approval' ? readAnswer(attempts(), effect) : plain.aws.findEffect(app, effect, call)),
  };
  return { world: { ...plain, aws, ids: { next } }, told };
}

/** Somebody retries the failed stage in the console, and Jack looks. */
async function retries(world: FakeWorld): Promise<void> {
  const [execution] = world.account.executions;
  const action = execution?.stages[execution.at]?.actions.find(({ is }) => is.kind === 'approval');
  if (!execution || !action) throw new Error('nothing stands at an approval');
  for (const field of ['summary', 'updatedBy', 'error'] as const) Reflect.deleteProperty(action, field);
  Object.assign(execution, { status: 'InProgress', inside: true, updatedAt: world.account.now });
  Object.assign(action, { status: 'InProgress', startedAt: world.account.now, updatedAt: world.account.now, token: 'token-of-the-retry' });
  await world.store.setNote(`pipeline-seen:shop/${execution.pipeline.name}`, '0');
  await world.store.nudge(`pipeline:shop/${execution.pipeline.name}`, world.clock.now());
}

const rejects = async (world: FakeWorld): Promise<void> => void (await fillsIn(world, 'reject', { reason: 'Not yet' }, { approval: await openApproval(world) }, GRACE));

describe('the same person rejects a retried stage in the same words, and Jack dies before it tells', () => {
  it.each([['lists', true], ['hides', false]])('it tells after its restart, where AWS %s tokens: the old answer is not the new one', async (_how, listsTokens) => {
    const { world, told } = dyingAtTheSecond(listsTokens);
    await types(world, '/deploy prod');
    await rejects(world);
    await until(world, async () => (await newestRelease(world)).status === 'rejected');
    await retries(world);
    await rejects(world);
    await pass(world, 5);
    expect(told.map(({ approved }) => approved)).toEqual([false, false]);
    expect(new Set(told.map(({ token }) => token)).size).toBe(2);
    expect((await newestRelease(world)).approvals.map(({ state, verdict }) => [state, verdict])).toEqual([['confirmed', 'rejected'], ['confirmed', 'rejected']]);
  });
});
