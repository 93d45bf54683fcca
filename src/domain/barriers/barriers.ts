import type { Principal } from '../app.ts';
import type { Intent } from '../effect.ts';
import type { Time } from '../observation.ts';

/**
 * All that keeps releases out of one environment by people's word: its lock, its freezes, and the transitions that Jack
 * holds for them. One JSON document for each environment, saved compare-and-set on `version`.
 */
export interface Barriers {
  readonly app: string;
  readonly environment: string;
  /** 0: nothing has been saved yet. */
  readonly version: number;
  /** In force and ended, oldest first; at most one lock is in force. Ended ones go once their thread says so and newer ones came. */
  readonly all: readonly Barrier[];
  /** Occurrences of freeze windows that somebody thawed: they freeze nothing any more. */
  readonly thawed: readonly { readonly window: string; readonly from: Time; readonly until: Time; readonly by: Principal; readonly at: Time }[];
  /** Transitions that Jack disabled for a lock or a freeze. */
  readonly holds: readonly BarrierHold[];
  /** No barrier is in force any more, and these releases, which Jack itself holds (`flowId`), are asked about in the thread of the one that ended last. */
  readonly kept?: { readonly asked: readonly string[]; /** The lock in force, which is their own and keeps none of them out. */ readonly despite?: string };
  /** An effect that was written down and is not known yet to have happened. */
  readonly intent?: Intent;
}

/** A lock (one person holds the environment) or a freeze (a time in which nothing goes). Each has a thread of its own. */
export interface Barrier {
  /** UUID; stands in the reason that AWS shows, and by it Jack knows its own. */
  readonly id: string;
  readonly kind: 'lock' | 'freeze';
  /** Who took or declared it; 'jack.yml' for a freeze window. */
  readonly by: Principal;
  readonly since: Time;
  /** Locks: at most 30 days after `since`, for AWS resumes nothing after that. */
  readonly until: Time;
  /** Raw; views escape and cut it. */
  readonly reason: string;
  /** The freeze window's name in jack.yml. */
  readonly window?: string;
  /** Taken by this rollback (its number), for its caller. */
  readonly rollback?: number;
  /** A rollback of the holder's (its number) made it last until `to` instead of `from`. Absent once that is over. */
  readonly lengthened?: { readonly rollback: number; readonly from: Time; readonly to: Time };
  /** Who held it before, when it was stolen. */
  readonly takenFrom?: Principal;
  /** Absent while in force. */
  readonly ended?: BarrierEnd;
  /** Who wants to be told when the environment is free. */
  readonly watchers: readonly { readonly user: Principal; readonly at: Time }[];
  /** What happened, oldest first: the replies of its thread. Append-only; each has a key of its own. */
  readonly notes: readonly BarrierNote[];
}

export interface BarrierEnd {
  readonly at: Time;
  /** not-needed: the rollback that took it changed nothing. */
  readonly how: 'unlocked' | 'stolen' | 'expired' | 'thawed' | 'over' | 'not-needed';
  readonly by?: Principal;
  /** Executions that whoever ended it was shown and agreed to let in. Nothing else flows in unasked. */
  readonly agreed?: readonly string[];
}

/** A transition that Jack holds closed for the environment. Reasons carry the id of the barrier for which it was closed. */
export interface BarrierHold {
  readonly pipeline: string;
  readonly stage: string;
  readonly reason: string;
  /**
   * held: seen disabled for our reason. drifted: somebody enabled it, and it is to be put back once. left: enabled a
   * second time, so Jack leaves it and warns. refused: AWS did not let Jack disable it. stuck: AWS did not let Jack enable it.
   * ajar: enabled while a barrier is in force, for exactly what an owner let pass; disabled again behind it.
   */
  readonly state: 'held' | 'drifted' | 'left' | 'refused' | 'stuck' | 'ajar';
  /** It was put back after somebody had enabled it: not twice. */
  readonly putBack?: true;
  /** No barrier is in force any more, and these wait in front: somebody has been asked whether they may flow in. */
  readonly asked?: readonly string[];
  /** Somebody said yes to these. */
  readonly agreed?: readonly string[];
  /** It was closed a moment ago, and what came in before is still to be named; or something inside has an approval that Jack does not know yet. */
  readonly lookInside?: true;
  /** Executions that somebody retried in AWS since it was looked inside last: no transition holds a stage that is retried. */
  readonly retried?: readonly string[];
  /** refused and stuck: AWS's last no. It is asked again, ever more seldom. */
  readonly tried?: RefusedByAws;
}

export interface RefusedByAws {
  readonly at: Time;
  /** So many in a row. */
  readonly times: number;
  /** AWS's words, cut. */
  readonly text: string;
  /** The locks and freezes that were in force then: with others AWS is asked at once. */
  readonly under: string;
}

export interface BarrierNote {
  readonly key: string;
  readonly at: Time;
  readonly what: BarrierNoteKind;
}

export interface StoppedAtBarrier {
  readonly number: number;
  readonly executionId: string;
  /** Its revision, briefly. */
  readonly what: string;
}

