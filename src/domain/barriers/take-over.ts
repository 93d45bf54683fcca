import { holderOf } from '../effect.ts';
import { barrierIn } from './barriers.ts';

/**
 * Whether a transition that is disabled for `present` may be disabled again for `wanted`, so that AWS shows that reason.
 * A barrier takes over what Jack holds for a release or for another barrier; a release only another release's: what a
 * barrier holds stays closed for longer. Anybody else's reason stays; `foreign`: those that only read like Jack's.
 */
export function mayTakeOver(wanted: string, present: string, foreign: readonly string[] = []): boolean {
  if (foreign.includes(present)) return false;
  if (holderOf(present) !== undefined) return true;
  return barrierIn(present) !== undefined && barrierIn(wanted) !== undefined;
}
