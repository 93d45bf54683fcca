import type { Closed } from '../gates/gate.ts';
import type { Time } from '../observation.ts';
import type { Pass } from '../release.ts';
import type { Barrier } from './barriers.ts';

/**
 * What a pass names: the very lock or freeze that it is for, so that it opens no later one. A time that a window of
 * jack.yml comes to pass in an environment has the same key before and after somebody noted its begin.
 */
export function passKey({ id, window, since }: Pick<Barrier, 'id' | 'window' | 'since'>, environment: string): string {
  return window === undefined ? id : windowKey(window, since, environment);
}

export function windowKey(window: string, from: Time, environment: string): string {
  return `window:${environment}:${window}@${from}`;
}

/** The keys of the lock or of the freezes that keep a gate closed; empty: it is kept closed by something else. */
export function keysOf(closed: Closed): readonly string[] {
  if (closed.because === 'locked') return [closed.barrierId];
  return closed.because === 'frozen' ? (closed.freeze.keys ?? []) : [];
}

/** Whether an owner let pass every one of these, and there is one. */
export function passesAll(keys: readonly string[], gate: Pass['gate'], passes: readonly Pass[] | undefined): boolean {
  const passed = new Set((passes ?? []).filter((pass) => pass.gate === gate).flatMap(({ barriers }) => barriers ?? []));
  return keys.length > 0 && keys.every((key) => passed.has(key));
}
