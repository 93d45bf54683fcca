import type { Barriers } from './barriers.ts';

/** A rollback that is only being added has no number yet: its barrier says 0 until then. */
export function withRollbackNumber(barriers: Barriers, number: number): Barriers {
  return { ...barriers, all: barriers.all.map((one) => (one.rollback === 0 ? { ...one, rollback: number } : one)) };
}
