import { isOver, wasReplaced, type Release } from '../domain/release.ts';
import type { World } from '../ports.ts';

/** How many releases back an offer may still stand. */
const LOOK_BACK = 10;

/**
 * Once a release runs in an environment, the *Roll back* of earlier ones would undo something else than they say. They
 * note what followed, and their threads are drawn again. A repeat finds nothing left to note.
 */
export async function takeBackOffers(release: Release, world: World): Promise<void> {
  if ((release.status !== 'live' && release.status !== 'live-not-verified') || wasReplaced(release)) return;
  const { app, environment, number } = release;
  for (const earlier of await world.store.recentReleases({ app, environment, limit: LOOK_BACK })) {
    if (!isOver(earlier) || earlier.status === 'live' || earlier.number === number || earlier.statusAt > release.statusAt || earlier.followedBy !== undefined) continue;
    await world.store.saveRelease({ ...earlier, followedBy: number });
    await world.store.nudge(`release:${earlier.id}`, world.clock.now());
  }
}
