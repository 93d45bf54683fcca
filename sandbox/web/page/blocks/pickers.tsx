import type { ReactNode } from 'react';
import type { PickerElement } from '../door/block-shapes.ts';
import { naming } from './element.tsx';
import { useSurface } from './surface.tsx';

interface PickerProps {
  readonly blockId: string;
  readonly element: PickerElement;
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

const TYPES = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' } as const;

/** Date, time, or both: the browser's own pickers. A date-time is in the reader's zone here and unix seconds for the bot. */
export function PickerView(props: PickerProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const held = surface.value(blockId, element);
  const text = typeof held === 'string' ? held : '';
  const both = element.type === 'datetimepicker';
  return (
    <input
      {...naming(props)}
      className="field field-picker"
      type={TYPES[element.type]}
      value={both ? toLocal(text) : text}
      aria-invalid={surface.error(blockId) !== undefined}
      onChange={({ target }) => surface.change(blockId, element, target.value === '' ? undefined : both ? String(Math.floor(new Date(target.value).getTime() / 1000)) : target.value)}
    />
  );
}

function toLocal(unix: string): string {
  if (unix === '') return '';
  const at = new Date(Number(unix) * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
