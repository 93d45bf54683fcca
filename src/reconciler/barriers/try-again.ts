import { isInForce, type BarrierHold, type Barriers, type RefusedByAws } from '../../domain/barriers/barriers.ts';
import type { Time } from '../../domain/observation.ts';

/** After AWS's first no; doubled with each one more. */
const FIRST_MS = 5 * 60_000;
const LONGEST_MS = 3_600_000;
/** Enough to know the same words again. Characters. */
const TEXT_MAX = 400;

/** Whether AWS said no a while ago only, and the same locks and freezes are in force: nothing speaks for another answer yet. */
export function isToldNo({ tried }: BarrierHold, barriers: Barriers, now: Time): boolean {
  return tried !== undefined && tried.under === whatIsInForce(barriers, now) && now < tried.at + Math.min(LONGEST_MS, FIRST_MS * 2 ** (tried.times - 1));
}

/** AWS said no, once more. */
export function oneMoreNo(before: BarrierHold | undefined, text: string, barriers: Barriers, now: Time): RefusedByAws {
  return { at: now, times: (before?.tried?.times ?? 0) + 1, text: text.slice(0, TEXT_MAX), under: whatIsInForce(barriers, now) };
}

/** The same answer as the last time: it is told and audited already. */
export function isSameNo(before: BarrierHold | undefined, text: string): boolean {
  return before?.tried?.text === text.slice(0, TEXT_MAX);
}

/** Changes when one begins, ends, or is said anew. */
function whatIsInForce({ all }: Barriers, now: Time): string {
  return all.filter((one) => isInForce(one, now)).map(({ id, until }) => `${id}@${until}`).join(' ');
}
