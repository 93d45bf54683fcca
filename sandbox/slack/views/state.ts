import type { Json, JsonObject } from '../../json.ts';
import { textOf } from '../values.ts';
import type { StateValues } from '../workspace/views.ts';
import { elementsIn } from './elements.ts';

/** Element type to the member of its state that holds what was chosen, and the member of the element that presets it. */
const HELD: Readonly<Record<string, readonly [held: string, preset: string]>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  users_select: ['selected_user', 'initial_user'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  multi_users_select: ['selected_users', 'initial_users'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  checkboxes: ['selected_options', 'initial_options'],
  radio_buttons: ['selected_option', 'initial_option'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  file_input: ['files', 'initial_files'],
};

/** The member that holds what is chosen in an element of this type; undefined for what holds nothing (buttons, overflow). */
export function heldIn(type: Json): string | undefined {
  return HELD[textOf(type) ?? '']?.[0];
}

/** `state.values` of blocks that nobody touched. */
export function initialState(blocks: readonly JsonObject[]): StateValues {
  const values: StateValues = {};
  for (const { blockId, actionId, element } of elementsIn(blocks)) {
    const held = HELD[textOf(element['type']) ?? ''];
    if (held === undefined) continue;
    const empty = held[0].endsWith('s') ? [] : null;
    values[blockId] = { ...values[blockId], [actionId]: { type: element['type'], [held[0]]: element[held[1]] ?? empty } };
  }
  return values;
}

/** The state after a change of the blocks: what people put into a block that is still there stays. */
export function carriedState(before: StateValues, blocks: readonly JsonObject[]): StateValues {
  const fresh = initialState(blocks);
  for (const [blockId, actions] of Object.entries(fresh)) {
    for (const [actionId, value] of Object.entries(actions)) {
      const old = before[blockId]?.[actionId];
      if (old !== undefined && old['type'] === value['type']) actions[actionId] = old;
    }
  }
  return fresh;
}
