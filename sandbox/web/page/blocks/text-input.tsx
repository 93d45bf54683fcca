import { type ReactNode } from 'react';
import type { TextInputElement } from '../door/block-shapes.ts';
import { naming } from './element.tsx';
import { useSurface } from './surface.tsx';

interface TextInputProps {
  readonly blockId: string;
  readonly element: TextInputElement;
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

/** Text on one line or several, a number, an address. */
export function TextInputView(props: TextInputProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const value = surface.value(blockId, element);
  const shared = {
    ...naming(props),
    className: 'field',
    value: typeof value === 'string' ? value : '',
    placeholder: element.placeholder?.text,
    'aria-invalid': surface.error(blockId) !== undefined,
    ...(element.focus_on_load ? { 'data-first': true } : {}),
  };
  const change = (text: string): void => surface.change(blockId, element, text === '' ? undefined : text);
  if (element.multiline) return <textarea {...shared} rows={4} maxLength={element.max_length} onChange={(event) => change(event.target.value)} />;
  return <input {...shared} type={element.type === 'email_text_input' ? 'email' : 'text'} inputMode={element.type === 'number_input' ? 'decimal' : undefined} maxLength={element.max_length} onChange={(event) => change(event.target.value)} />;
}
