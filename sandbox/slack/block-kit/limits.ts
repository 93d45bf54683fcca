/**
 * One limit of Block Kit: how long a text or a list may be. `kind` is a block's, element's or object's type ('message',
 * 'modal' and 'home' are the whole); `path` leads to the text or list, with `*` for each item of a list.
 */
export type Limit = {
  readonly kind: string;
  readonly path: string;
  readonly unit: 'characters' | 'items';
  readonly max: number;
  readonly min?: number;
};

const characters = (kind: string, path: string, max: number, min?: number): Limit => ({ kind, path, unit: 'characters', max, ...(min === undefined ? {} : { min }) });
const items = (kind: string, path: string, max: number, min = 1): Limit => ({ kind, path, unit: 'items', max, min });

/** Elements that have an `action_id`. */
const ELEMENTS = [
  'button', 'checkboxes', 'datepicker', 'datetimepicker', 'email_text_input', 'file_input', 'multi_channels_select', 'multi_conversations_select', 'multi_external_select',
  'multi_static_select', 'multi_users_select', 'number_input', 'overflow', 'plain_text_input', 'radio_buttons', 'rich_text_input', 'channels_select', 'conversations_select',
  'external_select', 'static_select', 'users_select', 'timepicker', 'url_text_input', 'workflow_button',
];
const SELECTS = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'];
const WITH_PLACEHOLDER = [...SELECTS, ...SELECTS.map((name) => `multi_${name}`), 'datepicker', 'timepicker', 'plain_text_input', 'email_text_input', 'number_input', 'url_text_input', 'rich_text_input'];
const BLOCKS = ['actions', 'alert', 'card', 'carousel', 'container', 'context', 'context_actions', 'data_table', 'data_visualization', 'divider', 'header', 'image', 'input', 'markdown', 'rich_text', 'section', 'table', 'task_card', 'plan', 'video'];

/**
 * Sources: @slack/types' comments, docs.slack.dev, and the limits of nicklambourne/slackblocks; where they differ (an
 * option's value) the larger is allowed. Characters are Unicode code points.
 */
export const LIMITS: readonly Limit[] = [
  items('message', 'blocks', 50, 0),
  items('modal', 'blocks', 100, 0),
  items('home', 'blocks', 100, 0),
  characters('plain_text', 'text', 3000, 1),
  characters('mrkdwn', 'text', 3000, 1),
  items('section', 'fields', 10),
  characters('section', 'fields.*.text', 2000),
  characters('header', 'text.text', 150),
  items('context', 'elements', 10),
  items('actions', 'elements', 25),
  items('context_actions', 'elements', 5),
  characters('button', 'text.text', 75),
  characters('button', 'value', 2000),
  characters('button', 'url', 3000),
  characters('button', 'accessibility_label', 75),
  ...ELEMENTS.map((kind) => characters(kind, 'action_id', 255)),
  ...BLOCKS.map((kind) => characters(kind, 'block_id', 255)),
  ...['modal', 'home'].flatMap((kind) => ['callback_id', 'external_id'].map((path) => characters(kind, path, 255))),
  characters('option', 'text.text', 75),
  characters('option', 'description.text', 75),
  characters('option', 'value', 150),
  characters('option', 'url', 3000),
  ...['static_select', 'multi_static_select'].flatMap((kind) => [items(kind, 'options', 100), items(kind, 'option_groups', 100)]),
  items('option_group', 'options', 100),
  characters('option_group', 'label.text', 75),
  items('overflow', 'options', 5),
  items('checkboxes', 'options', 10),
  items('radio_buttons', 'options', 10),
  ...WITH_PLACEHOLDER.map((kind) => characters(kind, 'placeholder.text', 150)),
  characters('confirm', 'title.text', 100),
  characters('confirm', 'text.text', 300),
  characters('confirm', 'confirm.text', 30),
  characters('confirm', 'deny.text', 30),
  characters('input', 'label.text', 2000),
  characters('input', 'hint.text', 2000),
  characters('image', 'image_url', 3000),
  characters('image', 'alt_text', 2000),
  characters('image', 'title.text', 2000),
  characters('modal', 'title.text', 24),
  characters('modal', 'submit.text', 24),
  characters('modal', 'close.text', 24),
  characters('modal', 'private_metadata', 3000),
  characters('home', 'private_metadata', 3000),
  items('table', 'rows', 100),
  items('table', 'rows.*', 20),
  items('data_table', 'rows', 201, 2),
  items('data_table', 'rows.*', 20),
  characters('card', 'title.text', 150),
  characters('card', 'subtitle.text', 150),
  characters('card', 'body.text', 200),
  items('card', 'actions', 3),
  characters('alert', 'text.text', 200),
  items('carousel', 'elements', 10),
  items('container', 'child_blocks', 10),
  characters('container', 'title.text', 150),
  characters('container', 'subtitle.text', 150),
  characters('video', 'title.text', 199),
  characters('video', 'author_name', 49),
  characters('data_visualization', 'title', 50, 1),
  items('pie', 'segments', 12),
  ...['bar', 'area', 'line'].map((kind) => items(kind, 'series', 12)),
  items('series', 'data', 20),
  characters('series', 'name', 20),
  items('axis_config', 'categories', 20),
  characters('axis_config', 'categories.*', 20),
  characters('axis_config', 'x_label', 50),
  characters('axis_config', 'y_label', 50),
  characters('point', 'label', 20),
];
