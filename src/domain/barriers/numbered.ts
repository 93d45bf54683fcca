import type { Barrier, Barriers } from './barriers.ts';

/** A rollback that is only being added has no number yet: its barrier, or what makes one last longer, says 0 until then. */
export function withRollbackNumber(barriers: Barriers, number: number): Barriers {
  return { ...barriers, all: barriers.all.map((one) => numbered(one, number)) };
}

function numbered(barrier: Barrier, number: number): Barrier {
  const { rollback, lengthened } = barrier;
  return { ...barrier, ...(rollback === 0 && { rollback: number }), ...(lengthened?.rollback === 0 && { lengthened: { ...lengthened, rollback: number } }) };
}
