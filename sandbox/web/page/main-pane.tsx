import { useState, type ReactNode } from 'react';
import { ConversationView } from './chat/conversation.tsx';
import { HomePane } from './chat/home-pane.tsx';
import { Icon } from './chat/icons.tsx';
import type { Conversation, Person } from './door/shapes.ts';
import { GuideCard } from './guide/guide-card.tsx';
import { openThread, type Place } from './place.ts';
import { useWorkspace } from './workspace-context.tsx';

export interface PaneProps {
  readonly me: Person;
  readonly place: Place;
  /** Undefined on Jack's home tab. */
  readonly conversation: Conversation | undefined;
  /** '#shop', or a person's name. */
  readonly title: string;
  readonly onGo: (place: Place) => void;
}

/** The conversation that is open, or the home tab. */
export function MainPane({ me, place, conversation, title, onGo }: PaneProps): ReactNode {
  const workspace = useWorkspace();
  const [typed, setTyped] = useState<{ readonly text: string; readonly nth: number }>();
  const bot = workspace.users.find((person) => person.role === 'bot');
  const members = workspace.channels.find((channel) => channel.id === conversation?.id)?.members?.length;
  return (
    <main className="main" aria-label={title}>
      <header className="pane-head">
        <button type="button" className="button button-icon button-bare only-narrow" aria-label="Back to the list" onClick={() => onGo({ ...place, pane: 'list' })}><Icon name="back" /></button>
        <h1>{title}{conversation ? '' : ' · Home'}</h1>
        {members !== undefined && <span className="pane-note">{members} members</span>}
        <button type="button" className="button button-small only-narrow" onClick={() => onGo({ ...place, side: 'aws', pane: 'side' })}><Icon name="cloud" size={15} /> AWS</button>
      </header>
      {conversation ? (
        <ConversationView
          me={me.id}
          conversation={conversation}
          title={title}
          typed={typed}
          onThread={(ts) => onGo(openThread(place, ts))}
          guide={conversation.kind !== 'im' && bot && <GuideCard me={me.id} channel={conversation.id} bot={bot.id} thread={place.thread} onThread={(ts) => onGo(openThread(place, ts))} onType={(text) => setTyped({ text, nth: (typed?.nth ?? 0) + 1 })} />}
        />
      ) : (
        <HomePane me={me.id} />
      )}
    </main>
  );
}
