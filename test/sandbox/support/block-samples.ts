import type { JsonObject } from '../../../sandbox/json.ts';

export const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
export const mrkdwn = (text: string): JsonObject => ({ type: 'mrkdwn', text });
const option = { text: plain('one'), value: 'one' };
export const group = { label: plain('group'), options: [option] };
const confirm = { title: plain('Sure?'), text: mrkdwn('Really'), confirm: plain('Yes'), deny: plain('No') };
const point = { label: 'l0', value: 1 };
const series = { name: 'one', data: [point] };
const axes = { categories: ['l0'], x_label: 'time', y_label: 'requests' };
const image = { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'a' };
const card = { type: 'card', title: mrkdwn('t'), subtitle: mrkdwn('s'), body: mrkdwn('b'), actions: [{ type: 'button', text: plain('Go'), action_id: 'go' }] };

/** The smallest good example of each kind, with every part that has a limit. */
const SAMPLES: Readonly<Record<string, JsonObject>> = {
  message: { blocks: [{ type: 'divider' }] },
  modal: { type: 'modal', title: plain('Deploy'), submit: plain('Go'), close: plain('Cancel'), private_metadata: 'm', callback_id: 'c', external_id: 'e', blocks: [{ type: 'divider' }] },
  home: { type: 'home', private_metadata: 'm', callback_id: 'c', external_id: 'e', blocks: [{ type: 'divider' }] },
  plain_text: plain('x'),
  mrkdwn: mrkdwn('x'),
  section: { type: 'section', block_id: 'b', text: mrkdwn('x'), fields: [mrkdwn('f')] },
  header: { type: 'header', block_id: 'b', text: plain('h') },
  context: { type: 'context', block_id: 'b', elements: [mrkdwn('c')] },
  actions: { type: 'actions', block_id: 'b', elements: [{ type: 'button', text: plain('Go'), action_id: 'go' }] },
  context_actions: { type: 'context_actions', block_id: 'b', elements: [{ type: 'icon_button', icon: 'trash', text: plain('x'), action_id: 'go' }] },
  divider: { type: 'divider', block_id: 'b' },
  image: { ...image, block_id: 'b', title: plain('t') },
  input: { type: 'input', block_id: 'b', label: plain('l'), hint: plain('h'), element: { type: 'plain_text_input', action_id: 'a' } },
  markdown: { type: 'markdown', block_id: 'b', text: '# hi' },
  rich_text: { type: 'rich_text', block_id: 'b', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
  table: { type: 'table', block_id: 'b', rows: [[{ type: 'raw_text', text: 'x' }]] },
  data_table: { type: 'data_table', block_id: 'b', caption: 'c', rows: [[{ type: 'raw_text', text: 'x' }], [{ type: 'raw_text', text: 'y' }]] },
  card: { ...card, block_id: 'b' },
  alert: { type: 'alert', block_id: 'b', text: mrkdwn('x') },
  carousel: { type: 'carousel', block_id: 'b', elements: [card] },
  container: { type: 'container', block_id: 'b', title: plain('t'), subtitle: mrkdwn('s'), child_blocks: [{ type: 'divider' }] },
  task_card: { type: 'task_card', block_id: 'b', task_id: 't', title: 'x', status: 'complete' },
  plan: { type: 'plan', block_id: 'b', title: 'x' },
  video: { type: 'video', block_id: 'b', title: plain('t'), video_url: 'https://x.test/v', thumbnail_url: 'https://x.test/t.png', alt_text: 'v', author_name: 'a' },
  data_visualization: { type: 'data_visualization', block_id: 'b', title: 't', chart: { type: 'pie', segments: [point] } },
  button: { type: 'button', text: plain('Go'), value: 'v', url: 'https://x.test', accessibility_label: 'go', action_id: 'a' },
  workflow_button: { type: 'workflow_button', action_id: 'a', text: plain('Go'), workflow: { trigger: { url: 'https://x.test' } } },
  option: { ...option, description: plain('d'), url: 'https://x.test' },
  option_group: group,
  confirm,
  static_select: { type: 'static_select', action_id: 'a', placeholder: plain('p'), options: [option] },
  multi_static_select: { type: 'multi_static_select', action_id: 'a', placeholder: plain('p'), options: [option] },
  overflow: { type: 'overflow', action_id: 'a', options: [option] },
  checkboxes: { type: 'checkboxes', action_id: 'a', options: [option] },
  radio_buttons: { type: 'radio_buttons', action_id: 'a', options: [option] },
  datetimepicker: { type: 'datetimepicker', action_id: 'a' },
  file_input: { type: 'file_input', action_id: 'a' },
  pie: { type: 'pie', segments: [point] },
  series,
  axis_config: axes,
  point,
  number_input: { type: 'number_input', action_id: 'a', is_decimal_allowed: false, placeholder: plain('p') },
};

const CHARTS = ['bar', 'area', 'line'];

export function sampleOf(kind: string): JsonObject {
  if (CHARTS.includes(kind)) return { type: kind, series: [series], axis_config: axes };
  return SAMPLES[kind] ?? { type: kind, action_id: 'a', placeholder: plain('p') };
}

const BLOCKS = /^(section|header|context|actions|context_actions|divider|image|input|markdown|rich_text|table|data_table|card|carousel|container|task_card|plan|video|data_visualization)$/;
const INPUTS = /(_input|_buttons|checkboxes|datetimepicker)$/;

/** A whole message (`blocks` only) or view that has this thing in it. */
export function holderOf(kind: string, value: JsonObject): JsonObject {
  if (['message', 'modal', 'home'].includes(kind)) return value;
  if (kind === 'alert') return { type: 'modal', title: plain('t'), blocks: [value] };
  if (BLOCKS.test(kind)) return { blocks: [value] };
  return { blocks: [blockWith(kind, value)] };
}

const chart = (inner: JsonObject): JsonObject => ({ type: 'data_visualization', title: 't', chart: inner });

function blockWith(kind: string, value: JsonObject): JsonObject {
  switch (kind) {
    case 'plain_text':
    case 'mrkdwn':
      return { type: 'section', text: value };
    case 'option':
      return { type: 'actions', elements: [{ type: 'overflow', action_id: 'o', options: [value] }] };
    case 'option_group':
      return { type: 'actions', elements: [{ type: 'static_select', action_id: 'o', option_groups: [value] }] };
    case 'confirm':
      return { type: 'actions', elements: [{ type: 'button', action_id: 'o', text: plain('x'), confirm: value }] };
    case 'pie':
    case 'bar':
    case 'area':
    case 'line':
      return chart(value);
    case 'series':
      return chart({ type: 'bar', series: [value], axis_config: axes });
    case 'axis_config':
      return chart({ type: 'bar', series: [series], axis_config: value });
    case 'point':
      return chart({ type: 'pie', segments: [value] });
    default:
      return INPUTS.test(kind) ? { type: 'input', label: plain('l'), element: value } : { type: 'actions', elements: [value] };
  }
}
