import type { ReactNode } from 'react';
import type { View } from '../door/shapes.ts';
import { useAnswer } from '../door/use-answer.ts';
import { ModalView } from './modal-view.tsx';

/** The person's open modals: only the top of the stack shows, as in Slack. */
export function Modals({ me }: { readonly me: string }): ReactNode {
  const { value } = useAnswer<{ views: readonly View[] }>(`/slack/as/${me}/modal`, 'slack');
  const top = value?.views.at(-1);
  return top && <ModalView key={`${me}-${top.id}`} me={me} view={top} stacked={(value?.views.length ?? 0) > 1} />;
}
