import type { App, Environment } from '../../domain/app.ts';
import { LONGEST_LOCK_MS, lockOf, withBarrier, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { no, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { changeBarriers, type Change } from './change-barriers.ts';

/** How long a lock or a freeze lasts when nobody says. */
export const USUAL_MS = 24 * 3_600_000;

export interface LockWish {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  /** Absent: the caller holds it already, and the reason stays. */
  readonly reason?: string;
  /** Absent: as it is, and the usual time for a new one. */
  readonly until?: number;
  /** When they said it: a repeat reads the same. Absent: now. */
  readonly at?: number;
}

/** `extended`: the caller held it already, and its time or reason is new. */
export interface Locked {
  readonly lock: Barrier;
  readonly how: 'taken' | 'extended' | 'as-it-was';
}

/** One person holds the environment. Whoever holds it already says a new time or reason; a repeat of the same changes nothing. */
export async function takeLock(wish: LockWish, world: World): Promise<Answer<Locked>> {
  const { app, user } = wish;
  const role = await roleOf(user, app, world, true);
  if (role === 'viewer') return no({ kind: 'wrong-role', role, needs: 'contributor', owners: app.people.owners });
  const id = world.ids.next();
  return changeBarriers(wish, (barriers) => locked(barriers, wish, { id, at: world.clock.now(), role }), world);
}

function locked(barriers: Barriers, wish: LockWish, by: { readonly id: string; readonly at: number; readonly role: string }): Change<Locked> {
  const { app, environment, user } = wish;
  const held = lockOf(barriers, by.at);
  const until = wish.until ?? (held?.by === user ? held.until : (wish.at ?? by.at) + USUAL_MS);
  const reason = wish.reason ?? (held?.by === user ? held.reason : undefined);
  if (held && held.by !== user) return { refusal: { kind: 'already-locked', app: app.name, environment: environment.name, lock: held, mine: false, ...(by.role === 'owner' && { maySteal: true }) } };
  if (reason === undefined) return { refusal: { kind: 'reason-needed', what: 'a lock', like: `/deploy lock ${environment.name} <why> for 2h` } };
  if (held?.until === until && held.reason === reason) return { asItIs: { lock: held, how: 'as-it-was' } };
  if (held && until > held.since + LONGEST_LOCK_MS) return { refusal: { kind: 'bad-time', words: new Date(until).toISOString().slice(0, 16), allowed: 'at most 30 days from when it began; unlock it first' } };
  const lock: Barrier = held ? own(held, until, reason) : { id: by.id, kind: 'lock', by: user, since: by.at, until, reason, watchers: [], notes: [] };
  const fact = { at: by.at, who: user, what: 'lock.take', on: { app: app.name, environment: environment.name, barrier: lock.id }, outcome: 'done', rule: held ? 'holder' : `role:${by.role}`, detail: reason.slice(0, 1000) } as const;
  return { barriers: withBarrier(barriers, lock), audit: [fact], value: { lock, how: held ? 'extended' : 'taken' } };
}

/** Whoever says a new time or reason wants it for its own sake: it does not end with the rollback that took it. */
function own({ rollback: _forItself, ...held }: Barrier, until: number, reason: string): Barrier {
  return { ...held, until, reason };
}
