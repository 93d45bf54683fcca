import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../sandbox/json.ts';
import { problemLine } from '../../../sandbox/slack/block-kit/problem.ts';
import { messageProblems, viewProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { mrkdwn, plain } from '../support/block-samples.ts';
import { SHOP, slackUnderTest } from '../support/slack-workspace.ts';
import type { SlackUnderTest } from '../support/slack-workspace.ts';

const message = (...blocks: readonly JsonObject[]): readonly string[] => messageProblems(blocks, () => false).map(problemLine);
const view = (value: JsonObject): readonly string[] => viewProblems(value, () => false).map(problemLine);
const button = (actionId: string, rest: JsonObject = {}): JsonObject => ({ type: 'button', action_id: actionId, text: plain('Go'), ...rest });
const input = (element: JsonObject): JsonObject => ({ type: 'input', label: plain('l'), element });
const lineChart = (label: string): JsonObject => ({ type: 'data_visualization', title: 't', chart: { type: 'line', series: [{ name: 's', data: [{ label, value: 1 }] }], axis_config: { categories: ['10:00'] } } });
const modal = { type: 'modal', title: plain('t') };

describe('the shape of blocks', () => {
  it.each<[string, JsonObject, string]>([
    ['a block of no known type', { type: 'nonsense' }, 'unsupported type: nonsense [json-pointer:/blocks/0/type]'],
    ['a mistyped key', { type: 'section', texts: 1, text: mrkdwn('x') }, 'invalid additional property: texts [json-pointer:/blocks/0]'],
    ['a missing field', { type: 'header' }, 'missing required field: text [json-pointer:/blocks/0]'],
    ['markdown in a header', { type: 'header', text: mrkdwn('x') }, 'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]'],
    ['a text that is no object', { type: 'section', text: 'x' }, 'must provide an object [json-pointer:/blocks/0/text]'],
    ['a style there is not', { type: 'actions', elements: [button('a', { style: 'green' })] }, 'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]'],
    ['an input among actions', { type: 'actions', elements: [{ type: 'plain_text_input', action_id: 'a' }] }, 'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]'],
    ['a header as accessory', { type: 'section', text: mrkdwn('x'), accessory: { type: 'header' } }, 'unsupported type: header [json-pointer:/blocks/0/accessory/type]'],
    ['a section that says nothing', { type: 'section' }, 'missing required field: text or fields [json-pointer:/blocks/0]'],
    ['a select without options', { type: 'actions', elements: [{ type: 'static_select', action_id: 'a' }] }, 'must have either options or option_groups [json-pointer:/blocks/0/elements/0]'],
    ['an alert outside of a modal', { type: 'alert', text: mrkdwn('x') }, 'unsupported type: alert [json-pointer:/blocks/0/type]'],
    ['a file that is not ready', { type: 'image', slack_file: { id: 'F0123456789' }, alt_text: 'a' }, 'invalid slack file [json-pointer:/blocks/0/slack_file/id]'],
    ['an empty text', { type: 'section', text: mrkdwn('') }, 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
  ])('refuses %s', (_, block, line) => {
    expect(message(block)).toContain(line);
  });

  it('wants block ids unique in a message and action ids unique in a block', () => {
    const divider = { type: 'divider', block_id: 'same' };
    expect(message(divider, divider)).toEqual(['block_id same already exists [json-pointer:/blocks/1/block_id]']);
    expect(message({ type: 'actions', elements: [button('a'), button('a')] })).toEqual(['action_id a already exists for this block [json-pointer:/blocks/0/elements/1/action_id]']);
    expect(message({ type: 'actions', elements: [button('a')] }, { type: 'actions', elements: [button('a')] })).toEqual([]);
  });

  it('takes one table, two charts and 12 000 characters of markdown in a message', () => {
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };
    const chart = { type: 'data_visualization', title: 't', chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] } };
    const markdown = { type: 'markdown', text: 'x'.repeat(6000) };
    expect(message(table, chart, chart, markdown, markdown)).toEqual([]);
    expect(message(table, table)).toEqual(['no more than 1 table blocks allowed [json-pointer:/blocks/1]']);
    expect(message(chart, chart, chart)).toEqual(['no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]']);
    expect(message(markdown, markdown, { type: 'markdown', text: 'x' })).toEqual(['must be less than 12001 characters [json-pointer:/blocks/0/text]']);
    expect(message({ type: 'table', rows: [[{ type: 'raw_text', text: 'x'.repeat(10_001) }]] })).toEqual(['must be less than 10001 characters [json-pointer:/blocks/0/rows]']);
  });

  it('wants each series of a chart to have exactly the categories', () => {
    expect(message(lineChart('10:00'))).toEqual([]);
    expect(message(lineChart('11:00'))).toEqual(['series data must match axis_config categories [json-pointer:/blocks/0/chart/series/0/data]']);
  });

  it('wants a submit button in a modal with inputs, and one focus', () => {
    const text = { type: 'plain_text_input', action_id: 'a', focus_on_load: true };
    expect(view({ ...modal, blocks: [input(text)] })).toEqual(['must define `submit` to use `input` block [json-pointer:/view/blocks/0/input]']);
    expect(view({ ...modal, submit: plain('Go'), blocks: [input(text)] })).toEqual([]);
    expect(view({ ...modal, submit: plain('Go'), blocks: [input(text), input(text)] })).toEqual(['only one element can have focus_on_load [json-pointer:/view/blocks/1/element/focus_on_load]']);
    expect(view({ ...modal, submit: plain('Go'), blocks: [input({ type: 'plain_text_input', action_id: 'a', max_length: 3001 })] })).toEqual(['must be less than 3001 [json-pointer:/view/blocks/0/element/max_length]']);
    expect(view({ ...modal, submit: plain('Go'), blocks: [input({ type: 'file_input', action_id: 'a', max_files: 11 })] })).toEqual(['must be between 1 and 10 [json-pointer:/view/blocks/0/element/max_files]']);
  });

  it('refuses message-only blocks in a home tab and in a modal', () => {
    const container = { type: 'container', title: plain('t'), child_blocks: [{ type: 'divider' }] };
    expect(message(container)).toEqual([]);
    expect(view({ type: 'home', blocks: [container] })).toEqual(['unsupported type: container [json-pointer:/view/blocks/0/type]']);
    expect(view({ ...modal, submit_disabled: true, blocks: [{ type: 'divider' }] })).toEqual(['invalid additional property: submit_disabled [json-pointer:/view]']);
  });
});

