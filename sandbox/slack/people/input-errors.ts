import type { Json, JsonObject } from '../../json.ts';
import type { OpenView } from '../workspace/views.ts';
import { lengthOf } from '../block-kit/limit-problems.ts';
import { listOf, numberOf, objectOf, objectsOf, textOf } from '../values.ts';
import { heldIn } from '../views/state.ts';

/** What Slack's own client refuses before the app hears of a submission: block_id → text. */
export function inputErrors(view: OpenView): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const block of objectsOf(view.definition['blocks'])) {
    const element = objectOf(block['element']);
    if (block['type'] !== 'input' || element === undefined) continue;
    const blockId = textOf(block['block_id']) ?? '';
    const held = view.values[blockId]?.[textOf(element['action_id']) ?? '']?.[heldIn(element['type']) ?? ''];
    const error = isEmpty(held) ? (block['optional'] === true ? undefined : 'Please complete this required field.') : valueError(element, held);
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
}

function isEmpty(value: Json): boolean {
  return value === undefined || value === null || value === '' || listOf(value)?.length === 0;
}

function valueError(element: JsonObject, value: Json): string | undefined {
  const text = textOf(value) ?? '';
  switch (element['type']) {
    case 'plain_text_input':
      return lengthError(element, lengthOf(text));
    case 'email_text_input':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(text) ? undefined : 'Please enter a valid URL.';
    case 'number_input':
      return numberError(element, numberOf(text));
    default:
      return undefined;
  }
}

function lengthError(element: JsonObject, length: number): string | undefined {
  const min = numberOf(element['min_length']) ?? 0;
  const max = numberOf(element['max_length']) ?? 3000;
  if (length < min) return `Please enter at least ${min} characters.`;
  return length > max ? `Please enter at most ${max} characters.` : undefined;
}

function numberError(element: JsonObject, number: number | undefined): string | undefined {
  if (number === undefined) return 'Please enter a number.';
  if (element['is_decimal_allowed'] !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  const min = numberOf(element['min_value']) ?? -Infinity;
  const max = numberOf(element['max_value']) ?? Infinity;
  return number < min || number > max ? `Please enter a number between ${min} and ${max}.` : undefined;
}
