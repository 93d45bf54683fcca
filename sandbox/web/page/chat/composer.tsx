import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Workspace } from '../door/shapes.ts';
import { findUsage } from './hints.ts';
import { HintList } from './hint-list.tsx';
import { Icon } from './icons.tsx';
import { useHints } from './use-hints.ts';

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
  const [sending, setSending] = useState(0);
  const listId = useId();
  const hinting = useHints({ workspace, field, draft, onDraft });
  const { hints, active } = hinting;
  useLayoutEffect(() => fitHeight(field.current), [draft]);
  useLayoutEffect(() => {
    if (autoFocus && matchMedia('(min-width: 900px)').matches) field.current?.focus();
  }, [autoFocus, label]);
  const send = async (): Promise<void> => {
    const text = draft.trim();
    if (text === '') return;
    hinting.write('', 0);
    setSending((count) => count + 1);
    await onSend(text).finally(() => setSending((count) => count - 1));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.shiftKey) return;
    const taken = hinting.onKey(event);
    if (!taken && event.key !== 'Enter') return;
    event.preventDefault();
    if (!taken) void send();
  };
  return (
    <div className="composer-place">
      {hints ? <HintList id={listId} hints={hints} active={active} onTake={hinting.take} onPoint={hinting.point} /> : <Usage draft={draft} workspace={workspace} />}
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
          onChange={(event) => hinting.write(event.target.value, event.target.selectionStart)}
          onSelect={(event) => hinting.moved(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="composer-send" aria-label="Send" disabled={draft.trim() === ''} onClick={() => void send()}>
          {sending > 0 ? <span className="spinner" /> : <Icon name="send" size={16} />}
        </button>
      </div>
    </div>
  );
}

/** How the command is used that is being written. */
function Usage({ draft, workspace }: { readonly draft: string; readonly workspace: Workspace }): ReactNode {
  const usage = findUsage(draft, workspace);
  return (
    usage && (
      <p className="composer-usage" role="status">
        <b>{usage.command}</b> {usage.usage}
        <span>{usage.description}</span>
      </p>
    )
  );
}

function fitHeight(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
}
