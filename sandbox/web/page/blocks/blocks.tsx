import type { ReactNode } from 'react';
import { nameBlock } from '../door/act.ts';
import type { Block } from '../door/block-shapes.ts';
import { Mrkdwn, Text } from '../text/formatted.tsx';
import { ElementView } from './element.tsx';
import { Picture } from './picture.tsx';
import { InputBlockView } from './input-block.tsx';
import { RichText } from './rich-text.tsx';

/** Block Kit, drawn. What the page cannot draw it says, instead of leaving it out. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }): ReactNode {
  return (
    <div className="blocks">
      {blocks.map((block, at) => <OneBlock key={block.block_id ?? at} block={block} blockId={nameBlock(block, at)} />)}
    </div>
  );
}

function OneBlock({ block, blockId }: { readonly block: Block; readonly blockId: string }): ReactNode {
  switch (block.type) {
    case 'section':
      return <Section block={block} blockId={blockId} />;
    case 'header':
      return <h3 className="block block-header"><Text text={block.text} /></h3>;
    case 'context':
      return (
        <div className="block block-context">
          {block.elements.map((element, at) => (element.type === 'image' ? <Picture key={at} image={element} small /> : <span key={at} className="context-text"><Text text={element} /></span>))}
        </div>
      );
    case 'divider':
      return <hr className="block block-divider" />;
    case 'actions':
      return (
        <div className="block block-actions" role="group" aria-label="Actions">
          {block.elements.map((element) => <ElementView key={element.action_id} blockId={blockId} element={element} />)}
        </div>
      );
    case 'image':
      return (
        <figure className="block block-image">
          {block.title && <figcaption><Text text={block.title} /></figcaption>}
          <Picture image={block} />
        </figure>
      );
    case 'input':
      return <InputBlockView block={block} blockId={blockId} />;
    case 'rich_text':
      return <div className="block"><RichText parts={block.elements} /></div>;
    case 'markdown':
      return <div className="block"><Mrkdwn text={block.text.replaceAll('**', '*')} /></div>;
    default:
      return <p className="block block-unknown">A block of type “{(block as { type: string }).type}” is not drawn here.</p>;
  }
}

function Section({ block, blockId }: { readonly block: Extract<Block, { type: 'section' }>; readonly blockId: string }): ReactNode {
  const { accessory } = block;
  return (
    <div className="block block-section">
      <div className="section-body">
        {block.text && <div className="section-text"><Text text={block.text} /></div>}
        {block.fields && (
          <div className="section-fields">
            {block.fields.map((field, at) => <div key={at}><Text text={field} /></div>)}
          </div>
        )}
      </div>
      {accessory && <div className="section-accessory">{accessory.type === 'image' ? <Picture image={accessory} thumb /> : <ElementView blockId={blockId} element={accessory} />}</div>}
    </div>
  );
}
