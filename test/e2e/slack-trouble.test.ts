import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { endingOf, takenCalls } from './support/counts.ts';
import { until } from './support/door.ts';
import { retellings } from './support/retelling.ts';
import { happyPath } from './support/stories.ts';

jest.setTimeout(120_000);

const retelling = retellings();

/** Waits until the bot has so many sockets open. */
async function sockets(count: number): Promise<void> {
  const { stage } = retelling();
  await until(`${count} sockets`, async () => ((await stage.door.get<{ sockets: number }>('/slack/connections')).sockets >= count ? true : undefined));
}

describe('Slack', () => {
  beforeEach(async () => {
    await retelling().normalEnding(happyPath);
    await retelling().begin();
  });

  it('may ask to slow down: the posts come later, and once', async () => {
    const { stage, endsAsUsual, spoiled } = retelling();
    await stage.door.post('/slack/ratelimit', { method: 'chat.postMessage', channel: 'shop', retryAfter: 1, times: 2 });
    await stage.door.post('/slack/ratelimit', { method: 'chat.update', channel: 'shop', retryAfter: 1, times: 1 });
    await happyPath.tell(stage);
    expect(await spoiled(/^ratelimited$/)).toBeGreaterThanOrEqual(3);
    await endsAsUsual(happyPath);
  });

  it('may recycle a socket and drop another while somebody types and clicks', async () => {
    const { stage, endsAsUsual } = retelling();
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
    const { stage, normalEnding } = retelling();
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
    const { stage, endsAsUsual } = retelling();
    await sockets(2);
    await stage.door.post('/slack/deliver', { kind: 'disconnect', all: true });
    await sockets(2);
    await happyPath.tell(stage);
    await endsAsUsual(happyPath);
  });

  it('may deliver a command twice, and a click', async () => {
    const { stage, endsAsUsual, since } = retelling();
    await stage.door.post('/slack/deliver', { kind: 'duplicate-next', only: 'slash_commands' });
    await stage.door.post('/slack/deliver', { kind: 'duplicate-next', only: 'interactive' });
    await happyPath.tell(stage);
    expect(await takenCalls(stage, 'PutApprovalResult', since)).toBe(1);
    await endsAsUsual(happyPath);
  });

  it('may lose the acks, so that people type and click again', async () => {
    const { stage, endsAsUsual, since } = retelling();
    await stage.door.post('/slack/deliver', { kind: 'lose-ack-next', only: 'slash_commands' });
    await stage.door.post('/slack/deliver', { kind: 'lose-ack-next', only: 'interactive' });
    await happyPath.tell(stage);
    expect(await takenCalls(stage, 'PutApprovalResult', since)).toBe(1);
    await endsAsUsual(happyPath);
  });

  it('may bring two approvals at the same instant: one of them decides, once', async () => {
    const { stage, normalEnding, since } = retelling();
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
