import type { ReactNode } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceProvider } from '../blocks/surface.tsx';
import { useMakeSurface } from '../blocks/use-surface.ts';
import type { Message } from '../door/shapes.ts';
import { sayAge, sayTime, tsToMs } from '../text/dates.ts';
import { Emoji, Mrkdwn } from '../text/formatted.tsx';
import { useReader } from '../text/reader.tsx';
import { Avatar } from './avatar.tsx';
import { Files } from './files.tsx';
import { Icon } from './icons.tsx';

interface MessageProps {
  readonly message: Message;
  readonly channel: string;
  readonly continued?: boolean;
  /** Undefined within a thread. */
  readonly onThread?: ((ts: string) => void) | undefined;
}

/** One message as its reader sees it. */
export function MessageView({ message, channel, continued = false, onThread }: MessageProps): ReactNode {
  const reader = useReader();
  const author = reader.person(message.user ?? '');
  const name = message.username ?? author?.realName ?? (message.user === 'USLACKBOT' ? 'Slackbot' : (message.user ?? 'Somebody'));
  const at = tsToMs(message.ts);
  const classes = ['message', continued && 'message-continued', message.ephemeral && 'message-private'];
  return (
    <article className={classes.filter(Boolean).join(' ')} aria-label={`${name}, ${sayTime(at, reader)}`} data-ts={message.ts}>
      <div className="message-gutter">{continued ? <time className="message-small-time">{sayTime(at, reader)}</time> : <Avatar person={author} />}</div>
      <div className="message-body">
        {message.ephemeral && <p className="message-note"><Icon name="eye" size={13} /> Only visible to you</p>}
        {message.pinned && <p className="message-note"><Icon name="pin" size={13} /> Pinned</p>}
        {message.broadcast && onThread && <p className="message-note"><Icon name="reply" size={13} /> replied to a <button type="button" className="link" onClick={() => onThread(message.thread_ts ?? message.ts)}>thread</button></p>}
        {!continued && (
          <p className="message-head">
            <b>{name}</b>
            {author?.role === 'bot' && <span className="badge">APP</span>}
            <time dateTime={new Date(at).toISOString()} title={new Date(at).toString()}>{sayTime(at, reader)}</time>
          </p>
        )}
        <MessageContent message={message} channel={channel} />
        {onThread && <RepliesLine message={message} onThread={onThread} />}
      </div>
      {onThread && !message.ephemeral && (
        <div className="message-tools">
          <button type="button" className="button button-icon" aria-label="Reply in thread" title="Reply in thread" onClick={() => onThread(message.thread_ts ?? message.ts)}><Icon name="reply" size={16} /></button>
        </div>
      )}
    </article>
  );
}

function MessageContent({ message, channel }: { readonly message: Message; readonly channel: string }): ReactNode {
  const surface = useMakeSurface({ id: message.ts, spot: { channel, ts: message.ts }, dispatches: always });
  const edited = message.edited ? <span className="message-edited"> (edited)</span> : undefined;
  const hasBlocks = message.blocks !== undefined && message.blocks.length > 0;
  return (
    <div className="message-content">
      {hasBlocks ? <SurfaceProvider value={surface}><Blocks blocks={message.blocks ?? []} /></SurfaceProvider> : <Mrkdwn text={message.text} />}
      {edited}
      <Files files={message.files ?? []} />
      {message.reactions && message.reactions.length > 0 && (
        <p className="reactions">
          {message.reactions.map((reaction) => <span key={reaction.name} className="reaction"><Emoji name={reaction.name} /> {reaction.count ?? reaction.users?.length}</span>)}
        </p>
      )}
    </div>
  );
}

function RepliesLine({ message, onThread }: { readonly message: Message; readonly onThread: (ts: string) => void }): ReactNode {
  const reader = useReader();
  const count = message.reply_count ?? 0;
  if (count === 0) return undefined;
  return (
    <button type="button" className="replies" onClick={() => onThread(message.ts)}>
      {(message.reply_users ?? []).slice(0, 4).map((user) => <Avatar key={user} person={reader.person(user)} size={22} />)}
      <b>{count} {count === 1 ? 'reply' : 'replies'}</b>
      {message.latest_reply !== undefined && <span>Last reply {sayAge(reader.now - tsToMs(message.latest_reply))}</span>}
    </button>
  );
}

const always = (): boolean => true;
