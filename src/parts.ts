import type { Log, World } from './ports.ts';
import type { Handler } from './reconciler/loop.ts';
import type { Rhythm } from './reconciler/rhythm.ts';
import type { Forms } from './slack/listeners.ts';

/** Due work by kind. */
export function workHandlers(_world: World, _log: Log, _rhythm: Rhythm): Readonly<Record<string, Handler>> {
  return {};
}

/** The forms, as the listeners see them. */
export function formsOf(_world: World): Forms {
  return { opens: () => false, open: async () => undefined, check: () => undefined, suggest: async () => [] };
}
