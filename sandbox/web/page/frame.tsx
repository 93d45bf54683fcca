import type { ReactNode } from 'react';
import { personOf, Sidebar } from './chat/sidebar.tsx';
import type { Conversation, Person } from './door/shapes.ts';
import { useAnswer } from './door/use-answer.ts';
import { MainPane } from './main-pane.tsx';
import { goTo, type Place } from './place.ts';
import { SidePane } from './side-pane.tsx';
import { ThemeButton } from './theme-button.tsx';
import { useWorkspace } from './workspace-context.tsx';

/** The panes side by side; on a narrow screen the one in front. */
export function Frame({ me, place, onGo }: { readonly me: Person; readonly place: Place; readonly onGo: (place: Place) => void }): ReactNode {
  const workspace = useWorkspace();
  const { value } = useAnswer<{ channels: readonly Conversation[] }>(`/slack/as/${me.id}`, 'slack');
  const conversations = value?.channels ?? [];
  const conversation = conversations.find((one) => one.id === place.at) ?? (place.at === 'home' ? undefined : conversations[0]);
  const title = conversation === undefined ? 'Jack' : conversation.kind === 'im' ? (personOf(conversation, workspace)?.realName ?? conversation.name) : `#${conversation.name}`;
  return (
    <div className="frame" data-pane={place.pane}>
      <a className="skip" href="#composer" onClick={(event) => focusOn(event, '.main textarea')}>Skip to writing</a>
      <Sidebar
        workspace={workspace}
        me={me}
        at={conversation?.id ?? 'home'}
        conversations={conversations}
        onGo={(at) => onGo(goTo(place, at))}
        onBecome={(person) => onGo({ ...place, as: person.name, pane: place.pane === 'list' ? 'main' : place.pane })}
        foot={<div className="sidebar-foot"><ThemeButton /><span>Jack’s sandbox</span></div>}
      />
      <MainPane me={me} place={place} conversation={conversation} title={title} onGo={onGo} />
      <SidePane me={me} place={place} conversation={conversation} title={title} onGo={onGo} />
    </div>
  );
}

function focusOn(event: { preventDefault(): void }, selector: string): void {
  event.preventDefault();
  const target = document.querySelector(selector);
  if (target instanceof HTMLElement) target.focus();
}
