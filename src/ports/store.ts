import type { AuditEntry, AuditFact, AuditHead } from '../domain/audit.ts';
import type { Barriers } from '../domain/barriers/barriers.ts';
import type { Time } from '../domain/observation.ts';
import type { Release } from '../domain/release.ts';
import type { RunningVersion } from '../domain/running-version.ts';
import type { PostedMessage } from '../views/message.ts';
import type { Said } from './slack.ts';

/** Everything durable. Each method is one transaction; none makes a remote call. */
export interface Store {
  // releases
  release(id: string): Promise<Release | undefined>;
  releaseByNumber(number: number): Promise<Release | undefined>;
  releaseByExecution(pipeline: string, executionId: string, environment?: string): Promise<readonly Release[]>;
  releaseByApproval(approvalId: string): Promise<Release | undefined>;
  /** Not over, oldest first; all apps when none is named. */
  openReleases(app?: string): Promise<readonly Release[]>;
  /** Newest first. */
  recentReleases(find: { readonly app?: string; readonly environment?: string; readonly limit: number }): Promise<readonly Release[]>;
  /**
   * Adds a release with the next number, makes its work due now. Answers with the release that stands there already
   * when `requestId` was used before, when its execution already has a release for the same environment, or when an
   * open release asks for the same (`asksTheSame`).
   */
  addRelease(release: Omit<Release, 'number' | 'version'>, requestId?: string, also?: AlsoOfNew): Promise<{ readonly release: Release; readonly added: boolean }>;
  /** Compare-and-set on `version`; with a claim also fenced. Throws `Stale` or `Fenced`. Returns the saved release (version raised). */
  saveRelease(release: Release, claim?: Claim, also?: Also): Promise<Release>;

  // locks and freezes
  /** Of one environment; `noBarriers` where nothing was saved yet. */
  barriers(app: string, environment: string): Promise<Barriers>;
  /** Compare-and-set on `version`; with a claim also fenced. Throws `Stale` or `Fenced`. Makes `barriers:<app>/<environment>` due now when saved without a claim. Returns what was saved (version raised). */
  saveBarriers(barriers: Barriers, claim?: Claim, also?: Also): Promise<Barriers>;

  // audit
  /** Appends lines of their own, chained. What belongs to a decision is written with it (`Also`). */
  addAudit(facts: readonly AuditFact[]): Promise<void>;
  /** By number, after `after` (absent: from the first, also those with numbers below one, which only somebody else than Jack can have written), at most `limit`. */
  auditLines(find: { readonly after?: number; readonly limit: number }): Promise<readonly AuditEntry[]>;
  /** The newest lines of a release, at most `limit`, newest last; `inAll`: how many there are of it. */
  auditOfRelease(release: number, limit: number): Promise<{ readonly lines: readonly AuditEntry[]; readonly inAll: number }>;
  /** Undefined while nothing has been written. */
  auditHead(): Promise<AuditHead | undefined>;

  // what ran where
  runningVersions(app: string, environment: string, limit: number): Promise<readonly RunningVersion[]>;
  /** Adds, or raises the standing of, the entry with the same label and `since`. */
  recordRunning(version: RunningVersion): Promise<void>;

  // messages
  messages(owner: string): Promise<readonly PostedMessage[]>;
  messageAt(channel: string, ts: string): Promise<PostedMessage | undefined>;
  /** With a claim also fenced: throws `Fenced`, and what stands there stays. */
  saveMessage(message: PostedMessage, claim?: Claim): Promise<void>;

  // what people said: durable before Slack gets its ack
  /** False: the same delivery was recorded before. Makes its work due now. */
  receive(said: Said): Promise<boolean>;
  said(id: string): Promise<Said | undefined>;
  finishSaid(id: string, outcome: string, also?: Also): Promise<void>;

  // facts that outlive a process
  note(key: string): Promise<string | undefined>;
  /** `forgetAt`: when it is worth nothing any more; without it, it is kept. */
  setNote(key: string, value: string, forgetAt?: Time): Promise<void>;
  /** Compare-and-set: writes `value` where the note still says `before`. False: it says something else, or is not there. */
  replaceNote(key: string, before: string, value: string): Promise<boolean>;
  /** Removes the notes whose `forgetAt` has come. */
  forgetNotes(now: Time): Promise<void>;

  // due work
  nudge(key: string, at: Time): Promise<void>;
  /** Claims the most overdue free work for `leaseMs`, or answers when the next falls due. */
  claim(owner: string, now: Time, leaseMs: number): Promise<{ readonly claim: Claim } | { readonly nextDueAt: Time | undefined }>;
  /** Ends a run: due again at `dueAt` (at once if it was nudged meanwhile), or forgotten when undefined and not nudged. Throws `Fenced`. */
  finish(claim: Claim, dueAt: Time | undefined): Promise<void>;
  /** Ends a run that broke: due again at `dueAt` and not sooner for a nudge during the run; raises `faults` (finish resets it). Throws `Fenced`. */
  defer(claim: Claim, dueAt: Time): Promise<void>;
  /** Keeps the lease for `leaseMs` more. Throws `Fenced`. */
  renew(claim: Claim, now: Time, leaseMs: number): Promise<void>;
  /** Right before what nobody can take back. Throws `Fenced`. */
  checkClaim(claim: Claim): Promise<void>;
  /** At start: the leases of owners that are gone are free (embedded: all of them; PostgreSQL: of sessions that ended). */
  freeLeases(): Promise<void>;
}

/** What is written in the same transaction. */
export interface Also {
  readonly audit?: readonly AuditFact[];
}

/** Of a release that is really added: its number is put into the facts (`on.release`) and into a barrier that says `rollback: 0`. */
export interface AlsoOfNew extends Also {
  readonly barriers?: Barriers;
}

export interface Claim {
  /** 'release:<id>', 'pipeline:<app>/<name>', 'barriers:<app>/<environment>', 'said:<id>', 'home:<user>', 'digest:<app>', 'history:<channel>', 'notes:old'. */
  readonly key: string;
  readonly owner: string;
  /** The fence: a later claim has a higher one. */
  readonly epoch: number;
  readonly nudges: number;
  /** How often in a row this work has ended in a fault. */
  readonly faults: number;
}
