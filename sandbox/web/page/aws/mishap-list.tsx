import type { ReactNode } from 'react';
import { forgetAnswers } from '../door/answers.ts';
import type { Mishaps } from '../door/aws-shapes.ts';
import { tellDoor } from '../door/door.ts';
import { useTry } from '../notices.tsx';

type Known = Mishaps['known'][number];

const GROUPS: readonly { readonly kind: string; readonly title: string }[] = [
  { kind: 'build', title: 'At the next build' },
  { kind: 'deploy', title: 'At the next deploy to' },
  { kind: 'environment', title: 'Right now, in' },
];

/** Switches for things that go wrong, each once, with AWS's own words. */
export function MishapList({ mishaps, application }: { readonly mishaps: Mishaps; readonly application: string }): ReactNode {
  const attempt = useTry();
  const toggle = (id: string, place: string, on: boolean): void => {
    void attempt(() => (on ? tellDoor('/mishaps/disarm', { id, place }) : tellDoor('/mishaps', { id, place, times: 1 }))).then(forgetAnswers);
  };
  return (
    <section className="trouble-panel" aria-label="Mishaps" tabIndex={0}>
      {GROUPS.map((group) => (
        <div key={group.kind} className="mishap-group">
          <h4>{group.title}</h4>
          <ul>
            {mishaps.known.filter((mishap) => mishap.kind === group.kind).map((mishap) => (
              <li key={mishap.id}>
                <span>{mishap.title}</span>
                {placesFor(mishap, application).map((place) => {
                  const on = mishaps.armed.some((one) => one.id === mishap.id && one.place === place);
                  return (
                    <button key={place} type="button" className="switch" aria-pressed={on} aria-label={`${mishap.title}. ${group.title} ${place}`} onClick={() => toggle(mishap.id, place, on)}>
                      {place.replace(`${application}-`, '')}
                    </button>
                  );
                })}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function placesFor(mishap: Known, application: string): readonly string[] {
  const own = mishap.places.filter((place) => place.startsWith(`${application}-`));
  return own.length > 0 ? own : mishap.places;
}
