import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Avatar } from '../chat/avatar.tsx';
import { Icon } from '../chat/icons.tsx';
import { Plain } from '../text/formatted.tsx';
import { useReader } from '../text/reader.tsx';
import type { Choice } from './choices-of.ts';
import { placeBelow } from './place-below.ts';

interface ComboboxProps {
  readonly naming: Readonly<Record<string, string | undefined>>;
  readonly multiple: boolean;
  readonly held: readonly string[];
  /** For the labels of what is held. */
  readonly known: readonly Choice[];
  /** What the list shows for the present query. */
  readonly choices: readonly Choice[];
  readonly note: string | undefined;
  readonly placeholder: string;
  readonly invalid: boolean;
  readonly first: boolean;
  readonly onQuery: (query: string | undefined) => void;
  readonly onHold: (held: readonly string[]) => void;
}

/** A field with a list: type to narrow it, arrows move, Enter takes, Escape closes, Backspace removes the last of several. */
export function Combobox(props: ComboboxProps): ReactNode {
  const { multiple, held, choices } = props;
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState(0);
  const id = useId();
  const open = query !== undefined;
  const labels = held.map((value) => props.known.find((choice) => choice.value === value)?.label ?? value);
  const ask = (next: string | undefined): void => {
    setQuery(next);
    setActive(0);
    props.onQuery(next);
  };
  const take = (choice: Choice): void => {
    const rest = held.filter((value) => value !== choice.value);
    props.onHold(multiple ? (rest.length < held.length ? rest : [...held, choice.value]) : [choice.value]);
    ask(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Backspace' && multiple && !query && held.length > 0) props.onHold(held.slice(0, -1));
    const choice = choices[active];
    const steps: Record<string, () => void> = open
      ? {
          ArrowDown: () => setActive(Math.min(active + 1, choices.length - 1)),
          ArrowUp: () => setActive(Math.max(active - 1, 0)),
          Enter: () => (choice ? take(choice) : undefined),
          Escape: () => ask(undefined),
        }
      : { ArrowDown: () => ask(''), ArrowUp: () => ask('') };
    if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    steps[event.key]?.();
  };
  return (
    <div className="combobox">
      {multiple && <Held labels={labels} onRemove={(at) => props.onHold(held.filter((_, index) => index !== at))} />}
      <input
        {...props.naming}
        className="field"
        role="combobox"
        aria-expanded={open}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={open && choices.length > 0 ? `${id}-${active}` : undefined}
        aria-invalid={props.invalid}
        autoComplete="off"
        data-first={props.first || undefined}
        value={query ?? (multiple ? '' : (labels[0] ?? ''))}
        placeholder={(multiple ? undefined : labels[0]) ?? props.placeholder}
        onChange={({ target }) => ask(open || multiple ? target.value : withoutLabel(target.value, labels[0]))}
        onClick={() => !open && ask('')}
        onBlur={() => ask(undefined)}
        onKeyDown={onKeyDown}
      />
      <span className="combobox-arrow"><Icon name="down" size={16} /></span>
      {open && <ChoiceList id={id} choices={choices} held={held} active={active} note={props.note} onTake={take} onPoint={setActive} />}
    </div>
  );
}

/** What is typed into a field that shows what it holds asks for something else: only the new letters count. */
function withoutLabel(text: string, label = ''): string {
  if (text.startsWith(label)) return text.slice(label.length);
  return text.endsWith(label) ? text.slice(0, -label.length) : text;
}

function Held({ labels, onRemove }: { readonly labels: readonly string[]; readonly onRemove: (at: number) => void }): ReactNode {
  return labels.map((label, at) => (
    <span key={label} className="chip">
      <Plain text={label} />
      <button type="button" aria-label={`Remove ${label}`} onClick={() => onRemove(at)}><Icon name="close" size={12} /></button>
    </span>
  ));
}

interface ChoiceListProps {
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly held: readonly string[];
  readonly active: number;
  readonly note: string | undefined;
  readonly onTake: (choice: Choice) => void;
  readonly onPoint: (at: number) => void;
}

function ChoiceList({ id, choices, held, active, note, onTake, onPoint }: ChoiceListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const reader = useReader();
  useEffect(() => {
    const anchor = list.current?.parentElement?.querySelector('input');
    list.current?.showPopover();
    if (anchor && list.current) placeBelow(anchor, list.current, 'left');
  }, [choices.length]);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <div ref={list} className="choice-list" popover="manual">
      <ul id={id} role="listbox" aria-label="Choices">
        {choices.map((choice, at) => (
          <li key={choice.value} role="presentation">
            {choice.group !== undefined && choice.group !== choices[at - 1]?.group && <span className="choice-group">{choice.group}</span>}
            <div
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active}
              className={at === active ? 'hint hint-active' : 'hint'}
              onMouseMove={() => onPoint(at)}
              onMouseDown={(event) => {
                event.preventDefault();
                onTake(choice);
              }}
            >
              {choice.person !== undefined && <Avatar person={reader.person(choice.person)} size={20} />}
              <b><Plain text={choice.label} /></b>
              {choice.detail !== undefined && <span><Plain text={choice.detail} /></span>}
              {held.includes(choice.value) && <Icon name="check" size={15} />}
            </div>
          </li>
        ))}
      </ul>
      {(note !== undefined || choices.length === 0) && <p className="choice-note" role="status">{note ?? 'Nothing matches'}</p>}
    </div>
  );
}
