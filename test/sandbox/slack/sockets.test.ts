import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import { socketApp } from '../support/slack-app.ts';
import type { SocketApp } from '../support/slack-app.ts';
import { APP_TOKEN, eventually, silent, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;
const apps: SocketApp[] = [];

beforeEach(async () => {
  slack = await slackUnderTest();
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((bolt) => bolt.stop()));
  await slack.stop();
});

/** An app on some sockets that counts its commands and mentions. */
async function counting(sockets: number): Promise<string[]> {
  const heard: string[] = [];
  const bolt = await socketApp(slack.apiUrl, sockets);
  apps.push(bolt);
  bolt.app.command('/deploy', async ({ ack, command }) => {
    heard.push(command.text);
    await ack();
  });
  bolt.app.event('app_mention', async ({ event }) => void heard.push(event.text));
  await bolt.start();
  return heard;
}

const say = (text: string): Promise<Record<string, unknown>> => slack.door('POST', '/slack/type', { user: 'ada', channel: 'shop', text });
const sockets = async (): Promise<number> => (await slack.door<{ sockets: number }>('GET', '/slack/connections')).sockets;

describe('Socket Mode', () => {
  it('brings each command to exactly one of two sockets, and to the other while one is asked to leave', async () => {
    const heard = await counting(2);
    expect(await sockets()).toBe(2);
    for (const text of ['/deploy 1', '/deploy 2', '/deploy 3']) await say(text);
    expect(heard).toEqual(['1', '2', '3']);
    await slack.door('POST', '/slack/deliver', { kind: 'disconnect' });
    expect(await say('/deploy 4')).toEqual({ command: true, acked: true });
    await eventually(async () => ((await sockets()) === 2 ? true : undefined), 'the socket that came back');
    expect(heard).toEqual(['1', '2', '3', '4']);
  });

  it.each(['not JSON', '[]'])('closes a socket that sends %s, and lives on', async (frame) => {
    const { url } = await new WebClient(APP_TOKEN, { slackApiUrl: slack.apiUrl, logger: silent }).apps.connections.open();
    const socket = new WebSocket(url ?? '');
    const closed = new Promise<number>((resolve) => {
      socket.on('close', resolve);
    });
    socket.once('message', () => socket.send(frame));
    expect(await closed).toBe(1007);
    expect(await sockets()).toBe(0);
  });

  it('tells the person when no socket is open, and when the one that was asked broke', async () => {
    expect(await say('/deploy 0')).toMatchObject({ acked: false, error: 'dispatch_failed' });
    const heard = await counting(1);
    await slack.door('POST', '/slack/timing', { ackMs: 100 });
    await slack.door('POST', '/slack/deliver', { kind: 'lose-next' });
    expect(await say('/deploy 1')).toMatchObject({ acked: false, error: 'operation_timeout' });
    await slack.door('POST', '/slack/deliver', { kind: 'drop-socket', all: true });
    await eventually(async () => ((await sockets()) === 1 ? true : undefined), 'the new socket');
    expect(await say('/deploy 2')).toMatchObject({ acked: true });
    expect(heard).toEqual(['2']);
  });

  it('repeats an event that was not acked, up to three times, and never a command', async () => {
    const heard = await counting(1);
    await slack.door('POST', '/slack/timing', { ackMs: 50, eventRetryMs: [1, 1, 1] });
    await slack.door('POST', '/slack/deliver', { kind: 'lose-ack-next', times: 2, only: 'events_api' });
    await say('@jack hello');
    await eventually(() => (heard.length === 3 ? true : undefined), 'two repetitions');
    const { deliveries } = await slack.door<{ deliveries: readonly { kind: string; attempt: number; acked: boolean }[] }>('GET', '/slack/deliveries');
    await eventually(async () => ((await slack.door<{ deliveries: readonly object[] }>('GET', '/slack/deliveries')).deliveries.length === 3 ? true : undefined), 'the last ack');
    expect(deliveries.slice(0, 2)).toMatchObject([{ kind: 'events_api', attempt: 0, acked: false }, { attempt: 1, acked: false }]);
    await slack.door('POST', '/slack/deliver', { kind: 'lose-next', times: 10 });
    await say('@jack again');
    await eventually(async () => ((await slack.door<{ deliveries: readonly object[] }>('GET', '/slack/deliveries')).deliveries.length === 7 ? true : undefined), 'four attempts');
    await say('/deploy once');
    expect((await slack.door<{ deliveries: readonly { kind: string }[] }>('GET', '/slack/deliveries')).deliveries.filter((each) => each.kind === 'slash_commands')).toHaveLength(1);
    expect(heard).toHaveLength(3);
  });

  it('brings a command twice, late, or again long after, when a test wants it', async () => {
    const heard = await counting(2);
    await slack.door('POST', '/slack/deliver', { kind: 'duplicate-next' });
    await say('/deploy twice');
    expect(heard).toEqual(['twice', 'twice']);
    await slack.door('POST', '/slack/deliver', { kind: 'delay-next', ms: 40 });
    const before = Date.now();
    await say('/deploy late');
    expect(Date.now() - before).toBeGreaterThanOrEqual(40);
    const { deliveries } = await slack.door<{ deliveries: readonly { kind: string; payload: { text: string } }[] }>('GET', '/slack/deliveries');
    expect(await slack.door('POST', '/slack/deliver/raw', { kind: 'slash_commands', payload: deliveries[0]?.payload })).toEqual({ acked: true, answer: {} });
    expect(heard).toEqual(['twice', 'twice', 'late', 'twice']);
  });

  it('holds ten sockets; the eleventh is told too_many_websockets, and a ticket opens one', async () => {
    const client = new WebClient(APP_TOKEN, { slackApiUrl: slack.apiUrl, logger: silent });
    const frames: string[] = [];
    const opened: WebSocket[] = [];
    const open = async (url: string): Promise<void> => {
      const socket = new WebSocket(url);
      opened.push(socket);
      await new Promise<void>((resolve) => void socket.once('message', (data: Buffer) => {
        frames.push(data.toString());
        resolve();
      }));
    };
    const addresses = [];
    for (let count = 0; count < 11; count += 1) addresses.push((await client.apps.connections.open({})).url ?? '');
    for (const url of addresses) await open(url);
    expect(frames.map((frame) => (JSON.parse(frame) as { type: string }).type)).toEqual([...Array.from({ length: 10 }, () => 'hello'), 'disconnect']);
    expect(JSON.parse(frames[10] ?? '{}')).toMatchObject({ reason: 'too_many_websockets' });
    const again = new WebSocket(addresses[0] ?? '');
    await expect(new Promise((_, reject) => void again.once('error', reject))).rejects.toThrow('408');
    for (const socket of opened) socket.terminate();
  });
});
