import { isInForce, withBarrier, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { no, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { factOfWish, refuseTooLong, untilOf, type BarrierWish } from './barrier-wish.ts';
import { changeBarriers, type Change } from './change-barriers.ts';

/** `changed`: it was the caller's own already, and its time or reason is new. */
export interface Frozen {
  readonly freeze: Barrier;
  readonly how: 'set' | 'changed' | 'as-it-was';
}

/** An owner declares a time in which nothing goes. Whoever declared one already says a new time or reason; a repeat of the same changes nothing. */
export async function freeze(wish: BarrierWish, world: World): Promise<Answer<Frozen>> {
  const { app, user } = wish;
  if ((await roleOf(user, app, world, true)) !== 'owner') return no({ kind: 'not-owner', what: 'freeze', owners: app.people.owners });
  const id = world.ids.next();
  return changeBarriers(wish, (barriers) => frozen(barriers, wish, id, world.clock.now()), world);
}

function frozen(barriers: Barriers, wish: BarrierWish, id: string, at: number): Change<Frozen> {
  const { user, reason = '' } = wish;
  const own = barriers.all.findLast((one) => one.kind === 'freeze' && one.by === user && one.window === undefined && isInForce(one, at));
  const until = untilOf(wish, own, at);
  if (own?.until === until && (reason === '' || own.reason === reason)) return { asItIs: { freeze: own, how: 'as-it-was' } };
  const tooLong = own && refuseTooLong(own, until, 'thaw it first');
  if (tooLong) return { refusal: tooLong };
  const set: Barrier = own ? { ...own, until, reason: reason === '' ? own.reason : reason } : { id, kind: 'freeze', by: user, since: at, until, reason, watchers: [], notes: [] };
  const fact = factOfWish(wish, set, { at, what: 'freeze.set', rule: 'role:owner', ...(reason !== '' && { detail: reason }) });
  return { barriers: withBarrier(barriers, set), audit: [fact], value: { freeze: set, how: own ? 'changed' : 'set' } };
}
