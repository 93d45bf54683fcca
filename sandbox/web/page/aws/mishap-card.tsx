import type { ReactNode } from 'react';
import { forgetAnswers } from '../door/answers.ts';
import type { Mishaps } from '../door/aws-shapes.ts';
import { tellDoor } from '../door/door.ts';
import { useAnswer } from '../door/use-answer.ts';
import { useTry } from '../notices.tsx';

type Known = Mishaps['known'][number];

const GROUPS: readonly { readonly kind: string; readonly title: string; readonly when: string }[] = [
  { kind: 'build', title: 'The next build', when: 'strikes once, at the next build' },
  { kind: 'deploy', title: 'The next deploy', when: 'strikes once, at the next deploy to' },
  { kind: 'environment', title: 'Right now', when: 'strikes at once, in' },
];

/** Switches for things that go wrong, with AWS's own words. */
export function MishapCard({ application }: { readonly application: string }): ReactNode {
  const { value } = useAnswer<Mishaps>('/mishaps', 'control');
  if (!value) return undefined;
  return (
    <section className="card mishaps" aria-label="Mishaps">
      <header className="card-head"><h3>Break something</h3><span className="card-kind">in AWS's own words</span></header>
      {GROUPS.map((group) => {
        const mishaps = value.known.filter((mishap) => mishap.kind === group.kind);
        return mishaps.length === 0 ? undefined : <MishapGroup key={group.kind} title={group.title} when={group.when} mishaps={mishaps} armed={value.armed} application={application} />;
      })}
    </section>
  );
}

interface MishapGroupProps {
  readonly title: string;
  readonly when: string;
  readonly mishaps: readonly Known[];
  readonly armed: Mishaps['armed'];
  readonly application: string;
}

function MishapGroup({ title, when, mishaps, armed, application }: MishapGroupProps): ReactNode {
  const attempt = useTry();
  const toggle = (id: string, place: string, on: boolean): void => {
    void attempt(() => (on ? tellDoor('/mishaps/disarm', { id, place }) : tellDoor('/mishaps', { id, place, times: 1 }))).then(forgetAnswers);
  };
  return (
    <div className="mishap-group">
      <h4>{title}</h4>
      <ul>
        {mishaps.map((mishap) => (
          <li key={mishap.id}>
            <span>{mishap.title}</span>
            <span className="mishap-places">
              {placesFor(mishap, application).map((place) => {
                const on = armed.some((one) => one.id === mishap.id && one.place === place);
                return (
                  <button key={place} type="button" className="switch" aria-pressed={on} aria-label={`${mishap.title}: ${when} ${place}`} title={`${mishap.id}: ${when} ${place}`} onClick={() => toggle(mishap.id, place, on)}>
                    {place.replace(`${application}-`, '')}
                  </button>
                );
              })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function placesFor(mishap: Known, application: string): readonly string[] {
  const own = mishap.places.filter((place) => place.startsWith(application));
  return own.length > 0 ? own : mishap.places;
}
