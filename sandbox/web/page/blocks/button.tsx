import { useState, type ReactNode } from 'react';
import type { ButtonElement } from '../door/block-shapes.ts';
import { Text } from '../text/formatted.tsx';
import { Icon } from '../chat/icons.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { useSurface } from './surface.tsx';

/** A button; asks first where it has a confirm, and turns while the bot has not answered. One with an address opens it in a new tab. */
export function ButtonView({ blockId, element }: { readonly blockId: string; readonly element: ButtonElement }): ReactNode {
  const surface = useSurface();
  const [asking, setAsking] = useState(false);
  const busy = surface.busy.has(`${blockId}/${element.action_id}`);
  const press = (): void => {
    if (element.url !== undefined) window.open(element.url, '_blank', 'noopener,noreferrer');
    void surface.press(blockId, element);
  };
  return (
    <>
      <button
        type="button"
        className={`button ${element.style === undefined ? '' : `button-${element.style}`}`}
        aria-label={element.accessibility_label}
        aria-busy={busy}
        disabled={busy}
        data-action={element.action_id}
        onClick={() => (element.confirm ? setAsking(true) : press())}
      >
        {busy && <span className="spinner" />}
        <span><Text text={element.text} /></span>
        {element.url !== undefined && <Icon name="external" size={13} />}
      </button>
      {asking && element.confirm && (
        <ConfirmDialog
          confirm={element.confirm}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) press();
          }}
        />
      )}
    </>
  );
}
