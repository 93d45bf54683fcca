import { useEffect, useRef, useState, type ReactNode } from 'react';
import { markRead } from '../door/act.ts';
import type { Conversation, Message } from '../door/shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { useWorkspace } from '../workspace-context.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useDraft } from './use-drafts.ts';
import { useSend } from './use-send.ts';

interface ConversationProps {
  readonly me: string;
  readonly conversation: Conversation;
  readonly title: string;
  readonly onThread: (ts: string) => void;
  /** Put into the composer once each time it changes. */
  readonly typed: { readonly text: string } | undefined;
  /** Between the messages and the composer. */
  readonly guide?: ReactNode;
}

/** A channel's or a direct message's messages, with the composer. */
export function ConversationView({ me, conversation, title, onThread, typed, guide }: ConversationProps): ReactNode {
  const workspace = useWorkspace();
  const { id } = conversation;
  const { value, error } = useAnswer<{ messages: readonly Message[] }>(`/slack/as/${me}/channel/${id}?limit=200`, 'slack');
  const [draft, setDraft] = useDraft(`${me}/${id}`);
  const send = useSend(me, id, undefined, setDraft);
  const messages = value?.messages ?? NO_MESSAGES;
  const unread = useUnreadAtOpening(`${me}/${id}`, conversation.unread);
  useTyped(typed, setDraft);
  useMarkRead(me, id, messages, conversation.unread + conversation.mentions);
  return (
    <>
      <MessageList
        key={id}
        label={`Messages in ${title}`}
        channel={id}
        messages={messages}
        unread={unread}
        onThread={onThread}
        head={<p className="list-start">{error ?? (value ? `This is the very beginning of ${title}.` : 'Loading…')}</p>}
      />
      {guide}
      <Composer workspace={workspace} label={`Message ${title}`} draft={draft} onDraft={setDraft} onSend={send} autoFocus />
    </>
  );
}

const NO_MESSAGES: readonly Message[] = [];

/** How many were unread when the conversation was opened: where the "New" line stays. */
function useUnreadAtOpening(key: string, unread: number): number {
  const [opened, setOpened] = useState({ key, unread });
  if (opened.key !== key) setOpened({ key, unread });
  return opened.key === key ? opened.unread : unread;
}

function useTyped(typed: { readonly text: string } | undefined, write: (text: string) => void): void {
  const written = useRef(typed);
  useEffect(() => {
    if (typed === undefined || written.current === typed) return;
    written.current = typed;
    write(typed.text);
    document.querySelector<HTMLTextAreaElement>('.main textarea')?.focus();
  }, [typed, write]);
}

/** Replies count as read too: the line under their message shows them. */
function useMarkRead(me: string, channel: string, messages: readonly Message[], unread: number): void {
  const last = messages.flatMap((message) => (message.ephemeral ? [] : [message.latest_reply ?? message.ts])).reduce((one, other) => (Number(other) > Number(one) ? other : one), '0');
  useEffect(() => {
    if (last === '0' || unread === 0 || document.hidden) return;
    // A conversation that cannot be marked stays unread, which the sidebar shows.
    void markRead(me, channel, last).catch(() => undefined);
  }, [me, channel, last, unread]);
}
