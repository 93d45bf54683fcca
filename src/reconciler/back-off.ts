import { Fault } from '../domain/faults.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait after a fault: 1 s doubling to 60 s, less up to a quarter so that many do not come back at once,
 * never less than what the other side asked for. What cannot be mended by trying again is tried at the slowest pace:
 * a person may have mended it.
 */
export function backOff(error: unknown, faultsBefore: number, random: () => number = Math.random): number {
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(faultsBefore, 10));
  const hopeless = !(error instanceof Fault) || !error.retryable;
  const base = hopeless && faultsBefore > 0 ? LONGEST_MS : doubled;
  const asked = error instanceof Fault ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(asked, Math.round(base * (1 - random() / 4)));
}
