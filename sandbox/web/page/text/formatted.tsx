import { Fragment, type ReactNode } from 'react';
import type { TextObject } from '../door/block-shapes.ts';
import { useReader } from './reader.tsx';
import { formatSlackDate } from './dates.ts';
import { placeOnSheet, type EmojiEntry } from './emoji.ts';
import { splitEmoji } from './graphemes.ts';
import type { Inline, TextBlock } from './inline.ts';
import { parseMrkdwn, parsePlain } from './mrkdwn.ts';

/** Slack's mrkdwn, drawn. */
export function Mrkdwn({ text }: { readonly text: string }): ReactNode {
  return <TextBlocks blocks={parseMrkdwn(text)} />;
}

/** A Block Kit text object on one line or several. */
export function Text({ text }: { readonly text: TextObject }): ReactNode {
  return text.type === 'mrkdwn' ? <Mrkdwn text={text.text} /> : <Inlines parts={parsePlain(text.text)} />;
}

function TextBlocks({ blocks }: { readonly blocks: readonly TextBlock[] }): ReactNode {
  return blocks.map((block, at) => <OneBlock key={at} block={block} />);
}

function OneBlock({ block }: { readonly block: TextBlock }): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p className="text-line"><Inlines parts={block.parts} /></p>;
    case 'item':
      return (
        <p className="text-item">
          <span className="text-marker">{block.marker}</span>
          <span><Inlines parts={block.parts} /></span>
        </p>
      );
    case 'quote':
      return <blockquote className="text-quote"><TextBlocks blocks={block.blocks} /></blockquote>;
    default:
      return <pre className="text-pre" tabIndex={0}><Inlines parts={block.parts} /></pre>;
  }
}

export function Inlines({ parts }: { readonly parts: readonly Inline[] }): ReactNode {
  return parts.map((part, at) => <OneInline key={at} part={part} />);
}

function OneInline({ part }: { readonly part: Inline }): ReactNode {
  const reader = useReader();
  switch (part.kind) {
    case 'text':
      return <Plain text={part.text} />;
    case 'bold':
      return <strong><Inlines parts={part.parts} /></strong>;
    case 'italic':
      return <em><Inlines parts={part.parts} /></em>;
    case 'strike':
      return <s><Inlines parts={part.parts} /></s>;
    case 'code':
      return <code className="text-code"><Inlines parts={part.parts} /></code>;
    case 'link':
      return <a href={part.url} target="_blank" rel="noopener noreferrer"><Inlines parts={part.parts} /></a>;
    case 'user':
      return <Mention mine={part.id === reader.me}>@{reader.userName(part.id) ?? part.label ?? part.id}</Mention>;
    case 'channel':
      return <Mention>#{reader.channelName(part.id) ?? part.label ?? part.id}</Mention>;
    case 'usergroup':
      return <Mention mine={reader.myGroups.includes(part.id)}>@{reader.groupName(part.id) ?? part.label ?? part.id}</Mention>;
    case 'broadcast':
      return <Mention mine>@{part.range}</Mention>;
    case 'date':
      return <SlackDate {...part} />;
    case 'emoji':
      return <Emoji name={part.name} />;
    default:
      return <br />;
  }
}

function Mention({ mine, children }: { readonly mine?: boolean; readonly children: ReactNode }): ReactNode {
  return <span className={mine ? 'mention mention-mine' : 'mention'}>{children}</span>;
}

/** In the reader's zone; the exact time on hover. */
export function SlackDate({ unix, format, url, fallback }: { readonly unix: number; readonly format: string; readonly url?: string; readonly fallback: string }): ReactNode {
  const reader = useReader();
  const words = formatSlackDate(unix, format, reader) || fallback;
  const exact = new Date(unix * 1000).toISOString();
  const time = <time dateTime={exact} title={formatSlackDate(unix, '{date_long} {time_secs}', reader)}>{words}</time>;
  return url === undefined ? time : <a href={url} target="_blank" rel="noopener noreferrer">{time}</a>;
}

/** ':rocket:' as its picture, or as it stands where nobody knows it. */
export function Emoji({ name }: { readonly name: string }): ReactNode {
  const found = useReader().emoji.byName(name);
  return found ? <EmojiPicture emoji={found} /> : `:${name}:`;
}

/** Text as it is, its emoji as pictures. */
export function Plain({ text }: { readonly text: string }): ReactNode {
  const { emoji } = useReader();
  return splitEmoji(text).map((part, at) => {
    const found = part.emoji ? emoji.byCharacter(part.text) : undefined;
    return found ? <EmojiPicture key={at} emoji={found} /> : <Fragment key={at}>{part.text}</Fragment>;
  });
}

/** One picture of the sheet; its character stays in the text, for copying. */
export function EmojiPicture({ emoji }: { readonly emoji: EmojiEntry }): ReactNode {
  return (
    <span className="emoji" role="img" aria-label={emoji.name.replaceAll('_', ' ')} title={`:${emoji.name}:`} style={placeOnSheet(emoji)}>
      {emoji.character}
    </span>
  );
}
