import type { Time } from '../observation.ts';
import type { DigestDue } from './weekly.ts';

/** A place in the audit, and when it was the end. */
export interface AuditMark {
  readonly at: Time;
  /** 0: before the first line. */
  readonly seq: number;
  /** Of the line with that number; absent where there is none. */
  readonly hash?: string;
}

/** What a digest tells of: the lines after `from`, up to and with `to`. Each line belongs to one digest, however late that is. */
export interface DigestSpan {
  readonly from: AuditMark;
  readonly to: AuditMark;
}

/** The newest digest that was decided on; written down before it is posted, so that a repeat says the same. */
export interface DigestCut extends DigestSpan {
  /** When it was due; of the first one, when Jack first saw the app. */
  readonly due: Time;
  /** The local date by which it is known. Absent: none has been due yet. */
  readonly week?: string;
}

/**
 * The digest that should stand now. One that was never posted is left to the next, which tells of its lines too; after
 * a long absence only the newest is made. `end` is the audit's end now.
 */
export function nextCut(known: DigestCut | undefined, isPosted: boolean, last: DigestDue, end: AuditMark): DigestCut {
  if (!known) return { due: end.at, from: end, to: end };
  if (last.at <= known.due || last.date === known.week) return known;
  return { due: last.at, week: last.date, from: isPosted ? known.to : known.from, to: end };
}
