import { lockOf, withBarrier, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { no, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { factOfWish, refuseTooLong, untilOf, type BarrierWish } from './barrier-wish.ts';
import { changeBarriers, type Change } from './change-barriers.ts';

/** `extended`: the caller held it already, and its time or reason is new. */
export interface Locked {
  readonly lock: Barrier;
  readonly how: 'taken' | 'extended' | 'as-it-was';
}

/** One person holds the environment. Whoever holds it already says a new time or reason; a repeat of the same changes nothing. */
export async function takeLock(wish: BarrierWish, world: World): Promise<Answer<Locked>> {
  const { app, user } = wish;
  const role = await roleOf(user, app, world, true);
  if (role === 'viewer') return no({ kind: 'wrong-role', role, needs: 'contributor', owners: app.people.owners });
  const id = world.ids.next();
  return changeBarriers(wish, (barriers) => locked(barriers, wish, { id, at: world.clock.now(), role }), world);
}

function locked(barriers: Barriers, wish: BarrierWish, { id, at, role }: { readonly id: string; readonly at: number; readonly role: string }): Change<Locked> {
  const { app, environment, user } = wish;
  const held = lockOf(barriers, at);
  if (held && held.by !== user) return { refusal: { kind: 'already-locked', app: app.name, environment: environment.name, lock: held, mine: false, ...(role === 'owner' && { maySteal: true }) } };
  const until = untilOf(wish, held, at);
  const reason = wish.reason ?? held?.reason;
  if (reason === undefined) return { refusal: { kind: 'reason-needed', what: 'a lock', like: `/deploy lock ${environment.name} <why> for 2h` } };
  if (held?.until === until && held.reason === reason) return { asItIs: { lock: held, how: 'as-it-was' } };
  const tooLong = held && refuseTooLong(held, until, 'unlock it first');
  if (tooLong) return { refusal: tooLong };
  const lock: Barrier = held ? own(held, until, reason) : { id, kind: 'lock', by: user, since: at, until, reason, watchers: [], notes: [] };
  const fact = factOfWish(wish, lock, { at, what: 'lock.take', rule: held ? 'holder' : `role:${role}`, detail: reason });
  return { barriers: withBarrier(barriers, lock), audit: [fact], value: { lock, how: held ? 'extended' : 'taken' } };
}

/** Whoever says a new time or reason wants it for its own sake: it does not end with the rollback that took it. */
function own({ rollback: _forItself, ...held }: Barrier, until: number, reason: string): Barrier {
  return { ...held, until, reason };
}
