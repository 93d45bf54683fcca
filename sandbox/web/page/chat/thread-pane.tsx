import type { ReactNode } from 'react';
import type { Message } from '../door/shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { useWorkspace } from '../workspace-context.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useDraft } from './use-drafts.ts';
import { useSend } from './use-send.ts';

/** A root message and its replies. */
export function ThreadPane({ me, channel, thread }: { readonly me: string; readonly channel: string; readonly thread: string }): ReactNode {
  const workspace = useWorkspace();
  const { value, error } = useAnswer<{ messages: readonly Message[] }>(`/slack/as/${me}/channel/${channel}?thread=${thread}&limit=200`, 'slack');
  const [draft, setDraft] = useDraft(`${me}/${channel}/${thread}`);
  const send = useSend(me, channel, thread, setDraft);
  return (
    <>
      {error !== undefined && <p className="list-start">{error}</p>}
      <MessageList key={thread} label="Thread" channel={channel} messages={value?.messages ?? NO_MESSAGES} unread={0} />
      <Composer workspace={workspace} label="Reply in thread" draft={draft} onDraft={setDraft} onSend={send} />
    </>
  );
}

const NO_MESSAGES: readonly Message[] = [];
