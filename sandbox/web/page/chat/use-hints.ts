import { useState, type KeyboardEvent, type RefObject } from 'react';
import type { Workspace } from '../door/shapes.ts';
import { useReader } from '../text/reader.tsx';
import { findHints, takeHint, type Hint, type Hints } from './hints.ts';

export interface Hinting {
  /** Undefined while there is nothing to offer, or after Escape. */
  readonly hints: Hints | undefined;
  readonly active: number;
  readonly point: (at: number) => void;
  readonly take: (hint: Hint) => void;
  /** What the field holds now, and where its caret is. */
  write(text: string, caret: number): void;
  moved(caret: number): void;
  /** Whether the key was the list's, and is done. */
  onKey(event: KeyboardEvent): boolean;
}

interface HintingOptions {
  readonly workspace: Workspace;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
}

/** The list of hints of one composer: where the caret is, which one is chosen, what was closed. */
export function useHints({ workspace, field, draft, onDraft }: HintingOptions): Hinting {
  const [caret, setCaret] = useState(draft.length);
  const [chosen, setChosen] = useState(0);
  const [closedAt, setClosedAt] = useState<string>();
  const { emoji } = useReader();
  const hints = closedAt === draft ? undefined : findHints(draft, caret, workspace, emoji);
  const count = hints?.items.length ?? 0;
  const active = Math.min(chosen, Math.max(0, count - 1));

  const write = (text: string, at: number): void => {
    onDraft(text);
    setCaret(at);
    setChosen(0);
    setClosedAt(undefined);
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
  };
  const take = (hint: Hint): void => {
    const taken = takeHint(draft, caret, hint);
    write(taken.text, taken.caret);
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const hint = hints?.items[active];
    if (!hint) return false;
    if (event.key === 'ArrowDown') setChosen((active + 1) % count);
    else if (event.key === 'ArrowUp') setChosen((active - 1 + count) % count);
    else if (event.key === 'Escape') setClosedAt(draft);
    // A whole command is sent by Enter, like any other text.
    else if (event.key === 'Tab' || (event.key === 'Enter' && draft.trim() !== hint.insert.trim())) take(hint);
    else return false;
    return true;
  };
  return { hints, active, point: setChosen, take, write, moved: setCaret, onKey };
}
