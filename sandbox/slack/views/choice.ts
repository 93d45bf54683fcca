import type { Json, JsonObject } from '../../json.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { ControlError } from '../../control/route.ts';
import { listOf, objectOf, objectsOf, textOf } from '../values.ts';
import { heldIn } from './state.ts';

/**
 * What an element holds after a person chose `value`: the text typed, the value of an option (or the option itself, as
 * external selects need), a person, a date; lists of those where several can be chosen; null for nothing.
 */
export function choiceOf(workspace: Workspace, element: JsonObject, value: Json): JsonObject {
  const type = textOf(element['type']) ?? '';
  const held = heldIn(type);
  if (held === undefined) throw new ControlError(`a ${type} holds no value`);
  const many = listOf(value) ?? (value === null || value === undefined ? [] : [value]);
  switch (held) {
    case 'selected_option':
      return { type, [held]: value === null || value === undefined ? null : optionOf(element, value) };
    case 'selected_options':
      return { type, [held]: many.map((each) => optionOf(element, each)) };
    case 'selected_user':
      return { type, [held]: value === null ? null : (workspace.findUser(textOf(value) ?? '')?.id ?? value) };
    case 'selected_users':
      return { type, [held]: many.map((each) => workspace.findUser(textOf(each) ?? '')?.id ?? each) };
    case 'value':
      return { type, [held]: value === '' || value === undefined || value === null ? null : (textOf(value) ?? JSON.stringify(value)) };
    default:
      return { type, [held]: value ?? null };
  }
}

/** The chosen option as payloads carry it. An external select knows its options only by what was loaded: give the option. */
export function optionOf(element: JsonObject, value: Json): JsonObject {
  const given = objectOf(value);
  if (given !== undefined) return given;
  const all = [...objectsOf(element['options']), ...objectsOf(element['option_groups']).flatMap((group) => objectsOf(group['options']))];
  const option = all.find((each) => each['value'] === value);
  if (option === undefined) throw new ControlError(`no option with the value ${JSON.stringify(value)}; there are ${JSON.stringify(all.map((each) => each['value']))}`);
  return option;
}
