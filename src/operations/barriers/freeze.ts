import type { App, Environment } from '../../domain/app.ts';
import { isInForce, LONGEST_LOCK_MS, withBarrier, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { no, type Answer } from '../../domain/refusal.ts';
import type { World } from '../../ports.ts';
import { roleOf } from '../role.ts';
import { changeBarriers, type Change } from './change-barriers.ts';
import { USUAL_MS } from './take-lock.ts';

export interface FreezeWish {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  /** Absent: as it is, and the usual time for a new one. */
  readonly until?: number;
  /** When they said it: a repeat reads the same. Absent: now. */
  readonly at?: number;
  readonly reason?: string;
}

/** `changed`: it was the caller's own already, and its time or reason is new. */
export interface Frozen {
  readonly freeze: Barrier;
  readonly how: 'set' | 'changed' | 'as-it-was';
}

/** An owner declares a time in which nothing goes. Whoever declared one already says a new time or reason; a repeat of the same changes nothing. */
export async function freeze(wish: FreezeWish, world: World): Promise<Answer<Frozen>> {
  const { app, user } = wish;
  if ((await roleOf(user, app, world, true)) !== 'owner') return no({ kind: 'not-owner', what: 'freeze', owners: app.people.owners });
  const id = world.ids.next();
  return changeBarriers(wish, (barriers) => frozen(barriers, wish, id, world.clock.now()), world);
}

function frozen(barriers: Barriers, { app, environment, user, reason = '', ...said }: FreezeWish, id: string, at: number): Change<Frozen> {
  const own = barriers.all.findLast((one) => one.kind === 'freeze' && one.by === user && one.window === undefined && isInForce(one, at));
  const until = said.until ?? own?.until ?? (said.at ?? at) + USUAL_MS;
  if (own?.until === until && (reason === '' || own.reason === reason)) return { asItIs: { freeze: own, how: 'as-it-was' } };
  if (own && until > own.since + LONGEST_LOCK_MS) return { refusal: { kind: 'bad-time', words: new Date(until).toISOString().slice(0, 16), allowed: 'at most 30 days from when it began; thaw it first' } };
  const set: Barrier = own ? { ...own, until, reason: reason === '' ? own.reason : reason } : { id, kind: 'freeze', by: user, since: at, until, reason, watchers: [], notes: [] };
  const fact = { at, who: user, what: 'freeze.set', on: { app: app.name, environment: environment.name, barrier: set.id }, outcome: 'done', rule: 'role:owner', ...(reason !== '' && { detail: reason.slice(0, 1000) }) } as const;
  return { barriers: withBarrier(barriers, set), audit: [fact], value: { freeze: set, how: own ? 'changed' : 'set' } };
}
