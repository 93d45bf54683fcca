import { withBarrier, type Barrier } from '../../domain/barriers/barriers.ts';
import { inPlaceOf } from '../../domain/barriers/in-force.ts';
import { no, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { refuseViewers } from '../role.ts';
import { changeBarriers } from './change-barriers.ts';
import { barrierById } from './find-barrier.ts';

/** Remembers that this person wants to be told when the environment is free. Twice is once. */
export async function watchLock(id: string, user: string, world: World): Promise<Answer<Barrier>> {
  const found = await barrierById(id, world);
  if (!found) return no({ kind: 'stale-button' });
  const viewer = await refuseViewers(user, found.app, world);
  if (viewer) return no(viewer);
  const at = world.clock.now();
  const where = { app: found.app.name, environment: found.environment.name };
  return changeBarriers(
    found,
    (barriers) => {
      const lock = inPlaceOf(id, barriers, at);
      if (!lock) return { refusal: found.barrier.kind === 'freeze' ? { kind: 'not-frozen', ...where } : { kind: 'not-locked', ...where, wish: 'watch' } };
      if (lock.kind === 'lock' && lock.by === user) return { refusal: { kind: 'already-locked', ...where, lock, mine: true } };
      if (lock.watchers.some((watcher) => watcher.user === user)) return { asItIs: lock };
      const watched = { ...lock, watchers: [...lock.watchers, { user, at }] };
      return { barriers: withBarrier(barriers, watched), audit: [], value: watched };
    },
    world,
  );
}
