import { faultId } from '../domain/fault-id.ts';
import { Fault, Fenced, Stale } from '../domain/faults.ts';
import { isOver, type Release } from '../domain/release.ts';
import type { Run } from './reconcile.ts';

/** How long something may be broken before the thread says so: a hiccup is nobody's concern. */
const PATIENCE_FAULTS = 2;

/**
 * Records that Jack cannot see or act, so that the thread never looks truer than it is. Undefined when there is
 * nothing to tell (a lost lease, somebody faster, a first hiccup).
 */
export async function troubled(id: string, fault: unknown, run: Run): Promise<Release | undefined> {
  if (fault instanceof Stale || fault instanceof Fenced || !(fault instanceof Fault)) return undefined;
  if (fault.retryable && run.claim.faults < PATIENCE_FAULTS) return undefined;
  const release = await run.world.store.release(id);
  if (!release || isOver(release) || release.trouble?.text === fault.message) return release;
  const trouble = { since: release.trouble?.since ?? run.world.clock.now(), text: fault.message, faultId: release.trouble?.faultId ?? faultId(run.world.ids.next()) };
  run.log.warn({ release: release.number, fault: trouble.faultId, error: fault.message }, 'something keeps a release from going on');
  return run.world.store.saveRelease({ ...release, trouble }, run.claim);
}

/** Seen again: the trouble is over. */
export function cleared(release: Release): Release {
  const { trouble: _over, ...rest } = release;
  return release.trouble ? rest : release;
}
