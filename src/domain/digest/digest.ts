import type { Principal } from '../app.ts';
import type { AuditEntry } from '../audit.ts';
import type { Barrier } from '../barriers/barriers.ts';
import type { Time } from '../observation.ts';
import type { Release } from '../release.ts';
import type { DigestSpan } from './cut.ts';

/** What happened to one app in about a week. */
export interface Digest {
  readonly app: string;
  /** Slack channel id. */
  readonly channel: string;
  readonly span: DigestSpan;
  /** The line that the digest before named as the audit's end is not there any more, or is another one. */
  readonly isTornOff: boolean;
  /** Releases that came to an end, oldest first, as they are now. */
  readonly ended: readonly Release[];
  /** How many are on their way now. */
  readonly open: number;
  readonly glasses: readonly BrokenGlass[];
  readonly steals: readonly StolenLock[];
  /** Locks that have been in force for more than a day. */
  readonly longLocks: readonly { readonly environment: string; readonly lock: Barrier }[];
}

/** An owner let a release pass a gate. */
export interface BrokenGlass {
  readonly at: Time;
  readonly by: Principal;
  readonly environment: string;
  /** The release's number. */
  readonly release?: number;
  /** The gate's name as it was recorded. */
  readonly gate: string;
  /** Raw; views escape and cut it. */
  readonly reason: string;
}

/** An owner took a lock over from its holder. */
export interface StolenLock {
  readonly at: Time;
  readonly by: Principal;
  readonly from: Principal;
  readonly environment: string;
  /** Raw; views escape and cut it. */
  readonly reason: string;
}

/** A lock that lasts longer than this is worth a line. */
export const LONG_LOCK_MS = 24 * 3_600_000;

/** The numbers of the releases that ended in these lines, each once. */
export function endedIn(lines: readonly AuditEntry[]): readonly number[] {
  const numbers = lines.filter(({ what }) => what === 'release.end').flatMap(({ on }) => on.release ?? []);
  return [...new Set(numbers)];
}

/** `detail` is '<gate>: <reason>', as `glassFact` writes it. */
export function glassesIn(lines: readonly AuditEntry[]): readonly BrokenGlass[] {
  return lines.filter(({ what, outcome }) => what === 'gate.break-glass' && outcome === 'done').map(({ at, who, on, detail = '' }) => {
    const [, gate = '', reason = ''] = /^([a-z-]+): (.*)$/s.exec(detail) ?? [undefined, '', detail];
    return { at, by: who, environment: on.environment ?? '', ...(on.release !== undefined && { release: on.release }), gate, reason };
  });
}

/** `detail` is 'from <holder>: <reason>', as `stealLock` writes it. */
export function stealsIn(lines: readonly AuditEntry[]): readonly StolenLock[] {
  return lines.filter(({ what, outcome }) => what === 'lock.steal' && outcome === 'done').map(({ at, who, on, detail = '' }) => {
    const [, from = '', reason = ''] = /^from (\S+): (.*)$/s.exec(detail) ?? [undefined, '', detail];
    return { at, by: who, from, environment: on.environment ?? '', reason };
  });
}
