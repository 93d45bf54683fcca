import { useEffect, type ReactNode } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceProvider } from '../blocks/surface.tsx';
import { useMakeSurface } from '../blocks/use-surface.ts';
import { openHome } from '../door/act.ts';
import type { View } from '../door/shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { useTry } from '../notices.tsx';

/** The bot's home tab, as this person has it. */
export function HomePane({ me }: { readonly me: string }): ReactNode {
  const { value } = useAnswer<{ view?: View | null }>(`/slack/as/${me}/home`, 'slack');
  const attempt = useTry();
  useEffect(() => {
    void attempt(() => openHome(me));
  }, [attempt, me]);
  return (
    <div className="home" role="region" aria-label="Jack's home tab" tabIndex={0}>
      {value?.view ? <HomeView key={me} view={value.view} /> : <p className="home-empty">Jack has not drawn a home tab for this person yet.</p>}
    </div>
  );
}

function HomeView({ view }: { readonly view: View }): ReactNode {
  const surface = useMakeSurface({ id: view.id, spot: { view_id: view.id }, errors: undefined, dispatches: always });
  return <SurfaceProvider value={surface}><div className="home-view"><Blocks blocks={view.blocks} /></div></SurfaceProvider>;
}

const always = (): boolean => true;
