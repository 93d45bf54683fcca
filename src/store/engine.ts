import type { Db } from './schema.ts';

/** What differs between SQLite and PostgreSQL, and nothing else. */
export interface Engine {
  readonly db: Db;
  /** Whether rows are locked one by one (`for update`); false: one writer at a time, so there is nothing to lock. */
  readonly locksRows: boolean;
  /** Shows other replicas that this owner is alive, and takes note of those that are not. */
  beforeClaim(owner: string): Promise<void>;
  /** Frees the leases of owners that are gone. */
  freeAbandoned(): Promise<void>;
  /** Turns what the engine said at the start into a `StoreProblem`, where it is one. */
  explain(cause: unknown): unknown;
  close(): Promise<void>;
}
