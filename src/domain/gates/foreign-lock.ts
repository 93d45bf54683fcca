import { barrierIn, type Barriers } from '../barriers/barriers.ts';
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

/** Jack knows its own by the id in the reason alone: one that reads like Jack's, with an id that is not `known`, is somebody else's. Without `known` every id counts. */
export function isForeign({ reason }: Pick<DisabledTransition, 'reason'>, known?: ReadonlySet<string>): boolean {
  const id = barrierIn(reason);
  return id === undefined ? holderOf(reason) === undefined : known?.has(id) === false;
}

/** The ids of locks and freezes that Jack knows of, in force, ended, or held for. Undefined, all count: they could not be read. */
export function knownBarriers(environments: readonly (Pick<Barriers, 'all' | 'holds'> | 'unknown')[]): ReadonlySet<string> | undefined {
  if (environments.includes('unknown')) return undefined;
  const read = environments.flatMap((one) => (one === 'unknown' ? [] : one));
  return new Set(read.flatMap(({ all, holds }) => [...all.map(({ id }) => id), ...holds.flatMap(({ reason }) => barrierIn(reason) ?? [])]));
}
