import type { FreezeInForce } from '../gates/gate.ts';
import type { Time } from '../observation.ts';
import { freezesOf, isInForce, lockOf, type Barrier, type Barriers } from './barriers.ts';
import { occurrencesAt, withoutThawed } from './calendar.ts';
import { passKey, windowKey } from './pass-key.ts';
import type { PlannedFreeze } from './planned-freeze.ts';

/** So many freezes in a row count as for ever. */
const MOST_IN_A_ROW = 400;

/**
 * The freeze that holds now, declared or by a window, and the first moment without any. Of several the one that lasts
 * longest. A window freezes from its time on, whether or not anybody has noted its begin.
 */
export function freezeInForce(barriers: Barriers, windows: readonly PlannedFreeze[], now: Time): FreezeInForce | undefined {
  const all = freezesAt(barriers, windows, now);
  const [longest] = all;
  if (!longest) return undefined;
  const nextAllowed = firstWithout(barriers, windows, longest.until);
  const keys = [...new Set(all.flatMap((one) => one.keys))];
  return { ...longest, keys, ...(nextAllowed !== undefined && { nextAllowed }) };
}

function firstWithout(barriers: Barriers, windows: readonly PlannedFreeze[], from: Time): Time | undefined {
  let at = from;
  for (let row = 0; row < MOST_IN_A_ROW; row += 1) {
    const [longest] = freezesAt(barriers, windows, at);
    if (!longest) return at;
    at = longest.until;
  }
  return undefined;
}

/** The one that lasts longest first. */
function freezesAt(barriers: Barriers, windows: readonly PlannedFreeze[], at: Time): readonly (FreezeInForce & { readonly keys: readonly string[] })[] {
  const declared = freezesOf(barriers, at).map((one) => ({ by: one.by, reason: one.reason, since: one.since, until: one.until, keys: [passKey(one, barriers.environment)] }));
  const ofWindows = withoutThawed(occurrencesAt(windows, barriers.environment, at), barriers.thawed).map(({ window, from, until }) => ({ by: 'jack.yml', reason: window, since: from, until, keys: [windowKey(window, from, barriers.environment)] }));
  return [...declared, ...ofWindows].sort((a, b) => b.until - a.until);
}

/** The barrier that a button was made for, while it is in force; for a lock that ended, the one that holds in its place. */
export function inPlaceOf(id: string, barriers: Barriers, now: Time): Barrier | undefined {
  const shown = barriers.all.find((one) => one.id === id);
  if (shown && isInForce(shown, now)) return shown;
  return shown?.kind === 'lock' ? lockOf(barriers, now) : undefined;
}
