import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Workspace } from '../door/shapes.ts';
import { useReader } from '../text/reader.tsx';
import { findHints, findUsage, takeHint, type Hint } from './hints.ts';
import { HintList } from './hint-list.tsx';
import { Icon } from './icons.tsx';

interface ComposerProps {
  readonly workspace: Workspace;
  /** 'Message #shop' */
  readonly label: string;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  /** Resolves when it was taken; the field is empty again at once. */
  readonly onSend: (text: string) => Promise<void>;
  readonly autoFocus?: boolean;
}

/** Where people write. Enter sends, Shift+Enter breaks the line; in the list of hints Up and Down move, Enter or Tab takes, Escape closes. */
export function Composer({ workspace, label, draft, onDraft, onSend, autoFocus = false }: ComposerProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(draft.length);
  const [chosen, setChosen] = useState(0);
  const [closedAt, setClosedAt] = useState<string>();
  const [sending, setSending] = useState(0);
  const listId = useId();
  const { emoji } = useReader();
  const hints = closedAt === draft ? undefined : findHints(draft, caret, workspace, emoji);
  const active = hints ? Math.min(chosen, hints.items.length - 1) : 0;
  const usage = hints ? undefined : findUsage(draft, workspace);

  useLayoutEffect(() => fitHeight(field.current), [draft]);
  useLayoutEffect(() => {
    if (autoFocus && matchMedia('(min-width: 900px)').matches) field.current?.focus();
  }, [autoFocus, label]);

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
  const send = async (): Promise<void> => {
    const text = draft.trim();
    if (text === '') return;
    write('', 0);
    setSending((count) => count + 1);
    await onSend(text).finally(() => setSending((count) => count - 1));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const hint = hints?.items[active];
    const steps: Record<string, () => void> = hint
      ? {
          ArrowDown: () => setChosen((active + 1) % (hints?.items.length ?? 1)),
          ArrowUp: () => setChosen((active - 1 + (hints?.items.length ?? 1)) % (hints?.items.length ?? 1)),
          Tab: () => take(hint),
          Escape: () => setClosedAt(draft),
          Enter: () => (draft.trim() === hint.insert.trim() && hint.from === 0 ? void send() : take(hint)),
        }
      : { Enter: () => void send() };
    if (event.shiftKey || !Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    steps[event.key]?.();
  };

  return (
    <div className="composer-place">
      {hints && <HintList id={listId} hints={hints} active={active} onTake={take} onPoint={setChosen} />}
      {usage && (
        <p className="composer-usage" role="status">
          <b>{usage.command}</b> {usage.usage}
          <span>{usage.description}</span>
        </p>
      )}
      <div className="composer">
        <textarea
          ref={field}
          rows={1}
          value={draft}
          placeholder={label}
          aria-label={label}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={hints !== undefined}
          aria-controls={listId}
          aria-activedescendant={hints ? `${listId}-${active}` : undefined}
          spellCheck={false}
          onChange={(event) => write(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="composer-send" aria-label="Send" disabled={draft.trim() === ''} onClick={() => void send()}>
          {sending > 0 ? <span className="spinner" aria-label="Sending" /> : <Icon name="send" size={16} />}
        </button>
      </div>
    </div>
  );
}

function fitHeight(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
}
