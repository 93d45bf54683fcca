import type { Kysely, Transaction } from 'kysely';

/**
 * The tables, alike in both engines. Times are integer epoch milliseconds, documents are JSON as text, truths are 0 or
 * 1: so no query differs between SQLite and PostgreSQL. The migrations make what stands here.
 */
export interface Tables {
  readonly sequences: SequenceRow;
  readonly releases: ReleaseRow;
  readonly release_approvals: ReleaseApprovalRow;
  readonly running_versions: RunningVersionRow;
  readonly messages: MessageRow;
  readonly said: SaidRow;
  readonly notes: NoteRow;
  readonly due_work: DueWorkRow;
  readonly barriers: BarriersRow;
  readonly audit: AuditRow;
}

/** Counters; 'release' and 'audit' are the last numbers given. The row's lock puts those who add in line. */
export interface SequenceRow {
  readonly name: string;
  readonly value: number;
}

/** `document` is the whole release; the other columns are its own fields again, to find it by. */
export interface ReleaseRow {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly app: string;
  readonly environment: string;
  /** 1 until the release is over. */
  readonly open: number;
  readonly status: string;
  readonly pipeline: string | null;
  readonly execution_id: string | null;
  readonly request_id: string | null;
  readonly document: string;
}

/** Which release asked for which approval. Never removed: an old card's button still finds its release. */
export interface ReleaseApprovalRow {
  readonly approval_id: string;
  readonly release_id: string;
}

export interface RunningVersionRow {
  readonly app: string;
  readonly environment: string;
  readonly label: string;
  readonly since: number;
  readonly document: string;
}

export interface MessageRow {
  readonly owner: string;
  readonly key: string;
  readonly channel: string;
  readonly ts: string | null;
  readonly document: string;
}

export interface SaidRow {
  readonly id: string;
  readonly at: number;
  readonly document: string;
  /** Null until the handler has finished with it. */
  readonly outcome: string | null;
}

export interface NoteRow {
  readonly key: string;
  readonly value: string;
  /** Null: kept. */
  readonly forget_at: number | null;
}

/** Never removed: `epoch` must go on counting for as long as anybody could hold an old claim. */
export interface DueWorkRow {
  readonly key: string;
  /** Null: nothing to do until the next nudge. While claimed: when it was claimed. */
  readonly due_at: number | null;
  readonly nudges: number;
  readonly epoch: number;
  readonly faults: number;
  readonly owner: string | null;
  readonly lease_until: number;
}

/** One for each environment that anything was ever put in front of. */
export interface BarriersRow {
  readonly app: string;
  readonly environment: string;
  readonly version: number;
  readonly document: string;
}

/** Triggers refuse to change or remove a row. `document` is the line without `seq` and `hash`. */
export interface AuditRow {
  readonly seq: number;
  /** The release's short number, to find its lines by. */
  readonly release: number | null;
  readonly hash: string;
  readonly document: string;
}

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
