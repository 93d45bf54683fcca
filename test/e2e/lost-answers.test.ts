import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { bundledBot } from './support/bundle.ts';
import { endingOf, takenCalls, type Ending } from './support/counts.ts';
import { until } from './support/door.ts';
import { cancelledInTheBuild, existingVersion, happyPath, openQuickStage, type Story } from './support/stories.ts';
import type { Stage } from './support/stage.ts';

jest.setTimeout(120_000);

/** What the bot gets in place of the answer; the call has had its effect. Its own patience with Slack is 10 s. */
const LOST = {
  'HTTP 500': { fault: { kind: 'status', status: 500 } },
  'a cut connection': { fault: { kind: 'drop' } },
  silence: { fault: { kind: 'drop' }, delayMs: 11_000 },
} as const;

type Loss = keyof typeof LOST;

let stage: Stage;
const undisturbed = new Map<Story, Ending>();

beforeAll(async () => {
  stage = await openQuickStage(bundledBot());
});
afterAll(() => stage.close());

/** As the story ends when nothing goes wrong; told once. */
async function normalEnding(story: Story): Promise<Ending> {
  const known = undisturbed.get(story);
  if (known) return known;
  await stage.begin();
  await story.tell(stage);
  const ending = await endingOf(stage, story.channel);
  undisturbed.set(story, ending);
  return ending;
}

/** Answers that were lost or refused so far, by what stood in their place. */
async function spoiled(what: RegExp): Promise<number> {
  const { calls } = await stage.door.get<{ calls: readonly { error?: string; at: string }[] }>(`/calls?since=${since}`);
  return calls.filter((call) => what.test(call.error ?? '')).length;
}

let since = 0;

async function begin(): Promise<void> {
  await stage.begin();
  const { calls } = await stage.door.get<{ calls: readonly { n: number }[] }>('/calls');
  since = calls.at(-1)?.n ?? 0;
}

async function endsAsUsual(story: Story): Promise<void> {
  const ending = await endingOf(stage, story.channel);
  expect(ending).toEqual(await normalEnding(story));
  expect(ending.twice).toEqual([]);
}

describe('an answer that is lost after the effect', () => {
  it.each<readonly [Loss, Loss, Loss]>([
    ['HTTP 500', 'a cut connection', 'silence'],
    ['silence', 'HTTP 500', 'a cut connection'],
    ['a cut connection', 'silence', 'HTTP 500'],
  ])('posts nothing twice: %s to the headline, %s to the approval card, %s to the outcome', async (...losses) => {
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
    await normalEnding(story);
    await begin();
    for (const [operation, loss] of Object.entries(losses)) await stage.door.post('/faults', { operation, when: 'after', ...LOST[loss] });
    await story.tell(stage);
    await endsAsUsualAfter(story, Object.keys(losses).length);
    for (const operation of Object.keys(losses)) expect([operation, await takenCalls(stage, operation, since)]).toEqual([operation, 1]);
  });
});

/** So many answers were really lost, the bot has had the time to try again, and nobody can tell. */
async function endsAsUsualAfter(story: Story, lost: number): Promise<void> {
  await until(`${lost} answers to be lost`, async () => ((await spoiled(/^status 500$|^the connection was cut$/)) === lost ? true : undefined));
  await stage.settle(story.channel, 2_500);
  await endsAsUsual(story);
}

/** Waits until the bot has so many sockets open. */
async function sockets(count: number): Promise<void> {
  await until(`${count} sockets`, async () => ((await stage.door.get<{ sockets: number }>('/slack/connections')).sockets >= count ? true : undefined));
}

describe('Slack', () => {
  beforeEach(async () => {
    await normalEnding(happyPath);
    await begin();
  });

  it('may ask to slow down: the posts come later, and once', async () => {
    await stage.door.post('/slack/ratelimit', { method: 'chat.postMessage', channel: 'shop', retryAfter: 1, times: 2 });
    await stage.door.post('/slack/ratelimit', { method: 'chat.update', channel: 'shop', retryAfter: 1, times: 1 });
    await happyPath.tell(stage);
    expect(await spoiled(/^ratelimited$/)).toBeGreaterThanOrEqual(3);
    await endsAsUsual(happyPath);
  });

  it('may recycle a socket and drop another while somebody types and clicks', async () => {
    await sockets(2);
    const [, typed] = await Promise.all([stage.door.post('/slack/deliver', { kind: 'disconnect' }), stage.person('ada').types('shop', '/deploy prod')]);
    expect(typed.acked).toBe(true);
    await stage.person('grace').reads('shop', /may .*go on/, 60_000);
    await sockets(2);
    await Promise.all([stage.door.post('/slack/deliver', { kind: 'drop-socket' }), stage.person('grace').clicks('shop', 'Approve')]);
    await stage.headline('shop', /\*  live\n/, 60_000);
    await endsAsUsual(happyPath);
  });

  it('may drop all sockets: they come back, and what was said meanwhile is found in the channel', async () => {
    await sockets(2);
    await stage.door.post('/slack/deliver', { kind: 'drop-socket', all: true });
    await stage.person('ada').types('shop', '@Jack deploy prod');
    await stage.person('grace').clicks('shop', 'Approve', 60_000);
    await stage.headline('shop', /\*  live\n/, 60_000);
    const { threads: _withTheMention, ...ending } = await endingOf(stage, 'shop');
    const { threads: _without, ...wanted } = await normalEnding(happyPath);
    expect(ending).toEqual(wanted);
  });

  it('may close all sockets at once', async () => {
    await sockets(2);
    await stage.door.post('/slack/deliver', { kind: 'disconnect', all: true });
    await sockets(2);
    await happyPath.tell(stage);
    await endsAsUsual(happyPath);
  });

  it('may deliver a command twice, and a click', async () => {
    await stage.door.post('/slack/deliver', { kind: 'duplicate-next', only: 'slash_commands' });
    await stage.door.post('/slack/deliver', { kind: 'duplicate-next', only: 'interactive' });
    await happyPath.tell(stage);
    expect(await takenCalls(stage, 'PutApprovalResult', since)).toBe(1);
    await endsAsUsual(happyPath);
  });

  it('may lose the acks, so that people type and click again', async () => {
    await stage.door.post('/slack/deliver', { kind: 'lose-ack-next', only: 'slash_commands' });
    await stage.door.post('/slack/deliver', { kind: 'lose-ack-next', only: 'interactive' });
    await happyPath.tell(stage);
    expect(await takenCalls(stage, 'PutApprovalResult', since)).toBe(1);
    await endsAsUsual(happyPath);
  });

  it('may bring two approvals at the same instant: one of them decides, once', async () => {
    const [grace, min] = [stage.person('grace'), stage.person('min')];
    await stage.person('ada').types('shop', '/deploy prod');
    await grace.reads('shop', /may .*go on/, 60_000);
    await Promise.all([grace.clicks('shop', 'Approve'), min.clicks('shop', 'Approve')]);
    await stage.headline('shop', /\*  live\n/, 60_000);
    const { threads, ...ending } = await endingOf(stage, 'shop');
    const { threads: usual, ...wanted } = await normalEnding(happyPath);
    const asUsual: unknown = JSON.parse(JSON.stringify(ending).replaceAll('U0MIN00001', 'U0GRACE001'));
    expect(asUsual).toEqual(wanted);
    expect(threads.replace('Approved by @min', 'Approved by @grace')).toBe(usual);
    expect(await takenCalls(stage, 'PutApprovalResult', since)).toBe(1);
  });
});
