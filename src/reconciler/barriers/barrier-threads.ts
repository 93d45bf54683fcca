import type { App } from '../../domain/app.ts';
import { barrierIn, endOf, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { barrierThread } from '../../views/barriers/barrier-thread.ts';
import type { Run } from '../reconcile.ts';
import { syncMessages } from '../sync-thread.ts';

/** So many that are over are kept, for those who look back. */
const KEEP_ENDED = 10;

/** Makes the threads of all barriers equal to what is recorded. */
export async function syncBarrierThreads(barriers: Barriers, app: App, { world, claim }: Pick<Run, 'world' | 'claim'>): Promise<void> {
  for (const barrier of barriers.all) await syncMessages(barrier.id, barrierThread(barrier, barriers, app), world, claim);
}

/** Forgets the oldest that are over: their threads say so by now. What a hold or a window still hangs on stays. */
export async function forgetEnded(barriers: Barriers, { world, claim }: Run): Promise<void> {
  const now = world.clock.now();
  const held = new Set(barriers.holds.map(({ reason }) => barrierIn(reason)));
  const old = barriers.all.filter((one) => one.ended !== undefined && (one.window === undefined || one.until <= now) && !held.has(one.id)).toSorted((a, b) => endOf(a) - endOf(b)).slice(0, -KEEP_ENDED);
  if (old.length === 0) return;
  const gone = new Set(old.map(({ id }: Barrier) => id));
  await world.store.saveBarriers({ ...barriers, all: barriers.all.filter(({ id }) => !gone.has(id)) }, claim);
}
