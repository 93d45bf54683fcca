import type { ReactNode } from 'react';
import type { InteractiveElement } from '../door/block-shapes.ts';
import { ButtonView } from './button.tsx';
import { ChoicesView } from './choices.tsx';
import { OverflowView } from './overflow.tsx';
import { PickerView } from './pickers.tsx';
import { SelectView } from './select.tsx';
import { TextInputView } from './text-input.tsx';

interface ElementProps {
  readonly blockId: string;
  readonly element: InteractiveElement;
  /** Ids of the label and of the hint or error, where an input block gives them. */
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

/** Any element a person can use. */
export function ElementView({ element, ...props }: ElementProps): ReactNode {
  switch (element.type) {
    case 'button':
      return <ButtonView {...props} element={element} />;
    case 'overflow':
      return <OverflowView {...props} element={element} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <ChoicesView {...props} element={element} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <PickerView {...props} element={element} />;
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextInputView {...props} element={element} />;
    default:
      return 'type' in element && element.type.endsWith('_select') ? <SelectView {...props} element={element} /> : <span className="block-unknown">“{(element as { type: string }).type}” is not drawn here.</span>;
  }
}

/** Naming for screen readers: the block's label, else the placeholder. */
export function naming(props: { readonly labelledBy?: string; readonly describedBy?: string; readonly element: InteractiveElement }): { readonly 'aria-labelledby'?: string; readonly 'aria-label'?: string; readonly 'aria-describedby'?: string } {
  const described = props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy };
  if (props.labelledBy !== undefined) return { 'aria-labelledby': props.labelledBy, ...described };
  return { 'aria-label': props.element.placeholder?.text ?? props.element.action_id, ...described };
}
