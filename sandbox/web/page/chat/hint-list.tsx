import type { ReactNode } from 'react';
import { EmojiPicture } from '../text/formatted.tsx';
import { useReader } from '../text/reader.tsx';
import { Avatar } from './avatar.tsx';
import type { Hint, Hints } from './hints.ts';

interface HintListProps {
  readonly id: string;
  readonly hints: Hints;
  readonly active: number;
  readonly onTake: (hint: Hint) => void;
  readonly onPoint: (at: number) => void;
}

/** The list above the composer. The field keeps the focus; the pointer only chooses. */
export function HintList({ id, hints, active, onTake, onPoint }: HintListProps): ReactNode {
  const reader = useReader();
  return (
    <div className="hints">
      <p className="hints-title" aria-hidden="true">
        <span>{hints.title}</span>
        <span><kbd>↑</kbd><kbd>↓</kbd> move <kbd>Enter</kbd> take <kbd>Esc</kbd> close</span>
      </p>
      <ul id={id} role="listbox" aria-label={hints.title}>
        {hints.items.map((hint, at) => (
          <li
            key={hint.key}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            className={at === active ? 'hint hint-active' : 'hint'}
            onMouseMove={() => onPoint(at)}
            onMouseDown={(event) => {
              event.preventDefault();
              onTake(hint);
            }}
          >
            {hint.person !== undefined && <Avatar person={reader.person(hint.person)} size={20} />}
            {hint.emoji && <EmojiPicture emoji={hint.emoji} />}
            <b>{hint.label}</b>
            <span>{hint.detail}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
