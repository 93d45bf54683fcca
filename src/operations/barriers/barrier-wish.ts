import type { App, Environment } from '../../domain/app.ts';
import type { AuditFact } from '../../domain/audit.ts';
import { LONGEST_LOCK_MS, type Barrier } from '../../domain/barriers/barriers.ts';
import type { Refusal } from '../../domain/refusal.ts';

/** How long a lock or a freeze lasts when nobody says. */
export const USUAL_MS = 24 * 3_600_000;

/** Somebody wants to keep releases out: a lock or a freeze of their own. */
export interface BarrierWish {
  readonly app: App;
  readonly environment: Environment;
  readonly user: string;
  /** Absent: they have it already, and the reason stays. */
  readonly reason?: string;
  /** Absent: as it is, and the usual time for a new one. */
  readonly until?: number;
  /** When they said it: a repeat reads the same. Absent: now. */
  readonly at?: number;
}

/** `own`: what they have already. */
export function untilOf({ until, at }: BarrierWish, own: Barrier | undefined, now: number): number {
  return until ?? own?.until ?? (at ?? now) + USUAL_MS;
}

/** A new time counts from when it began: AWS resumes nothing that was held for longer. `first`: what makes room for another one. */
export function refuseTooLong({ since }: Barrier, until: number, first: string): Refusal | undefined {
  if (until <= since + LONGEST_LOCK_MS) return undefined;
  return { kind: 'bad-time', words: new Date(until).toISOString().slice(0, 16), allowed: `at most 30 days from when it began; ${first}` };
}

/** The line of the audit for what came of the wish. `detail`: raw words. */
export function factOfWish({ app, environment, user }: BarrierWish, barrier: Barrier, deed: Pick<AuditFact, 'at' | 'what' | 'rule' | 'detail'>): AuditFact {
  return { ...deed, who: user, on: { app: app.name, environment: environment.name, barrier: barrier.id }, outcome: 'done' };
}
