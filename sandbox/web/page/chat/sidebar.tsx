import type { ReactNode } from 'react';
import type { Conversation, Person, Workspace } from '../door/shapes.ts';
import { Avatar } from './avatar.tsx';
import { PersonSwitcher } from './person-switcher.tsx';

interface SidebarProps {
  readonly workspace: Workspace;
  readonly me: Person;
  readonly at: string;
  readonly conversations: readonly Conversation[];
  readonly onGo: (at: string) => void;
  readonly onBecome: (person: Person) => void;
  readonly foot: ReactNode;
}

/** The workspace: who one is, channels, direct messages, apps. */
export function Sidebar({ workspace, me, at, conversations, onGo, onBecome, foot }: SidebarProps): ReactNode {
  const channels = conversations.filter((conversation) => conversation.kind !== 'im');
  const directs = conversations.filter((conversation) => conversation.kind === 'im');
  const jack = workspace.users.find((person) => person.role === 'bot');
  return (
    <nav className="sidebar" aria-label="Workspace">
      <p className="team">{workspace.team.name}</p>
      <PersonSwitcher workspace={workspace} me={me} onBecome={onBecome} />
      <div className="sidebar-lists">
        <Group title="Channels">
          {channels.map((conversation) => <Line key={conversation.id} conversation={conversation} mark="#" name={conversation.name} current={at === conversation.id} onGo={onGo} />)}
        </Group>
        {directs.length > 0 && (
          <Group title="Direct messages">
            {directs.map((conversation) => {
              const other = personOf(conversation, workspace);
              return <Line key={conversation.id} conversation={conversation} mark={<Avatar person={other} size={20} />} name={other?.realName ?? conversation.name} current={at === conversation.id} onGo={onGo} />;
            })}
          </Group>
        )}
        <Group title="Apps">
          <li>
            <button type="button" className="line" aria-current={at === 'home' ? 'page' : undefined} onClick={() => onGo('home')}>
              <span className="line-mark"><Avatar person={jack} size={20} /></span>
              <span className="line-name">{jack?.realName ?? 'Jack'} · Home</span>
            </button>
          </li>
        </Group>
      </div>
      {foot}
    </nav>
  );
}

/** The person at the other end of a direct message. */
export function personOf(conversation: Conversation, workspace: Workspace): Person | undefined {
  return workspace.users.find((person) => person.id === conversation.name || person.name === conversation.name || person.realName === conversation.name);
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface LineProps {
  readonly conversation: Conversation;
  readonly mark: ReactNode;
  readonly name: string;
  readonly current: boolean;
  readonly onGo: (at: string) => void;
}

function Line({ conversation, mark, name, current, onGo }: LineProps): ReactNode {
  const { unread, mentions } = conversation;
  const badge = conversation.kind === 'im' ? unread : mentions;
  return (
    <li>
      <button type="button" className={unread > 0 ? 'line line-unread' : 'line'} aria-current={current ? 'page' : undefined} onClick={() => onGo(conversation.id)}>
        <span className="line-mark" aria-hidden="true">{mark}</span>
        <span className="line-name">{name}</span>
        {badge > 0 && <span className="count" aria-label={`${badge} ${conversation.kind === 'im' ? 'unread' : badge === 1 ? 'mention' : 'mentions'}`}>{badge}</span>}
        {badge === 0 && unread > 0 && <span className="visually-hidden">, unread</span>}
      </button>
    </li>
  );
}
