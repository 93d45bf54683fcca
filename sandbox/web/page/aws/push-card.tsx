import { useState, type FormEvent, type ReactNode } from 'react';
import { tellDoor } from '../door/door.ts';
import { useTry } from '../notices.tsx';
import { useWorkspace } from '../workspace-context.tsx';
import { findSource } from './console.ts';

const IDEAS = ['Show prices with tax', 'Fix the basket on small screens', 'Cache the product list', 'Say thank you after checkout', 'Retry the payment once'];

/** A git push by one of the people: the pipeline starts by itself. */
export function PushCard({ pipeline }: { readonly pipeline: string }): ReactNode {
  const workspace = useWorkspace();
  const attempt = useTry();
  const people = workspace.users.filter((person) => person.role === 'member');
  const [author, setAuthor] = useState('linus');
  const [idea, setIdea] = useState(0);
  const [message, setMessage] = useState(IDEAS[0] ?? '');
  const push = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const name = people.find((person) => person.name === author)?.realName ?? author;
    const pushed = await attempt(async () => {
      const source = await findSource(pipeline);
      await tellDoor('/aws/push', { ...source, author: { name, email: `${author}@acme.test` }, message });
    });
    if (!pushed) return;
    setIdea(idea + 1);
    setMessage(IDEAS[(idea + 1) % IDEAS.length] ?? '');
  };
  return (
    <form className="card push" aria-label="Push a commit" onSubmit={(event) => void push(event)}>
      <header className="card-head"><h3>Push a commit</h3><span className="card-kind">git · main</span></header>
      <div className="push-line">
        <select className="field" aria-label="Author" value={author} onChange={(event) => setAuthor(event.target.value)}>
          {people.map((person) => <option key={person.id} value={person.name}>{person.realName}</option>)}
        </select>
        <input className="field" aria-label="Commit message" value={message} onChange={(event) => setMessage(event.target.value)} />
        <button type="submit" className="button" disabled={message.trim() === ''}>Push</button>
      </div>
    </form>
  );
}
