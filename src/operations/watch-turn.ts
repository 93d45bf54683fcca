import { isQueued } from '../domain/occupancy.ts';
import type { Answer } from '../domain/refusal.ts';
import type { Release } from '../domain/release.ts';
import type { World } from '../ports.ts';
import { changeRelease } from './change-release.ts';

/** A mention of more people is noise; who comes later can look at the thread. */
const MOST_WATCHERS = 20;

/** Remembers who wants to be told when it is the release's turn. Anybody may; once is enough. */
export function watchTurn(id: string, user: string, world: World): Promise<Answer<Release>> {
  return changeRelease(
    id,
    (current) => {
      const watchers = current.turnWatchers ?? [];
      if (watchers.includes(user)) return current;
      if (!isQueued(current) || current.cancel || watchers.length >= MOST_WATCHERS) return { refusal: { kind: 'stale-button' } };
      return { ...current, turnWatchers: [...watchers, user] };
    },
    world,
  );
}
