import { withBarrier, withBarrierNote, type Barrier } from '../../domain/barriers/barriers.ts';
import { inPlaceOf } from '../../domain/barriers/in-force.ts';
import { no, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { askingRole } from '../role.ts';
import { changeBarriers } from './change-barriers.ts';
import { barrierById } from './find-barrier.ts';

/** The holder is asked by the same person once in this time. */
const AGAIN_MS = 15 * 60_000;

export interface HolderAsked {
  readonly lock: Barrier;
  /** False: this person asked a moment ago. */
  readonly asked: boolean;
}

/** Asks the holder of a lock, in its thread, whether they still need it. */
export async function askHolder(id: string, user: string, world: World): Promise<Answer<HolderAsked>> {
  const found = await barrierById(id, world);
  if (found?.barrier.kind !== 'lock') return no({ kind: 'stale-button' });
  const asking = await askingRole(user, found.app, world);
  if (asking.refusal) return no(asking.refusal);
  const at = world.clock.now();
  const where = { app: found.app.name, environment: found.environment.name };
  return changeBarriers<HolderAsked>(
    found,
    (barriers) => {
      const lock = inPlaceOf(id, barriers, at);
      if (!lock) return { refusal: { kind: 'not-locked', ...where, wish: 'ask' } };
      if (lock.by === user) return { refusal: { kind: 'already-locked', ...where, lock, mine: true } };
      const recent = lock.notes.some(({ what, at: then }) => what.kind === 'asked-for' && what.by === user && at - then < AGAIN_MS);
      if (recent) return { asItIs: { lock, asked: false } };
      const asked = withBarrierNote(lock, `asked-for:${user}:${at}`, at, { kind: 'asked-for', by: user });
      return {
        barriers: withBarrier(barriers, asked),
        audit: [{ at, who: user, what: 'lock.ask', on: { ...where, barrier: lock.id }, outcome: 'done', rule: `role:${asking.role}` }],
        value: { lock: asked, asked: true },
      };
    },
    world,
  );
}
