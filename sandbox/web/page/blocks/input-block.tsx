import { useId, type ReactNode } from 'react';
import type { InputBlock } from '../door/block-shapes.ts';
import { Text } from '../text/formatted.tsx';
import { ElementView } from './element.tsx';
import { useSurface } from './surface.tsx';

/** A labelled field of a form, with its hint, and with what was wrong with it. */
export function InputBlockView({ block, blockId }: { readonly block: InputBlock; readonly blockId: string }): ReactNode {
  const id = useId();
  const error = useSurface().error(blockId);
  return (
    <div className={error === undefined ? 'block block-input' : 'block block-input block-input-wrong'} data-block={blockId}>
      <div className="input-label" id={`${id}-label`}>
        <Text text={block.label} />
        {block.optional && <span className="input-optional"> (optional)</span>}
      </div>
      <ElementView blockId={blockId} element={block.element} labelledBy={`${id}-label`} describedBy={`${id}-note`} />
      <div id={`${id}-note`} className="input-note">
        {error !== undefined && <p className="input-error" role="alert">{error}</p>}
        {block.hint && <p className="input-hint"><Text text={block.hint} /></p>}
      </div>
    </div>
  );
}
