import { forgetAnswers, touchArea, type Area } from './answers.ts';

/** Follows `/control/changes` for as long as the page lives. `told` hears whether the sandbox can be reached. */
export function followChanges(told: (reachable: boolean) => void): () => void {
  const source = new EventSource('/control/changes');
  source.addEventListener('open', () => {
    told(true);
    forgetAnswers();
  });
  source.addEventListener('error', () => told(false));
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const { area } = JSON.parse(event.data) as { area?: Area };
    if (area === 'control') forgetAnswers();
    else if (area) touchArea(area);
  });
  return () => source.close();
}
