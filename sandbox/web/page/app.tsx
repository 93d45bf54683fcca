import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { followChanges } from './door/changes.ts';
import type { Workspace } from './door/shapes.ts';
import { useAnswer } from './door/use-answer.ts';
import { Frame } from './frame.tsx';
import { Modals } from './modal/modals.tsx';
import { Notices } from './notices.tsx';
import { makeEmojiBook, type EmojiBook, type EmojiNames } from './text/emoji.ts';
import { makeReader, ReaderProvider } from './text/reader.tsx';
import { useNow } from './use-now.ts';
import { usePlace } from './use-place.ts';
import { WorkspaceProvider } from './workspace-context.tsx';

/** The whole page: what all of it needs to know, around the frame. */
export function App(): ReactNode {
  const [place, go] = usePlace();
  const { value: workspace, error } = useAnswer<Workspace>('/slack/workspace', 'slack');
  const [reachable, setReachable] = useState(true);
  const emoji = useEmoji();
  const now = useNow();
  useEffect(() => followChanges(setReachable), []);
  const me = workspace?.users.find((person) => person.name === place.as) ?? workspace?.users[0];
  const reader = useMemo(() => workspace && me && makeReader(workspace, me.id, now, emoji), [workspace, me, now, emoji]);
  if (!workspace || !me || !reader) return <p className="starting" role="status">{error ?? 'Starting…'}</p>;
  return (
    <WorkspaceProvider value={workspace}>
      <ReaderProvider value={reader}>
        <Notices>
          {!reachable && <p className="unreachable" role="alert">The sandbox does not answer. This page goes on as soon as it is back.</p>}
          <Frame me={me} place={place} onGo={go} />
          <Modals me={me.id} />
        </Notices>
      </ReaderProvider>
    </WorkspaceProvider>
  );
}

function useEmoji(): EmojiBook {
  const [emoji, setEmoji] = useState(() => makeEmojiBook({}));
  useEffect(() => {
    void fetch('/emoji.json').then(async (answer) => setEmoji(makeEmojiBook((await answer.json()) as EmojiNames)));
  }, []);
  return emoji;
}
