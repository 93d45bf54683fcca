import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { readPlace, writePlace, type Place } from './place.ts';

/** The place in the address, and how to go to another (the browser's back button returns). */
export function usePlace(): readonly [Place, (next: Place) => void] {
  const hash = useSyncExternalStore(watchHash, () => location.hash);
  const place = useMemo(() => readPlace(hash), [hash]);
  const go = useCallback((next: Place) => {
    const address = writePlace(next);
    if (address !== location.hash) location.hash = address;
  }, []);
  return [place, go];
}

function watchHash(told: () => void): () => void {
  addEventListener('hashchange', told);
  return () => removeEventListener('hashchange', told);
}
