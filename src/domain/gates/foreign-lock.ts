import { barrierIn } from '../barriers/barriers.ts';
import { holderOf } from '../effect.ts';
import type { DisabledTransition } from '../observation.ts';
import { passable } from './gate.ts';

/** Somebody outside Slack closed the way into a stage. Opened where it was closed: Jack never enables what it has not disabled. */
export const foreignLockGate = passable({
  name: 'foreign-lock',
  examine({ foreign }) {
    if (foreign === 'unknown') return { gate: 'foreign-lock', open: false, manner: 'refuses', because: 'unknown' };
    if (foreign === undefined || foreign.length === 0) return { gate: 'foreign-lock', open: true };
    return { gate: 'foreign-lock', open: false, manner: 'refuses', because: 'held-elsewhere', transitions: foreign };
  },
});

/** Jack knows its own by the id in the reason alone. */
export function isForeign({ reason }: Pick<DisabledTransition, 'reason'>): boolean {
  return barrierIn(reason) === undefined && holderOf(reason) === undefined;
}
