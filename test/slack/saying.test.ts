import { describe, expect, it } from '@jest/globals';
import { formWindows } from '../../src/slack/form-windows.ts';
import { home } from '../../src/slack/home.ts';
import { replies } from '../../src/slack/replies.ts';
import { fakeSlack, handClock, keptLog, refusal, silentLog } from './fake-slack.ts';

const threads = { place: async (channel: string) => (channel.startsWith('U') ? 'D1' : channel) };

function answering(status: number | Error) {
  const slack = fakeSlack();
  const log = keptLog();
  const sent: { url: string; body: unknown }[] = [];
  const fetch = async (url: string, init: { body: string }) => {
    sent.push({ url, body: JSON.parse(init.body) });
    if (status instanceof Error) throw status;
    return { ok: status < 300, status };
  };
  return { slack, log, sent, reply: replies({ calls: slack.calls, threads, log, fetch }) };
}

describe('an answer', () => {
  const to = { user: 'U1', channel: 'C1', responseUrl: 'https://hooks.test/1' };

  it('goes by the response_url, seen by nobody else', async () => {
    const { slack, sent, reply } = answering(200);
    await reply({ ...to, threadTs: '1.1' }, { text: 'No.' });
    expect(sent).toEqual([{ url: 'https://hooks.test/1', body: { text: 'No.', response_type: 'ephemeral', replace_original: false, thread_ts: '1.1' } }]);
    expect(slack.seen).toHaveLength(0);
  });

  it('replaces what was clicked when it is asked to', async () => {
    const { sent, reply } = answering(200);
    await reply(to, { text: 'Done.', replaceOriginal: true });
    expect(sent[0]?.body).toMatchObject({ replace_original: true });
  });

  it.each([[404], [new Error('timeout')]])('goes as an ephemeral message when the response_url fails with %s', async (status) => {
    const { slack, reply } = answering(status);
    await reply({ ...to, threadTs: '1.1' }, { text: 'No.' });
    expect(slack.seen).toEqual([{ method: 'chat.postEphemeral', fields: { channel: 'C1', user: 'U1', text: 'No.', thread_ts: '1.1' } }]);
  });

  it.each(['D1', 'U1'])('is a plain message in the direct messages %s', async (channel) => {
    const { slack, reply } = answering(200);
    await reply({ user: 'U1', channel }, { text: 'Hello.' });
    expect(slack.seen[0]).toMatchObject({ method: 'chat.postMessage', fields: { channel: 'D1', text: 'Hello.' } });
  });

  it('that cannot be given is logged without its words', async () => {
    const { slack, log, reply } = answering(404);
    slack.on('chat.postEphemeral', refusal('user_not_in_channel'));
    await reply(to, { text: 'secret words' });
    expect(log.lines).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain('secret words');
  });
});

describe('the App Home', () => {
  it('is published when its content changed, and for each person', async () => {
    const slack = fakeSlack();
    const publish = home(slack.calls, handClock());
    await publish('U1', { blocks: [{ type: 'divider' }] });
    await publish('U1', { blocks: [{ type: 'divider' }] });
    await publish('U2', { blocks: [{ type: 'divider' }] });
    await publish('U1', { blocks: [] });
    expect(slack.seen.map((call) => call.fields['user_id'])).toEqual(['U1', 'U2', 'U1']);
  });

  it('is published again after a failure', async () => {
    const slack = fakeSlack();
    const publish = home(slack.calls, handClock());
    slack.on('views.publish', refusal('internal_error'));
    await expect(publish('U1', { blocks: [] })).rejects.toThrow('internal_error');
    await publish('U1', { blocks: [] });
    expect(slack.seen).toHaveLength(2);
  });
});

describe('a form', () => {
  const view = { type: 'modal' as const, callback_id: 'deploy', title: { type: 'plain_text' as const, text: 'Deploy' }, blocks: [] };

  it('is opened once and named by what Slack made of it', async () => {
    const slack = fakeSlack();
    slack.on('views.open', { body: { view: { id: 'V1', hash: 'h1' } } });
    await expect(formWindows({ calls: slack.calls, log: silentLog() }).openForm('1.2.c', view)).resolves.toEqual({ viewId: 'V1', hash: 'h1' });
  });

  it('that comes too late is no fault', async () => {
    const slack = fakeSlack();
    slack.on('views.open', refusal('expired_trigger_id'));
    await expect(formWindows({ calls: slack.calls, log: silentLog() }).openForm('1.2.c', view)).resolves.toBeUndefined();
  });

  it('that Slack finds wrong is a fault', async () => {
    const slack = fakeSlack();
    slack.on('views.open', refusal('invalid_arguments'));
    await expect(formWindows({ calls: slack.calls, log: silentLog() }).openForm('1.2.c', view)).rejects.toThrow('invalid_arguments');
  });
});
