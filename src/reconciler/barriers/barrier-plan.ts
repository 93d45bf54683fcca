import type { AuditFact } from '../../domain/audit.ts';
import { isInForce, lastOver, lockOf, freezesOf, withBarrier, withBarrierNote, type Barrier, type BarrierNoteKind, type Barriers } from '../../domain/barriers/barriers.ts';
import type { App, Principal } from '../../domain/app.ts';
import { freezeInForce } from '../../domain/barriers/in-force.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Time } from '../../domain/observation.ts';

/** What comes next: the barriers as they should be recorded, what the audit has to say of it, and at most one effect. */
export interface BarrierPlan {
  readonly barriers: Barriers;
  readonly audit: readonly AuditFact[];
  readonly effect?: { readonly effect: Effect; readonly by?: Principal };
  /** A release changes a transition at this moment: look again soon. */
  readonly soon?: true;
}

/** The barrier for which transitions are closed: the lock before the freezes, and of these the one that lasts longest. */
export function bearing(barriers: Barriers, now: Time): Barrier | undefined {
  return lockOf(barriers, now) ?? freezesOf(barriers, now)[0];
}

/** The barrier whose end was the last: who ended it is asked. */
export function lastEnded({ all }: Barriers): Barrier | undefined {
  return lastOver(all.filter((one) => one.ended !== undefined));
}

/** Somebody's word, or nobody's: a window of jack.yml begins by itself. */
export function personOf(by: Barrier['by'] | undefined): Principal | undefined {
  return by === 'jack.yml' ? undefined : by;
}

/** The same with a note in the thread of this barrier; a repeat changes nothing. */
export function noted(barriers: Barriers, id: string | undefined, key: string, at: Time, what: BarrierNoteKind): Barriers {
  const barrier = barriers.all.find((one) => one.id === id);
  return barrier ? withBarrier(barriers, withBarrierNote(barrier, key, at, what)) : barriers;
}

export function isAnyInForce(barriers: Barriers, now: Time): boolean {
  return barriers.all.some((one) => isInForce(one, now));
}

/** Whether it is closed now: also by a window of jack.yml that has begun and that nobody has noted yet, as after an absence. */
export function isClosed(barriers: Barriers, { app, now }: { readonly app: App; readonly now: Time }): boolean {
  return isAnyInForce(barriers, now) || freezeInForce(barriers, app.freezes ?? [], now) !== undefined;
}
