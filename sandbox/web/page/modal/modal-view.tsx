import { useCallback, useState, type FormEvent, type ReactNode } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceProvider } from '../blocks/surface.tsx';
import { useMakeSurface } from '../blocks/use-surface.ts';
import { collectValues } from '../blocks/values.ts';
import { Icon } from '../chat/icons.tsx';
import { closeView, nameBlock, submitView } from '../door/act.ts';
import { touchArea } from '../door/answers.ts';
import type { View } from '../door/shapes.ts';
import { useTry } from '../notices.tsx';
import { Text } from '../text/formatted.tsx';
import { Dialog } from './dialog.tsx';

/** One form of the bot. What was entered stays when the bot changes the form under it. */
export function ModalView({ me, view, stacked }: { readonly me: string; readonly view: View; readonly stacked: boolean }): ReactNode {
  const attempt = useTry();
  const [sending, setSending] = useState(false);
  const dispatches = useCallback((blockId: string) => dispatchesAtOnce(view, blockId), [view]);
  const surface = useMakeSurface({ id: view.id, spot: { view_id: view.id }, errors: view.errors, dispatches });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    await attempt(() => submitView(me, view.id, collectValues(view.blocks, surface.outgoing)));
    touchArea('slack');
    setSending(false);
  };
  const close = (): void => {
    void attempt(() => closeView(me, view.id)).then(() => touchArea('slack'));
  };
  return (
    <Dialog className="modal" label={view.title?.text ?? 'Form'} onClose={close}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <header className="modal-head">
          <img src="/icon.svg" alt="" width={24} height={24} />
          <h2>{view.title && <Text text={view.title} />}</h2>
          <button type="button" className="button button-icon button-bare" aria-label="Close" onClick={close}><Icon name={stacked ? 'back' : 'close'} /></button>
        </header>
        <div className="modal-blocks">
          <SurfaceProvider value={surface}><Blocks blocks={view.blocks} /></SurfaceProvider>
        </div>
        <footer className="dialog-buttons">
          <button type="button" className="button" onClick={close}>{view.close ? <Text text={view.close} /> : 'Cancel'}</button>
          {view.submit && (
            <button type="submit" className="button button-primary" disabled={sending} aria-busy={sending}>
              {sending && <span className="spinner" />}
              <span><Text text={view.submit} /></span>
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

function dispatchesAtOnce(view: View, blockId: string): boolean {
  const block = view.blocks.find((candidate, at) => nameBlock(candidate, at) === blockId);
  return block !== undefined && (block.type !== 'input' || block.dispatch_action === true);
}
