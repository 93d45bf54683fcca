import type { App, Environment } from '../../domain/app.ts';
import { lockOf, withBarrier, withBarrierNote, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { no, yes, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { changeBarriers, type Change } from './change-barriers.ts';
import { USUAL_MS } from './barrier-wish.ts';

export interface StealWish {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  /** Absent: the reason stays as it is. */
  readonly reason?: string;
  /** Absent: the usual time from now. */
  readonly until?: number;
}

/** Whether there is a lock that this person may take over: shown to them before the confirm. */
export async function lookAtSteal({ app, environment, user }: StealWish, world: World): Promise<Answer<Barrier>> {
  const refusal = await refuseOthers(app, user, world);
  if (refusal) return refusal;
  const lock = lockOf(await world.store.barriers(app.name, environment.name), world.clock.now());
  if (!lock) return no({ kind: 'not-locked', app: app.name, environment: environment.name, wish: 'steal' });
  return lock.by === user ? no({ kind: 'already-locked', app: app.name, environment: environment.name, lock, mine: true }) : yes(lock);
}

/** An owner takes the lock over from its holder: exactly the one that they were shown. The old holder is told. */
export async function stealLock(wish: StealWish & { readonly barrier: string }, world: World): Promise<Answer<Barrier>> {
  const refusal = await refuseOthers(wish.app, wish.user, world);
  if (refusal) return refusal;
  const id = world.ids.next();
  return changeBarriers(wish, (barriers) => stolen(barriers, wish, id, world.clock.now()), world);
}

async function refuseOthers(app: App, user: string, world: World): Promise<ReturnType<typeof no> | undefined> {
  const isOwner = (await roleOf(user, app, world, true)) === 'owner';
  return isOwner ? undefined : no({ kind: 'not-owner', what: 'steal', owners: app.people.owners });
}

function stolen(barriers: Barriers, wish: StealWish & { readonly barrier: string }, id: string, at: number): Change<Barrier> {
  const { app, environment, user } = wish;
  const where = { app: app.name, environment: environment.name };
  const lock = lockOf(barriers, at);
  const shown = barriers.all.find((one) => one.id === wish.barrier);
  const wasTheirs = shown?.ended?.how === 'stolen' && shown.ended.by === user;
  if (lock && lock.by === user && lock.takenFrom !== undefined && wasTheirs) return { asItIs: lock };
  if (!lock) return { refusal: { kind: 'not-locked', ...where, wish: 'steal' } };
  if (lock.id !== wish.barrier || lock.by === 'jack.yml') return { refusal: { kind: 'already-locked', ...where, lock, mine: lock.by === user, ...(lock.by !== user && { maySteal: true }) } };
  const { takenFrom: _before, rollback: _whose, ...rest } = lock;
  const watchers = lock.watchers.filter((watcher) => watcher.user !== user);
  const taken: Barrier = { ...rest, id, by: user, since: at, until: wish.until ?? at + USUAL_MS, reason: wish.reason ?? lock.reason, takenFrom: lock.by, watchers, notes: [] };
  const told = withBarrierNote(taken, 'stolen', at, { kind: 'stolen', by: user, from: lock.by, ...(wish.reason !== undefined && { reason: wish.reason }) });
  const old: Barrier = { ...lock, watchers: [], ended: { at, how: 'stolen', by: user } };
  const fact = { at, who: user, what: 'lock.steal', on: { ...where, barrier: id }, outcome: 'done', rule: 'role:owner', detail: `from ${lock.by}: ${told.reason}` } as const;
  return { barriers: withBarrier(withBarrier(barriers, old), told), audit: [fact], value: told };
}
