import { barrierIn, type Barriers } from '../barriers/barriers.ts';
import { holderOf, holdIn } from '../effect.ts';
import type { DisabledTransition } from '../observation.ts';
import type { Release } from '../release.ts';
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
  const id = barrierIn(reason) ?? holdIn(reason)?.id;
  return id === undefined || known?.has(id) === false;
}

/** Whether it says that it is Jack's, whoever wrote it. */
export function readsLikeJacks({ reason }: Pick<DisabledTransition, 'reason'>): boolean {
  return barrierIn(reason) !== undefined || holderOf(reason) !== undefined;
}

/** The numbers of the releases that these are held for, as far as they say the truth: they are looked up for `knownIds`. */
export function holdersOf(disabled: readonly Pick<DisabledTransition, 'reason'>[]): readonly number[] {
  return [...new Set(disabled.flatMap(({ reason }) => holderOf(reason) ?? []))];
}

/**
 * The ids that Jack knows as its own: of locks and freezes, in force, ended, or held for, and of the releases that the
 * reasons name. Undefined, all count: something could not be read.
 */
export function knownIds(environments: readonly (Pick<Barriers, 'all' | 'holds'> | 'unknown')[], holders: readonly (Pick<Release, 'id'> | undefined | 'unknown')[]): ReadonlySet<string> | undefined {
  if (environments.includes('unknown') || holders.includes('unknown')) return undefined;
  const barriers = environments.flatMap((one) => (one === 'unknown' ? [] : one));
  const releases = holders.flatMap((one) => (one === undefined || one === 'unknown' ? [] : one.id));
  return new Set([...releases, ...barriers.flatMap(({ all, holds }) => [...all.map(({ id }) => id), ...holds.flatMap(({ reason }) => barrierIn(reason) ?? [])])]);
}
