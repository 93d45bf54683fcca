import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { placeBelow } from './place-below.ts';

interface MenuProps {
  readonly label: string;
  readonly button: ReactNode;
  readonly busy?: boolean;
  readonly items: readonly { readonly key: string; readonly label: ReactNode; readonly run: () => void }[];
}

/** A button that opens a menu: arrows move, Enter takes, Escape closes. */
export function Menu({ label, button, busy = false, items }: MenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open || !menu.current || !anchor.current) return;
    menu.current.showPopover();
    placeBelow(anchor.current, menu.current, 'right');
    menu.current.querySelector('button')?.focus();
  }, [open]);
  const close = (): void => {
    setOpen(false);
    anchor.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((candidate) => candidate === document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button ref={anchor} type="button" className="button button-icon" aria-label={label} aria-haspopup="menu" aria-expanded={open} aria-controls={id} aria-busy={busy} onClick={() => setOpen(!open)}>
        {busy ? <span className="spinner" /> : button}
      </button>
      {open && (
        <div ref={menu} id={id} popover="auto" role="menu" className="menu" onKeyDown={onKeyDown} onToggle={(event) => event.newState === 'closed' && setOpen(false)}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              onClick={() => {
                close();
                item.run();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
