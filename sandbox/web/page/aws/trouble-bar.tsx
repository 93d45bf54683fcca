import { useState, type ReactNode } from 'react';
import { Icon } from '../chat/icons.tsx';
import { forgetAnswers } from '../door/answers.ts';
import type { Mishaps } from '../door/aws-shapes.ts';
import { tellDoor } from '../door/door.ts';
import { useAnswer } from '../door/use-answer.ts';
import { useTry } from '../notices.tsx';
import { MishapList } from './mishap-list.tsx';
import { PushForm } from './push-form.tsx';

/** At the foot of the account: push a commit, break something, and what is armed. */
export function TroubleBar({ application }: { readonly application: string }): ReactNode {
  const [open, setOpen] = useState<'push' | 'break'>();
  const attempt = useTry();
  const { value } = useAnswer<Mishaps>('/mishaps', 'aws');
  const toggle = (which: 'push' | 'break'): void => setOpen(open === which ? undefined : which);
  const disarm = (id: string, place: string): void => {
    void attempt(() => tellDoor('/mishaps/disarm', { id, place })).then(forgetAnswers);
  };
  return (
    <div className="trouble" onKeyDown={(event) => event.key === 'Escape' && setOpen(undefined)}>
      {open === 'push' && <PushForm key={application} pipeline={application} onPushed={() => setOpen(undefined)} />}
      {open === 'break' && value && <MishapList mishaps={value} application={application} />}
      <div className="trouble-buttons">
        <button type="button" className="button" aria-expanded={open === 'push'} onClick={() => toggle('push')}><Icon name="commit" size={16} /> Push a commit</button>
        <button type="button" className="button" aria-expanded={open === 'break'} onClick={() => toggle('break')}><Icon name="bolt" size={16} /> Break something</button>
      </div>
      {value && value.armed.length > 0 && (
        <p className="armed">
          {value.armed.map(({ id, place }) => (
            <button key={`${id} ${place}`} type="button" className="switch" aria-pressed="true" title="Take it back" onClick={() => disarm(id, place)}>
              {value.known.find((known) => known.id === id)?.title ?? id}: {place} <Icon name="close" size={11} />
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
