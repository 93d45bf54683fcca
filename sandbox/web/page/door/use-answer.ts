import { useCallback, useSyncExternalStore } from 'react';
import { lastAnswer, watchAnswer, type Area } from './answers.ts';

/** One GET of the door, kept fresh. `value` stays while it is asked again or cannot be had. */
export function useAnswer<T>(path: string | undefined, area: Area): { readonly value?: T; readonly error?: string } {
  const watch = useCallback((watcher: () => void) => (path === undefined ? () => undefined : watchAnswer(path, area, watcher)), [path, area]);
  const read = useCallback(() => (path === undefined ? NONE : lastAnswer(path)), [path]);
  return useSyncExternalStore(watch, read) as { readonly value?: T; readonly error?: string };
}

const NONE = {};
