import type { FreezeInForce } from '../gates/gate.ts';
import type { Time } from '../observation.ts';
import { freezesOf, type Barriers } from './barriers.ts';
import { occurrencesAt, withoutThawed } from './calendar.ts';
import type { PlannedFreeze } from './planned-freeze.ts';

/** So many freezes in a row count as for ever. */
const MOST_IN_A_ROW = 400;

/**
 * The freeze that holds now, declared or by a window, and the first moment without any. Of several the one that lasts
 * longest. A window freezes from its time on, whether or not anybody has noted its begin.
 */
export function freezeInForce(barriers: Barriers, windows: readonly PlannedFreeze[], now: Time): FreezeInForce | undefined {
  const [longest] = freezesAt(barriers, windows, now);
  if (!longest) return undefined;
  const nextAllowed = firstWithout(barriers, windows, longest.until);
  return { ...longest, ...(nextAllowed !== undefined && { nextAllowed }) };
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
function freezesAt(barriers: Barriers, windows: readonly PlannedFreeze[], at: Time): readonly FreezeInForce[] {
  const declared = freezesOf(barriers, at).map(({ by, reason, since, until }) => ({ by, reason, since, until }));
  const ofWindows = withoutThawed(occurrencesAt(windows, barriers.environment, at), barriers.thawed).map(({ window, from, until }) => ({ by: 'jack.yml', reason: window, since: from, until }));
  return [...declared, ...ofWindows].sort((a, b) => b.until - a.until);
}
