import { nameBlock } from '../door/act.ts';
import type { Block, InputElement, InteractiveElement } from '../door/block-shapes.ts';
import type { FieldValue } from './surface.tsx';

/** What an element holds before anyone touched it. */
export function initialValue(element: InputElement): FieldValue {
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return element.initial_value;
    case 'radio_buttons':
      return element.initial_option?.value;
    case 'checkboxes':
      return element.initial_options?.map((option) => option.value);
    case 'datepicker':
      return element.initial_date;
    case 'timepicker':
      return element.initial_time;
    case 'datetimepicker':
      return element.initial_date_time === undefined ? undefined : String(element.initial_date_time);
    default:
      return isMultiple(element)
        ? (element.initial_options?.map((option) => option.value) ?? element.initial_users ?? element.initial_channels ?? element.initial_conversations)
        : (element.initial_option?.value ?? element.initial_user ?? element.initial_channel ?? element.initial_conversation);
  }
}

export function isMultiple(element: InteractiveElement): boolean {
  return element.type === 'checkboxes' || element.type.startsWith('multi_');
}

/** Every input of a view with what it holds, for its submission: block_id → action_id → value. */
export function collectValues(blocks: readonly Block[], read: (blockId: string, element: InputElement) => unknown): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const values: Record<string, Record<string, unknown>> = {};
  for (const { blockId, element } of listInputs(blocks)) {
    const value = read(blockId, element);
    values[blockId] = { ...values[blockId], [element.action_id]: value };
  }
  return values;
}

/** Inputs, and selects and their like within sections and actions. */
export function listInputs(blocks: readonly Block[]): readonly { readonly blockId: string; readonly element: InputElement }[] {
  return blocks.flatMap((block, at) => {
    const blockId = nameBlock(block, at);
    return elementsOf(block).flatMap((element) => (element.type === 'button' || element.type === 'overflow' ? [] : [{ blockId, element }]));
  });
}

function elementsOf(block: Block): readonly InteractiveElement[] {
  if (block.type === 'input') return [block.element];
  if (block.type === 'actions') return block.elements;
  return block.type === 'section' && block.accessory && block.accessory.type !== 'image' ? [block.accessory] : [];
}
