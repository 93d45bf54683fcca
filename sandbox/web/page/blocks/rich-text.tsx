import type { ReactNode } from 'react';
import type { RichInline, RichPart, RichStyle } from '../door/block-shapes.ts';
import { Inlines, Plain, SlackDate } from '../text/formatted.tsx';
import { safeUrl, type Inline } from '../text/inline.ts';

/** Slack's rich_text, drawn. */
export function RichText({ parts }: { readonly parts: readonly RichPart[] }): ReactNode {
  return parts.map((part, at) => <OnePart key={at} part={part} />);
}

function OnePart({ part }: { readonly part: RichPart }): ReactNode {
  switch (part.type) {
    case 'rich_text_section':
      return <p className="text-line"><Spans parts={part.elements} /></p>;
    case 'rich_text_quote':
      return <blockquote className="text-quote"><Spans parts={part.elements} /></blockquote>;
    case 'rich_text_preformatted':
      return <pre className="text-pre" tabIndex={0}><Spans parts={part.elements} /></pre>;
    default: {
      const items = part.elements.map((item, at) => <li key={at}><Spans parts={item.elements} /></li>);
      const indent = { marginInlineStart: `${(part.indent ?? 0) * 20}px` };
      return part.style === 'ordered' ? <ol className="text-list" style={indent} start={(part.offset ?? 0) + 1}>{items}</ol> : <ul className="text-list" style={indent}>{items}</ul>;
    }
  }
}

function Spans({ parts }: { readonly parts: readonly RichInline[] }): ReactNode {
  return parts.map((part, at) => <Styled key={at} style={part.style}><Span part={part} /></Styled>);
}

function Styled({ style, children }: { readonly style: RichStyle | undefined; readonly children: ReactNode }): ReactNode {
  let drawn = children;
  if (style?.code) drawn = <code className="text-code">{drawn}</code>;
  if (style?.strike) drawn = <s>{drawn}</s>;
  if (style?.italic) drawn = <em>{drawn}</em>;
  return style?.bold ? <strong>{drawn}</strong> : drawn;
}

function Span({ part }: { readonly part: RichInline }): ReactNode {
  if (part.type === 'text') return <Plain text={part.text} />;
  if (part.type === 'date') {
    const url = part.url === undefined ? undefined : safeUrl(part.url);
    return <SlackDate unix={part.timestamp} format={part.format} fallback={part.fallback ?? ''} {...(url === undefined ? {} : { url })} />;
  }
  const inline = toInline(part);
  return inline && <Inlines parts={[inline]} />;
}

function toInline(part: Exclude<RichInline, { type: 'text' | 'date' }>): Inline | undefined {
  switch (part.type) {
    case 'link': {
      const url = safeUrl(part.url);
      const parts: readonly Inline[] = [{ kind: 'text', text: part.text ?? part.url }];
      return url === undefined ? parts[0] : { kind: 'link', url, parts };
    }
    case 'user':
      return { kind: 'user', id: part.user_id };
    case 'usergroup':
      return { kind: 'usergroup', id: part.usergroup_id };
    case 'channel':
      return { kind: 'channel', id: part.channel_id };
    case 'broadcast':
      return { kind: 'broadcast', range: part.range };
    default:
      return { kind: 'emoji', name: part.name };
  }
}
