import type { AuditEntry, AuditHead } from '../audit.ts';
import { BEFORE_THE_FIRST, hashOf, type Hash } from './chain.ts';

/** What is wrong with the first line that cannot stand as it does. */
export type AuditDefect =
  /** The line does not match its own hash. */
  | 'changed'
  /** Lines before it are missing: its number is too high. */
  | 'removed'
  /** Its number stood there before, or is none. */
  | 'reordered'
  /** It is whole, but follows another line than the one that stands before it. */
  | 'foreign'
  /** The chain ends too early: a line that was noted, or counted, is not there any more. */
  | 'cut-off'
  /** Another line stands where the head was noted. */
  | 'other-head'
  /** It and those behind it are whole, and were put in without being counted. */
  | 'uncounted'
  /** The counter that gives the lines their numbers is gone. */
  | 'no-counter';

export type AuditVerdict =
  | { readonly ok: true; readonly head: AuditHead | undefined }
  | { readonly ok: false; readonly seq: number; readonly defect: AuditDefect; /** The last line that is in order. */ readonly last: AuditHead | undefined };

/** What is known of the chain from elsewhere: without it a tail that was cut off leaves no trace in the lines. */
export interface Noted {
  /** As it was logged, or told in Slack. */
  readonly head?: AuditHead;
  /** How many lines were ever written. */
  readonly count?: number;
}

/** The counter, as it stood after the last line was read: each line was counted in the transaction that wrote it. */
export interface Counter {
  /** Undefined: it is gone. */
  readonly value: number | undefined;
}

/** Whether these lines, all from the first on, are a chain that nobody changed. Names the first line that is wrong. */
export function verifyAudit(lines: Iterable<AuditEntry>, hash: Hash, noted: Noted = {}, counter?: Counter): AuditVerdict {
  const check = auditCheck(hash, noted);
  for (const line of lines) {
    const found = check.next(line);
    if (found) return found;
  }
  return check.end(counter);
}

/** The same, line by line: for an audit that does not fit into memory. */
export function auditCheck(hash: Hash, { head, count = 0 }: Noted): { next(line: AuditEntry): Exclude<AuditVerdict, { ok: true }> | undefined; end(counter?: Counter): AuditVerdict } {
  let last: AuditHead | undefined;
  return {
    next(line) {
      const defect = defectOf(line, last, hash) ?? (head?.seq === line.seq && head.hash !== line.hash ? 'other-head' : undefined);
      if (defect) return { ok: false, seq: line.seq, defect, last };
      last = { seq: line.seq, hash: line.hash };
      return undefined;
    },
    end(counter) {
      const reached = last?.seq ?? 0;
      if (Math.max(head?.seq ?? 0, count) > reached) return { ok: false, seq: reached + 1, defect: 'cut-off', last };
      if (counter && counter.value === undefined) return { ok: false, seq: reached + 1, defect: 'no-counter', last };
      if (counter?.value !== undefined && counter.value < reached) return { ok: false, seq: counter.value + 1, defect: 'uncounted', last };
      return { ok: true, head: last };
    },
  };
}

function defectOf(line: AuditEntry, last: AuditHead | undefined, hash: Hash): AuditDefect | undefined {
  const expected = (last?.seq ?? 0) + 1;
  if (line.hash !== hashOf(line, hash)) return 'changed';
  if (line.seq > expected) return 'removed';
  if (line.seq !== expected) return 'reordered';
  return line.previous === (last?.hash ?? BEFORE_THE_FIRST) ? undefined : 'foreign';
}