describe('how Slack says it', () => {
  let slack: SlackUnderTest;
  beforeAll(async () => {
    slack = await slackUnderTest();
  });
  afterAll(() => slack.stop());
  const validate = async (body: JsonObject): Promise<JsonObject> => (await fetch(`${slack.apiUrl}blocks.validate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json() as Promise<JsonObject>;

  it('answers invalid_blocks for messages and invalid_arguments for views', async () => {
    const line = 'must be less than 151 characters [json-pointer:/blocks/0/text/text]';
    const header = { type: 'header', text: plain('x'.repeat(151)) };
    await expect(slack.client().apiCall('chat.postMessage', { channel: SHOP, text: 'x', blocks: [header] })).rejects.toMatchObject({ data: { ok: false, error: 'invalid_blocks', errors: [line], response_metadata: { messages: [`[ERROR] ${line}`] } } });
    await expect(slack.client().apiCall('views.publish', { user_id: 'U0ADA00001', view: { type: 'home', blocks: [header] } })).rejects.toMatchObject({
      data: { error: 'invalid_arguments', response_metadata: { messages: ['[ERROR] failed to match all allowed schemas [json-pointer:/view]', '[ERROR] must be less than 151 characters [json-pointer:/view/blocks/0/text/text]'] } },
    });
    await expect(slack.client().apiCall('chat.postMessage', { channel: SHOP, text: 'x', blocks: '[{' })).rejects.toMatchObject({ data: { error: 'invalid_blocks_format' } });
    expect(await slack.seen('ada')).toEqual([]);
  });

  it('validates without posting, with no token', async () => {
    expect(await validate({ blocks: [{ type: 'divider' }] })).toEqual({ ok: true });
    expect(await validate({ blocks: [{ type: 'header' }] })).toMatchObject({ ok: false, error: 'invalid_blocks', errors: [{ pointer: '/blocks/0', code: 'required', constraint: { type: 'required', expected: 'text' } }] });
    expect(await validate({ view: { type: 'home', blocks: [{ type: 'nope' }] } })).toMatchObject({ ok: false, error: 'invalid_view' });
    expect(await validate({ message: { text: 'x', blocks: [] } })).toMatchObject({ ok: false, error: 'invalid_message', errors: [{ pointer: '/message/text' }] });
  });
});
