import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, SHOP, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

let slack: SlackUnderTest;

beforeEach(async () => {
  slack = await slackUnderTest();
});
afterEach(() => slack.stop());

const png = Buffer.from('89504e470d0a1a0a', 'hex');

interface Uploaded {
  readonly files: readonly { readonly files: readonly { readonly id: string }[] }[];
}

describe('files', () => {
  it('are uploaded by the SDK and shared into a thread a little later', async () => {
    const client = slack.client();
    const { ts } = await client.chat.postMessage({ channel: SHOP, text: 'root' });
    const result = (await client.filesUploadV2({ channel_id: SHOP, thread_ts: ts ?? '', initial_comment: 'the chart', filename: 'chart.png', title: 'Chart', file: png, alt_text: 'a chart' })) as unknown as Uploaded;
    const id = result.files[0]?.files[0]?.id ?? '';
    expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: '', shares: {} });
    const shared = await eventually(async () => (await slack.seen('ada', 'shop', ts))[1], 'the share');
    expect(shared).toMatchObject({ text: 'the chart', files: [{ id, name: 'chart.png', mimetype: 'image/png' }] });
    const info = await client.files.info({ file: id });
    expect(info.file).toMatchObject({ mimetype: 'image/png', title: 'Chart', shares: { public: { [SHOP]: [{ ts: shared.ts }] } } });
    expect(await slack.door('GET', `/slack/file/${id}`)).toMatchObject({ name: 'chart.png', mimetype: 'image/png', base64: png.toString('base64') });
    const bytes = await fetch(info.file?.url_private ?? '', { headers: { authorization: 'Bearer xoxb-sandbox-jack' } });
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(png);
    await client.files.delete({ file: id });
    await expect(client.files.info({ file: id })).rejects.toMatchObject({ data: { error: 'file_not_found' } });
  });

  it('stand in a block only once Slack has finished with them', async () => {
    const client = slack.client();
    const announced = await client.files.getUploadURLExternal({ filename: 'a.png', length: png.length });
    const wrong = await fetch(announced.upload_url ?? '', { method: 'POST', body: 'too long for that' });
    expect(wrong.status).toBe(400);
    expect(await (await fetch(announced.upload_url ?? '', { method: 'POST', body: png })).text()).toBe('OK - 8');
    const id = announced.file_id ?? '';
    const show = (): Promise<unknown> => client.chat.postMessage({ channel: SHOP, text: 'chart', blocks: [{ type: 'image', slack_file: { id }, alt_text: 'a chart' }] });
    await client.files.completeUploadExternal({ files: [{ id }] });
    await expect(show()).rejects.toMatchObject({ data: { error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file/id]'] } });
    await eventually(async () => ((await client.files.info({ file: id })).file?.mimetype === 'image/png' ? true : undefined), 'the mimetype');
    expect(await show()).toMatchObject({ ok: true });
  });

  it('are refused for a channel the bot is not in', async () => {
    const client = slack.client();
    const { id: channel } = await slack.door<{ id: string }>('POST', '/slack/channel', { name: 'closed', members: ['ada'] });
    const announced = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 1 });
    await fetch(announced.upload_url ?? '', { method: 'POST', body: 'x' });
    await expect(client.files.completeUploadExternal({ files: [{ id: announced.file_id ?? '' }], channel_id: channel })).rejects.toMatchObject({ data: { error: 'not_in_channel' } });
  });
});

describe('marks', () => {
  it('pin, react and bookmark, and say when there is nothing to do', async () => {
    const client = slack.client();
    const { ts = '' } = await client.chat.postMessage({ channel: SHOP, text: 'x' });
    await client.pins.add({ channel: SHOP, timestamp: ts });
    await expect(client.pins.add({ channel: SHOP, timestamp: ts })).rejects.toMatchObject({ data: { error: 'already_pinned' } });
    await client.reactions.add({ channel: SHOP, timestamp: ts, name: 'eyes' });
    await expect(client.reactions.add({ channel: SHOP, timestamp: ts, name: 'eyes' })).rejects.toMatchObject({ data: { error: 'already_reacted' } });
    expect((await slack.seen('ada'))[0]).toMatchObject({ pinned: true, reactions: [{ name: 'eyes', users: ['U0JACK0001'] }] });
    expect((await client.pins.list({ channel: SHOP })).items).toHaveLength(1);
    await client.pins.remove({ channel: SHOP, timestamp: ts });
    await client.reactions.remove({ channel: SHOP, timestamp: ts, name: 'eyes' });
    await expect(client.pins.remove({ channel: SHOP, timestamp: ts })).rejects.toMatchObject({ data: { error: 'no_pin' } });
    await expect(client.reactions.remove({ channel: SHOP, timestamp: ts, name: 'eyes' })).rejects.toMatchObject({ data: { error: 'no_reaction' } });
    const added = await client.bookmarks.add({ channel_id: SHOP, type: 'link', title: 'Prod', link: 'https://prod.test' });
    const id = added.bookmark?.id ?? '';
    await client.bookmarks.edit({ channel_id: SHOP, bookmark_id: id, title: 'Live' });
    expect((await client.bookmarks.list({ channel_id: SHOP })).bookmarks).toMatchObject([{ id, title: 'Live', link: 'https://prod.test' }]);
    await client.bookmarks.remove({ channel_id: SHOP, bookmark_id: id });
    expect((await client.bookmarks.list({ channel_id: SHOP })).bookmarks).toEqual([]);
  });
});
