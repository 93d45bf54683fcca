import { useId, type ReactNode } from 'react';
import type { ChoiceElement, Option } from '../door/block-shapes.ts';
import { Text } from '../text/formatted.tsx';
import { naming } from './element.tsx';
import { useSurface } from './surface.tsx';

interface ChoicesProps {
  readonly blockId: string;
  readonly element: ChoiceElement;
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

/** Radio buttons and checkboxes. */
export function ChoicesView(props: ChoicesProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const name = useId();
  const value = surface.value(blockId, element);
  const held: readonly string[] = typeof value === 'string' ? [value] : (value ?? []);
  const single = element.type === 'radio_buttons';
  const choose = (option: Option, on: boolean): void => {
    const rest = held.filter((other) => other !== option.value);
    surface.change(blockId, element, single ? option.value : on ? [...rest, option.value] : rest);
  };
  return (
    <div className="choices" role={single ? 'radiogroup' : 'group'} {...naming(props)}>
      {element.options.map((option) => (
        <label key={option.value} className="choice">
          <input type={single ? 'radio' : 'checkbox'} name={name} checked={held.includes(option.value)} onChange={(event) => choose(option, event.target.checked)} />
          <span>
            <Text text={option.text} />
            {option.description && <small><Text text={option.description} /></small>}
          </span>
        </label>
      ))}
    </div>
  );
}
