import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { socketApp } from '../support/slack-app.ts';
import type { SocketApp } from '../support/slack-app.ts';
import { ADA, eventually, SHOP, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;
let bolt: SocketApp;

beforeEach(async () => {
  slack = await slackUnderTest();
  bolt = await socketApp(slack.apiUrl);
});
afterEach(async () => {
  await bolt.stop();
  await slack.stop();
});

const button = { type: 'actions', block_id: 'decide', elements: [{ type: 'button', action_id: 'approve', value: 'r1', text: { type: 'plain_text', text: 'Approve' } }] };

describe('a story told over a socket by a real Bolt app', () => {
  it('goes from a command to a message, a click and an edit, and is written down', async () => {
    bolt.app.command('/deploy', async ({ ack, command, client }) => {
      await ack();
      await client.chat.postMessage({ channel: command.channel_id, text: `deploying ${command.text}`, blocks: [button] });
    });
    bolt.app.action('approve', async ({ ack, body, client }) => {
      await ack();
      const message = 'message' in body ? body.message : undefined;
      await client.chat.update({ channel: SHOP, ts: message?.ts ?? '', text: `approved by <@${body.user.id}>` });
    });
    await bolt.start();
    expect(await slack.door('POST', '/slack/type', { user: 'ada', channel: 'shop', text: '/deploy prod for @grace in #api' })).toEqual({ command: true, acked: true });
    const posted = await eventually(async () => (await slack.seen('ada'))[0], 'the post');
    expect(posted).toMatchObject({ user: 'U0JACK0001', text: 'deploying prod for <@U0GRACE001|grace> in <#C0API00001|api>', blocks: [button] });
    expect(await slack.door('POST', '/slack/click', { user: 'grace', channel: 'shop', ts: posted.ts, action_id: 'approve' })).toEqual({ acked: true });
    const edited = await eventually(async () => (await slack.seen('grace')).find((each) => each.edited !== undefined), 'the edit');
    expect(edited).toMatchObject({ text: 'approved by <@U0GRACE001>' });
    expect(edited.blocks).toBeUndefined();
    const transcript = await slack.door<readonly { kind: string; text: string }[]>('GET', '/slack/transcript', { channel: 'shop' });
    expect(transcript.map((entry) => [entry.kind, entry.text])).toEqual([
      ['post', 'deploying prod for <@U0GRACE001|grace> in <#C0API00001|api>'],
      ['edit', 'approved by <@U0GRACE001>'],
    ]);
  });

  it('shows a person what only they see, and an error when nobody acks', async () => {
    bolt.app.command('/deploy', async ({ ack }) => ack({ text: 'which environment?' }));
    bolt.app.command('/jack', async () => undefined);
    await bolt.start();
    await slack.door('POST', '/slack/timing', { ackMs: 80 });
    await slack.door('POST', '/slack/type', { user: 'ada', channel: 'shop', text: '/deploy' });
    expect(await slack.door('POST', '/slack/type', { user: ADA, channel: SHOP, text: '/jack help' })).toMatchObject({ command: true, acked: false, error: 'operation_timeout' });
    const seen = await slack.seen('ada');
    expect(seen.map((each) => [each.text, each.ephemeral])).toEqual([['which environment?', true], ['/jack failed with the error "operation_timeout"', true]]);
    expect(await slack.seen('grace')).toEqual([]);
  });
});
