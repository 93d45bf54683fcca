import type { AuditFact } from '../../domain/audit.ts';
import { LONGEST_LOCK_MS, lockOf, withBarrier, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { Stale } from '../../domain/faults.ts';
import type { Release } from '../../domain/release.ts';
import { briefly } from '../../domain/revision.ts';
import type { World } from '../../ports.ts';
import type { Request } from '../request-release.ts';
import { USUAL_MS } from './barrier-wish.ts';

/** The environment's barriers may be saved by somebody else at the same moment. */
const TRIES = 8;

/**
 * Adds the release with its audit. A rollback takes the lock for its caller in the same transaction, so that the next
 * push does not ship the same fault again; where somebody holds it already, it stays theirs, and the caller’s own lasts
 * at least as long as a new one would, for as long as the rollback is under way or where it changed something.
 */
export async function addWithLock(wanted: Omit<Release, 'number' | 'version'>, request: Request, world: World, audit: readonly AuditFact[] = []): Promise<{ readonly release: Release; readonly added: boolean }> {
  if (request.purpose !== 'rollback') return world.store.addRelease(wanted, request.requestId, { audit });
  const id = world.ids.next();
  for (let tried = 1; ; tried += 1) {
    const barriers = await world.store.barriers(wanted.app, wanted.environment);
    const locked = withLock(barriers, request, id, world.clock.now());
    try {
      return await world.store.addRelease(wanted, request.requestId, locked ? { barriers: locked.barriers, audit: [...audit, locked.fact] } : { audit });
    } catch (error) {
      if (!(error instanceof Stale) || tried === TRIES) throw error;
    }
  }
}

/** Undefined: somebody else holds the lock already, or the caller does for long enough; their own is made to last. The store fills in the rollback's number. */
function withLock(barriers: Barriers, { app, environment, user, revision, reason }: Request, id: string, at: number): { readonly barriers: Barriers; readonly fact: AuditFact } | undefined {
  const why = `Rollback to ${briefly(revision)}${reason === undefined ? '' : `: ${reason}`}`;
  const held = lockOf(barriers, at);
  const until = held ? Math.min(at + USUAL_MS, held.since + LONGEST_LOCK_MS) : at + USUAL_MS;
  if (held && (held.by !== user || held.until >= until)) return undefined;
  const lock: Barrier = held ? { ...held, until, lengthened: { rollback: 0, from: held.until, to: until } } : { id, kind: 'lock', by: user, since: at, until, reason: why, rollback: 0, watchers: [], notes: [] };
  const fact: AuditFact = { at, who: user, what: 'lock.take', on: { app: app.name, environment: environment.name, barrier: lock.id }, outcome: 'done', rule: 'rollback', detail: why };
  return { barriers: withBarrier(barriers, lock), fact };
}
