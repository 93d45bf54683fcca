import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../ports.ts';

/** Bolt refuses what is older than five minutes and takes anything from the future; clocks differ by less than this. */
const FUTURE_SKEW_S = 60;
/** A signature lives five minutes; remembered for twice that. */
const REMEMBER_MS = 10 * 60_000;

export type Admission =
  /** `settle` must be told whether the signature proved right: only then is it remembered. */
  | { readonly kind: 'admitted'; settle(good: boolean): void }
  | { readonly kind: 'refused'; readonly reason: string };

/** Refuses deliveries that are dated ahead of now, and those whose signature was seen before. */
export function replayGuard(clock: Clock): (headers: IncomingHttpHeaders) => Admission {
  const seen = new Map<string, number>();

  return (headers) => {
    const now = clock.now();
    const stamp = Number(headers['x-slack-request-timestamp']);
    const signature = String(headers['x-slack-signature'] ?? '');
    if (stamp * 1000 > now + FUTURE_SKEW_S * 1000) return { kind: 'refused', reason: 'dated ahead of now' };
    forgetOld(seen, now);
    if (signature !== '' && seen.has(signature)) return { kind: 'refused', reason: 'seen before' };
    if (signature !== '') seen.set(signature, now);
    return {
      kind: 'admitted',
      settle: (good) => {
        if (!good) seen.delete(signature);
      },
    };
  };
}

/** Maps keep the order of insertion: the oldest are first. */
function forgetOld(seen: Map<string, number>, now: number): void {
  for (const [signature, at] of seen) {
    if (now - at < REMEMBER_MS) return;
    seen.delete(signature);
  }
}
