import { useState, type FormEvent, type ReactNode } from 'react';
import { tellDoor } from '../door/door.ts';
import { useTry } from '../notices.tsx';
import { useWorkspace } from '../workspace-context.tsx';
import { findSource } from './console.ts';

const IDEAS = ['Show prices with tax', 'Fix the basket on small screens', 'Cache the product list', 'Say thank you after checkout', 'Retry the payment once'];

/** A git push by one of the people: the pipeline starts by itself. */
export function PushForm({ pipeline, onPushed }: { readonly pipeline: string; readonly onPushed: () => void }): ReactNode {
  const workspace = useWorkspace();
  const attempt = useTry();
  const people = workspace.users.filter((person) => person.role === 'member');
  const [author, setAuthor] = useState('linus');
  const [message, setMessage] = useState(nextIdea);
  const push = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const name = people.find((person) => person.name === author)?.realName ?? author;
    const pushed = await attempt(async () => {
      const source = await findSource(pipeline);
      await tellDoor('/aws/push', { ...source, author: { name, email: `${author}@acme.test` }, message });
    });
    if (pushed) onPushed();
  };
  return (
    <form className="trouble-panel push" aria-label="Push a commit" onSubmit={(event) => void push(event)}>
      <label>
        <span>Author</span>
        <select className="field" value={author} onChange={(event) => setAuthor(event.target.value)}>
          {people.map((person) => <option key={person.id} value={person.name}>{person.realName}</option>)}
        </select>
      </label>
      <label className="push-message">
        <span>Message</span>
        <input className="field" value={message} onChange={(event) => setMessage(event.target.value)} />
      </label>
      <button type="submit" className="button button-primary" disabled={message.trim() === ''}>Push</button>
    </form>
  );
}

let ideas = 0;

/** Something to say, another each time. */
function nextIdea(): string {
  ideas += 1;
  return IDEAS[(ideas - 1) % IDEAS.length] ?? '';
}
