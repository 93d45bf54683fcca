import type { ReactNode } from 'react';
import type { Confirm } from '../door/block-shapes.ts';
import { Dialog } from '../modal/dialog.tsx';
import { Text } from '../text/formatted.tsx';

/** "Are you sure?", in the bot's words. */
export function ConfirmDialog({ confirm, onAnswer }: { readonly confirm: Confirm; readonly onAnswer: (yes: boolean) => void }): ReactNode {
  return (
    <Dialog className="confirm" label={confirm.title?.text ?? 'Are you sure?'} onClose={() => onAnswer(false)}>
      <h2>{confirm.title ? <Text text={confirm.title} /> : 'Are you sure?'}</h2>
      <div className="confirm-text"><Text text={confirm.text} /></div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {confirm.deny ? <Text text={confirm.deny} /> : 'Cancel'}
        </button>
        <button type="button" className={`button button-${confirm.style ?? 'primary'}`} data-first onClick={() => onAnswer(true)}>
          {confirm.confirm ? <Text text={confirm.confirm} /> : 'Yes'}
        </button>
      </div>
    </Dialog>
  );
}
