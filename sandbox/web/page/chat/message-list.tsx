import { useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Message } from '../door/shapes.ts';
import { sayDivider } from '../text/dates.ts';
import { useReader } from '../text/reader.tsx';
import { MessageView } from './message.tsx';
import { layOutRows } from './message-rows.ts';

interface MessageListProps {
  readonly label: string;
  readonly channel: string;
  readonly messages: readonly Message[];
  readonly unread: number;
  readonly onThread?: (ts: string) => void;
  /** Above the first message. */
  readonly head?: ReactNode;
}

const NEAR_PX = 160;

/** A conversation, oldest first. It stays at the end while new messages come, unless the reader scrolled up. */
export function MessageList({ label, channel, messages, unread, onThread, head }: MessageListProps): ReactNode {
  const reader = useReader();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const keepEnd = (): void => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    };
    keepEnd();
    const observer = new ResizeObserver(keepEnd);
    for (const child of element.children) observer.observe(child);
    observer.observe(element);
    return () => observer.disconnect();
  }, [messages]);
  const onScroll = (): void => {
    const element = list.current;
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
  };
  return (
    <div ref={list} className="message-list" role="log" aria-label={label} tabIndex={0} onScroll={onScroll}>
      <div className="message-rows">
        {head}
        {layOutRows(messages, { unread, timeZone: reader.timeZone }).map((row) => {
          if (row.kind === 'day') return <p key={row.key} className="divider"><span>{sayDivider(row.at, reader)}</span></p>;
          if (row.kind === 'new') return <p key={row.key} className="divider divider-new"><span>New</span></p>;
          return <MessageView key={row.key} message={row.message} channel={channel} continued={row.continued} onThread={onThread} />;
        })}
      </div>
    </div>
  );
}
