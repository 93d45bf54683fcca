import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import { httpReceiver } from '../../src/slack/listening/http-door.ts';
import { identify } from '../../src/slack/identity.ts';
import { NEEDED_SCOPES } from '../../src/slack/scopes.ts';
import { fakeSlack, refusal, silentLog } from './fake-slack.ts';

const SECRET = 'a-signing-secret';

async function withDoor(use: (post: (stamp: number, secret?: string) => Promise<number>, delivered: () => number) => Promise<void>): Promise<void> {
  let delivered = 0;
  const door = httpReceiver({ signingSecret: SECRET, port: 0, host: '127.0.0.1', clock: { now: () => Date.now() }, log: silentLog() });
  const ear: Pick<App, 'processEvent'> = {
    processEvent: async ({ ack }) => {
      delivered += 1;
      await ack();
    },
  };
  door.init(ear as App);
  await door.start();
  try {
    await use((stamp, secret = SECRET) => post(door.port(), stamp, secret), () => delivered);
  } finally {
    await door.stop();
  }
}

async function post(port: number, stamp: number, secret: string): Promise<number> {
  const body = 'command=%2Fdeploy&text=prod';
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': String(stamp), 'x-slack-signature': signature };
  return (await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body })).status;
}

const nowS = (): number => Math.floor(Date.now() / 1000);

describe('the HTTP door', () => {
  it('lets a signed delivery in once', async () => {
    await withDoor(async (post, delivered) => {
      const stamp = nowS();
      expect(await post(stamp)).toBe(200);
      expect(await post(stamp)).toBe(401);
      expect(delivered()).toBe(1);
    });
  });

  it('refuses what is signed by somebody else, too old, or dated ahead', async () => {
    await withDoor(async (post, delivered) => {
      expect(await post(nowS(), 'guess')).toBe(401);
      expect(await post(nowS() - 600)).toBe(401);
      expect(await post(nowS() + 600)).toBe(401);
      expect(delivered()).toBe(0);
    });
  });

  it('says which port is taken', async () => {
    await withDoor(async () => undefined);
    const settings = { signingSecret: SECRET, host: '127.0.0.1', clock: { now: () => 0 }, log: silentLog() };
    const first = httpReceiver({ ...settings, port: 0 });
    await first.start();
    const second = httpReceiver({ ...settings, port: first.port() });
    await expect(second.start()).rejects.toThrow(`Port ${first.port()} (PORT) is taken`);
    await first.stop();
  });
});

const granted = (scopes: readonly string[]) => ({ headers: { 'x-oauth-scopes': scopes.join(',') }, body: { bot_id: 'B1', user_id: 'UJACK', team_id: 'T1' } });

describe('who Jack is', () => {
  it('is learned from the token', async () => {
    const slack = fakeSlack();
    slack.on('auth.test', granted(NEEDED_SCOPES));
    await expect(identify(slack.calls)).resolves.toEqual({ botId: 'B1', botUserId: 'UJACK', teamId: 'T1' });
  });

  it('needs all scopes, and names those that are missing', async () => {
    const slack = fakeSlack();
    slack.on('auth.test', granted(NEEDED_SCOPES.filter((scope) => scope !== 'im:write' && scope !== 'commands')));
    await expect(identify(slack.calls)).rejects.toThrow(/lacks the bot scopes commands, im:write: add them/);
  });

  it('says which token is wrong', async () => {
    const slack = fakeSlack();
    slack.on('auth.test', refusal('invalid_auth'));
    await expect(identify(slack.calls)).rejects.toThrow(/does not accept SLACK_BOT_TOKEN \(invalid_auth\)/);
  });
});
