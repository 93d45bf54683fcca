import type { ReactNode } from 'react';
import type { Conversation, Person, Workspace } from '../door/shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { Avatar } from './avatar.tsx';

interface PersonSwitcherProps {
  readonly workspace: Workspace;
  readonly me: Person;
  readonly onBecome: (person: Person) => void;
}

/** Whose eyes. The others' pictures carry what waits for them, so that one sees whom to become. */
export function PersonSwitcher({ workspace, me, onBecome }: PersonSwitcherProps): ReactNode {
  const people = workspace.users.filter((person) => person.role === 'member' || person.role === 'guest');
  return (
    <div className="people">
      <p className="people-me">
        <Avatar person={me} size={36} />
        <span>
          <b>{me.realName}</b>
          <small>{hintOf(me)}</small>
        </span>
      </p>
      <div className="people-row" role="radiogroup" aria-label="Be somebody else">
        {people.map((person) => <OnePerson key={person.id} person={person} mine={person.id === me.id} onBecome={onBecome} />)}
      </div>
    </div>
  );
}

function OnePerson({ person, mine, onBecome }: { readonly person: Person; readonly mine: boolean; readonly onBecome: (person: Person) => void }): ReactNode {
  const { value } = useAnswer<{ channels: readonly Conversation[] }>(`/slack/as/${person.id}`, 'slack');
  const waiting = mine ? 0 : (value?.channels ?? []).reduce((sum, one) => sum + (one.kind === 'im' ? one.unread : one.mentions), 0);
  return (
    <button
      type="button"
      role="radio"
      aria-checked={mine}
      className="person"
      aria-label={`${person.realName}, ${hintOf(person)}${waiting > 0 ? `, ${waiting} waiting` : ''}`}
      title={`${person.realName} · ${hintOf(person)}`}
      onClick={() => onBecome(person)}
    >
      <Avatar person={person} size={26} />
      {waiting > 0 && <span className="count count-on-picture" aria-hidden="true">{waiting}</span>}
    </button>
  );
}

function hintOf(person: Person): string {
  return person.role === 'guest' ? `Guest${person.title ? `, ${person.title.toLowerCase()}` : ''}` : (person.title ?? '') || 'Member';
}
