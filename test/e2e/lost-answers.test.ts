import { describe, expect, it, jest } from '@jest/globals';
import { takenCalls } from './support/counts.ts';
import { until } from './support/door.ts';
import { retellings } from './support/retelling.ts';
import { cancelledInTheBuild, existingVersion, happyPath, type Story } from './support/stories.ts';

jest.setTimeout(120_000);

/** What the bot gets in place of the answer; the call has had its effect. Its own patience with Slack is 10 s. */
const LOST = {
  'HTTP 500': { fault: { kind: 'status', status: 500 } },
  'a cut connection': { fault: { kind: 'drop' } },
  silence: { fault: { kind: 'drop' }, delayMs: 11_000 },
} as const;

type Loss = keyof typeof LOST;

const retelling = retellings();

describe('an answer that is lost after the effect', () => {
  it.each<readonly [Loss, Loss, Loss]>([
    ['HTTP 500', 'a cut connection', 'silence'],
    ['silence', 'HTTP 500', 'a cut connection'],
    ['a cut connection', 'silence', 'HTTP 500'],
  ])('posts nothing twice: %s to the headline, %s to the approval card, %s to the outcome', async (...losses) => {
    const { stage, begin, normalEnding } = retelling();
    await normalEnding(happyPath);
    await begin();
    for (const loss of losses) await stage.door.post('/faults', { service: 'slack', operation: 'chat.postMessage', when: 'after', ...LOST[loss] });
    await happyPath.tell(stage);
    await endsAsUsualAfter(happyPath, 3);
  });

  it.each<readonly [string, Story, Readonly<Record<string, Loss>>]>([
    ['a start (500) and an approval (cut)', happyPath, { StartPipelineExecution: 'HTTP 500', PutApprovalResult: 'a cut connection' }],
    ['a start (cut) and an approval (500)', happyPath, { StartPipelineExecution: 'a cut connection', PutApprovalResult: 'HTTP 500' }],
    ['an update (500) and the transition that is held (cut) and freed (500)', existingVersion, { UpdateEnvironment: 'HTTP 500', DisableStageTransition: 'a cut connection', EnableStageTransition: 'HTTP 500' }],
    ['an update (cut) and the transition that is held (500) and freed (cut)', existingVersion, { UpdateEnvironment: 'a cut connection', DisableStageTransition: 'HTTP 500', EnableStageTransition: 'a cut connection' }],
    ['a stop (500)', cancelledInTheBuild, { StopPipelineExecution: 'HTTP 500' }],
    ['a stop (cut)', cancelledInTheBuild, { StopPipelineExecution: 'a cut connection' }],
  ])('does nothing twice in AWS: to %s', async (_what, story, losses) => {
    const { stage, begin, normalEnding } = retelling();
    await normalEnding(story);
    await begin();
    for (const [operation, loss] of Object.entries(losses)) await stage.door.post('/faults', { operation, when: 'after', ...LOST[loss] });
    await story.tell(stage);
    await endsAsUsualAfter(story, Object.keys(losses).length);
    for (const operation of Object.keys(losses)) expect([operation, await takenCalls(stage, operation, retelling().since)]).toEqual([operation, 1]);
  });
});

/** So many answers were really lost, the bot has had the time to try again, and nobody can tell. */
async function endsAsUsualAfter(story: Story, lost: number): Promise<void> {
  const { stage, endsAsUsual, spoiled } = retelling();
  await until(`${lost} answers to be lost`, async () => ((await spoiled(/^status 500$|^the connection was cut$/)) === lost ? true : undefined));
  await stage.settle(story.channel, 2_500);
  await endsAsUsual(story);
}
