import type { InputElement, Option, OptionGroup } from '../door/block-shapes.ts';
import type { FieldValue } from './surface.tsx';

/** What the control door is told that an element holds: options of an external select whole, since only the bot knows them. */
export function outgoingValue(element: InputElement, value: FieldValue, seen: ReadonlyMap<string, Option>): unknown {
  if (value === undefined || value === '') return null;
  if (element.type === 'datetimepicker') return Number(value);
  if (element.type !== 'external_select' && element.type !== 'multi_external_select') return value;
  const initial = [...(element.initial_option ? [element.initial_option] : []), ...(element.initial_options ?? [])];
  const whole = (one: string): unknown => seen.get(one) ?? initial.find((option) => option.value === one) ?? one;
  return typeof value === 'string' ? whole(value) : value.map(whole);
}

/** The options in a list with or without groups. */
export function plainOptions(options: readonly (Option | OptionGroup)[]): readonly Option[] {
  return options.flatMap((entry) => ('options' in entry ? entry.options : [entry]));
}
