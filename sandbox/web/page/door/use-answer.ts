import { useCallback, useSyncExternalStore } from 'react';
import { lastAnswer, watchAnswer, type Area } from './answers.ts';

/** One GET of the door, kept fresh. `value` stays while it is asked again or cannot be had. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the door's answers have no other place to be typed
export function useAnswer<T>(path: string | undefined, area: Area): { readonly value?: T; readonly error?: string } {
  const watch = useCallback((watcher: () => void) => (path === undefined ? () => undefined : watchAnswer(path, area, watcher)), [path, area]);
  const read = useCallback(() => (path === undefined ? NONE : lastAnswer(path)), [path]);
  return useSyncExternalStore<{ readonly value?: unknown; readonly error?: string }>(watch, read) as { readonly value?: T; readonly error?: string };
}

const NONE = {};
