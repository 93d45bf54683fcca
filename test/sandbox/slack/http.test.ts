import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { BOT_TOKEN, eventually, SHOP, SIGNING_SECRET, silent, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;
let app: App;
let url: string;

beforeEach(async () => {
  slack = await slackUnderTest();
  app = new App({ token: BOT_TOKEN, signingSecret: SIGNING_SECRET, endpoints: ['/slack/events'], logger: silent, deferInitialization: true, clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } } });
  await app.init();
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
});
afterEach(async () => {
  await app.stop();
  await slack.stop();
});

const say = (text: string): Promise<Record<string, unknown>> => slack.door('POST', '/slack/type', { user: 'ada', channel: 'shop', text });
const overHttp = (): Promise<Record<string, unknown>> => slack.door('POST', '/slack/mode', { mode: 'http', url });

describe('delivery over HTTP to a real Bolt app', () => {
  it('verifies the URL, then brings commands, clicks and events with good signatures', async () => {
    app.command('/deploy', async ({ ack, command }) => ack(`deploying ${command.text}`));
    app.action('go', async ({ ack, respond }) => {
      await ack();
      await respond({ response_type: 'in_channel', text: 'gone' });
    });
    app.event('app_mention', async ({ say: answer }) => void (await answer('yes?')));
    expect(await overHttp()).toEqual({ mode: 'http', verified: true });
    expect(await say('/deploy 50% of prod & more')).toEqual({ command: true, acked: true, response: { text: 'deploying 50% of prod &amp; more' } });
    const { ts } = await slack.client().chat.postMessage({ channel: SHOP, text: 'x', blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] }] });
    expect(await slack.door('POST', '/slack/click', { user: 'ada', channel: 'shop', ts: ts ?? '', action_id: 'go' })).toEqual({ acked: true });
    const shows = (text: string): Promise<true> => eventually(async () => ((await slack.seen('grace')).some((message) => message.text === text) ? true : undefined), text);
    await shows('gone');
    await say('@jack');
    await shows('yes?');
    expect((await slack.seen('grace')).map((message) => message.text)).toEqual(['x', 'gone', '<@U0JACK0001>', 'yes?']);
  });

  it('is refused with a bad signature and an old timestamp', async () => {
    app.command('/deploy', async ({ ack }) => ack());
    await overHttp();
    for (const kind of ['bad-signature-next', 'old-timestamp-next']) {
      await slack.door('POST', '/slack/deliver', { kind });
      expect(await say('/deploy')).toMatchObject({ acked: false, error: 'http_error' });
    }
    expect(await say('/deploy')).toEqual({ command: true, acked: true });
  });

  it('tells the person when nothing listens', async () => {
    await slack.door('POST', '/slack/mode', { mode: 'http', url: 'http://127.0.0.1:9/' });
    expect(await say('/deploy')).toMatchObject({ acked: false, error: 'connection_failed' });
    expect(await slack.door('POST', '/slack/mode', { mode: 'socket' })).toEqual({ mode: 'socket' });
    expect(await say('/deploy')).toMatchObject({ acked: false, error: 'dispatch_failed' });
  });
});

describe('the requests themselves', () => {
  const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
  let server: Server;
  let status = 500;
  let headers: Record<string, string> = {};

  beforeEach(async () => {
    requests.length = 0;
    headers = {};
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => void chunks.push(chunk));
      request.on('end', () => {
        requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    status = 200;
    await slack.door('POST', '/slack/mode', { mode: 'http', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
    requests.length = 0;
  });
  afterEach(() => void server.close());

  it('have exactly the content types that Bolt accepts', async () => {
    await say('/deploy prod');
    await slack.door('POST', '/slack/home', { user: 'ada' });
    expect(requests.map((request) => request.headers['content-type'])).toEqual(['application/x-www-form-urlencoded', 'application/json']);
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toMatchObject({ command: '/deploy', text: 'prod', is_enterprise_install: 'false', channel_id: SHOP });
  });

  it('are repeated three times for events, with number and reason, unless the app says no', async () => {
    status = 503;
    await slack.door('POST', '/slack/timing', { eventRetryMs: [1, 1, 1] });
    await slack.door('POST', '/slack/home', { user: 'ada' });
    await eventually(() => (requests.length === 4 ? true : undefined), 'three repetitions');
    expect(requests.map((request) => [request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']])).toEqual([[undefined, undefined], ['1', 'http_error'], ['2', 'http_error'], ['3', 'http_error']]);
    requests.length = 0;
    headers = { 'x-slack-no-retry': '1' };
    await slack.door('POST', '/slack/home', { user: 'ada' });
    await new Promise((resolve) => void setTimeout(resolve, 50));
    expect(requests).toHaveLength(1);
  });
});