export type BarrierNoteKind =
  /** Executions that were inside the stage already when it was taken, or, `late`, came in while the way stood open or were retried there: they are not held. `deploying`: its deployment there had begun, which a rollback aborts or awaits itself. */
  | { readonly kind: 'inside'; readonly late?: true | 'retried'; readonly releases: readonly { readonly number?: number; readonly executionId: string; readonly approvalId?: string; readonly deploying?: true; readonly what: string }[] }
  | { readonly kind: 'nag'; readonly count: number }
  | { readonly kind: 'asked-for'; readonly by: Principal }
  | { readonly kind: 'stolen'; readonly by: Principal; readonly from: Principal; readonly reason?: string }
  /** AWS refused to disable or to enable: the rule in Slack holds all the same. */
  | { readonly kind: 'refused-by-aws'; readonly what: 'hold' | 'free'; readonly pipeline: string; readonly stage: string; readonly text: string }
  /** At last AWS let Jack do what it had refused. */
  | { readonly kind: 'allowed-by-aws'; readonly what: 'hold' | 'free'; readonly pipeline: string; readonly stage: string }
  | { readonly kind: 'foreign'; readonly pipeline: string; readonly stage: string; readonly reason: string; readonly by?: string }
  | { readonly kind: 'drift'; readonly pipeline: string; readonly stage: string; readonly by?: string; /** put-back: Jack disables it again. left: the second time. */ readonly next: 'put-back' | 'left' }
  /** It ended, and this waits in front of the stage: may it flow in? */
  | { readonly kind: 'may-flow-in'; readonly pipeline: string; readonly stage: string; readonly waiting: readonly { readonly executionId: string; readonly number?: number; readonly what: string }[] }
  /** It ended, and Jack itself holds these: may they go on? `executionId` is the `flowId`. */
  | { readonly kind: 'may-go-on'; readonly waiting: readonly { readonly executionId: string; readonly number: number; readonly what: string; readonly by?: Principal }[] }
  /** `executionIds`: executions, and releases that have none (`flowId`). */
  | { readonly kind: 'let-in'; readonly by: Principal; readonly executionIds: readonly string[]; /** Of the releases, where all have one and no question named them before. */ readonly numbers?: readonly number[] }
  /** Somebody had these cancelled that waited when it ended, or was unlocked. `executionId` is the `flowId`. */
  | { readonly kind: 'stopped'; readonly by: Principal; readonly releases: readonly StoppedAtBarrier[] }
  /** The holder's own rollback made it last at least as long as a new lock would; and it lasts as before again where that changed nothing. */
  | { readonly kind: 'lengthened' | 'as-before'; readonly rollback: number; readonly until: Time }
  | { readonly kind: 'ended' };

/** The lock that is in force. */
export function lockOf({ all }: Pick<Barriers, 'all'>, now: Time): Barrier | undefined {
  return all.findLast((one) => one.kind === 'lock' && isInForce(one, now));
}

/** Freezes in force that somebody declared or a window began; the one that lasts longest first. */
export function freezesOf({ all }: Pick<Barriers, 'all'>, now: Time): readonly Barrier[] {
  return all.filter((one) => one.kind === 'freeze' && isInForce(one, now)).sort((a, b) => b.until - a.until);
}

/** It holds from the moment it was recorded until its time is over, whether or not anybody has noted its end. */
export function isInForce(barrier: Pick<Barrier, 'ended' | 'until'>, now: Time): boolean {
  return barrier.ended === undefined && now < barrier.until;
}

/** Of barriers that are over the one that ended last. */
export function lastOver(over: readonly Barrier[]): Barrier | undefined {
  return over.reduce<Barrier | undefined>((last, one) => (last && endOf(last) > endOf(one) ? last : one), undefined);
}

/** When it ended, or will by its own time. */
export function endOf({ ended, until }: Pick<Barrier, 'ended' | 'until'>): Time {
  return ended?.at ?? until;
}

/** An environment that nothing has been put in front of. */
export function noBarriers(app: string, environment: string): Barriers {
  return { app, environment, version: 0, all: [], thawed: [], holds: [] };
}

/** The same with this barrier changed. */
export function withBarrier(barriers: Barriers, changed: Barrier): Barriers {
  const known = barriers.all.some((one) => one.id === changed.id);
  return { ...barriers, all: known ? barriers.all.map((one) => (one.id === changed.id ? changed : one)) : [...barriers.all, changed] };
}

/** Adds a note once: a repeat keeps the first, with its time. */
export function withBarrierNote(barrier: Barrier, key: string, at: Time, what: BarrierNoteKind): Barrier {
  return barrier.notes.some((note) => note.key === key) ? barrier : { ...barrier, notes: [...barrier.notes, { key, at, what }] };
}

/** The longest that a lock lasts. AWS does not resume an execution that a transition has held for longer. */
export const LONGEST_LOCK_MS = 30 * 24 * 3_600_000;

/** The reason that AWS shows, of characters that it takes: whose it is, until when, and the barrier's id. */
export function barrierReason(barrier: Pick<Barrier, 'id' | 'kind'>, environment: string): string {
  return `Jack ${barrier.kind} of ${environment} (${barrier.kind} ${barrier.id})`;
}

/** The id of the barrier for which Jack holds a transition; undefined when the reason is not a barrier's. */
export function barrierIn(reason: string): string | undefined {
  return /^Jack (lock|freeze) of .+ \(\1 ([0-9a-f-]{36})\)$/.exec(reason)?.[2];
}
