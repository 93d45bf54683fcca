import type { Environment, Role } from '../app.ts';
import type { ApprovalRequest } from '../approval.ts';
import type { ObservedEnvironment, ObservedOperation } from '../observation.ts';
import type { Release } from '../release.ts';

/** What the gates look at. Plain facts, gathered before; a gate reads nothing by itself. */
export interface GateFacts {
  readonly environment: Environment;
  readonly route: 'pipeline' | 'version';
  readonly purpose: 'deploy' | 'rollback';
  /** Absent for releases that nobody typed. */
  readonly role?: Role;
  /** Releases inside or earlier in the queue. */
  readonly ahead: readonly Release[];
  /** Absent: it could not be read, and the gate stays closed. */
  readonly seen?: ObservedEnvironment;
  readonly operation?: ObservedOperation;
  readonly approval?: ApprovalRequest;
  /** The pipeline has a manual approval before the environment. */
  readonly approvalAction: boolean;
}

/** Open, or closed with the reason as data (views have the words). */
export type GateState =
  | { readonly gate: GateName; readonly open: true; readonly note?: 'nobody-typed-it' | 'no-policy' | 'not-asked-for-rollbacks' | 'given' | 'asked-when-it-gets-there' }
  | ({ readonly gate: GateName; readonly open: false; /** refuses: the request ends here; waits: the release holds. */ readonly manner: 'refuses' | 'waits' } & Closed);

export type GateName = 'role' | 'queue' | 'environment' | 'approval';

export type Closed =
  | { readonly because: 'role'; readonly role: Role }
  | { readonly because: 'occupied'; readonly by: number; readonly place: number }
  | { readonly because: 'not-ready'; readonly status: string; readonly doing?: string }
  | { readonly because: 'unknown' }
  | { readonly because: 'approval-needed'; readonly from: readonly string[]; readonly count: number };

/** A rule that a release must pass. */
export interface Gate {
  readonly name: GateName;
  examine(facts: GateFacts): GateState;
}
