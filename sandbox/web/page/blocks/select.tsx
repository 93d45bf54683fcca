import { useEffect, useState, type ReactNode } from 'react';
import type { SelectElement } from '../door/block-shapes.ts';
import { useWorkspace } from '../workspace-context.tsx';
import { choicesOf, filterChoices, flattenOptions, type Choice } from './choices-of.ts';
import { Combobox } from './combobox.tsx';
import { naming } from './element.tsx';
import { useSurface } from './surface.tsx';
import { isMultiple } from './values.ts';

interface SelectProps {
  readonly blockId: string;
  readonly element: SelectElement;
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

/** Every select: typing narrows the list, or asks the bot where the options are its own. */
export function SelectView(props: SelectProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const workspace = useWorkspace();
  const [query, setQuery] = useState<string>();
  const external = element.type.endsWith('external_select');
  const suggested = useSuggestions(blockId, element, external ? query : undefined);
  const known = choicesOf(element, workspace);
  const value = surface.value(blockId, element);
  return (
    <Combobox
      naming={naming(props)}
      multiple={isMultiple(element)}
      held={typeof value === 'string' ? [value] : (value ?? [])}
      known={[...known, ...suggested.seen]}
      choices={external ? suggested.choices : filterChoices(known, query ?? '')}
      note={external ? suggested.note : undefined}
      placeholder={element.placeholder?.text ?? 'Choose'}
      invalid={surface.error(blockId) !== undefined}
      first={element.focus_on_load === true}
      onQuery={setQuery}
      onHold={(held) => surface.change(blockId, element, isMultiple(element) ? held : held[0])}
    />
  );
}

interface Suggestions {
  readonly choices: readonly Choice[];
  /** Everything the bot suggested so far: what was chosen keeps its label. */
  readonly seen: readonly Choice[];
  readonly note: string | undefined;
}

const PAUSE_MS = 150;

function useSuggestions(blockId: string, element: SelectElement, query: string | undefined): Suggestions {
  const surface = useSurface();
  const [state, setState] = useState<Suggestions>({ choices: [], seen: [], note: undefined });
  const least = element.min_query_length ?? 3;
  const missing = query === undefined ? 0 : least - query.length;
  const { options } = surface;
  useEffect(() => {
    if (query === undefined || missing > 0) return undefined;
    let wanted = true;
    const ask = async (): Promise<void> => {
      setState((before) => ({ ...before, note: 'Asking…' }));
      try {
        const choices = flattenOptions(await options(blockId, element.action_id, query));
        if (wanted) setState((before) => ({ choices, seen: [...before.seen, ...choices], note: undefined }));
      } catch (error) {
        if (wanted) setState((before) => ({ ...before, choices: [], note: error instanceof Error ? error.message : 'No answer.' }));
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query, missing, blockId, element.action_id, options]);
  return missing > 0 ? { ...state, choices: [], note: `Type ${missing} more ${missing === 1 ? 'character' : 'characters'}` } : state;
}
