import type { Environment, Principal, Role } from '../app.ts';
import type { ApprovalRequest } from '../approvals/approval.ts';
import type { Barrier } from '../barriers/barriers.ts';
import { keysOf, passesAll } from '../barriers/pass-key.ts';
import type { DisabledTransition, ObservedEnvironment, ObservedOperation, Time } from '../observation.ts';
import type { Pass, Release } from '../release.ts';

/** What the gates look at. Plain facts, gathered before; a gate reads nothing by itself. */
export interface GateFacts {
  readonly environment: Environment;
  readonly route: 'pipeline' | 'version';
  readonly purpose: 'deploy' | 'rollback';
  /** The strongest of who asks, or asked. Absent for releases that nobody typed; 'unknown': it could not be looked up. */
  readonly role?: Role | 'unknown';
  /** Who asks, or asked; empty for releases that nobody typed. */
  readonly requesters?: readonly Principal[];
  /** The lock and the freeze in force; 'unknown': they could not be read, and the gates stay closed. */
  readonly lock?: Barrier | 'unknown';
  readonly freeze?: FreezeInForce | 'unknown';
  /** The lock or freeze that held the release is over, and nobody has said yet that it may go in. */
  readonly unasked?: Extract<Closed, { because: 'unasked' }>;
  /** Disabled transitions on the way that are not Jack's. Absent: none; 'unknown': they could not be read. */
  readonly foreign?: readonly DisabledTransition[] | 'unknown';
  /** Environments on which the revision has still to be live. Absent: none; 'unknown': it could not be told. */
  readonly notYetOn?: readonly string[] | 'unknown';
  /** Environments that it passes before it comes to this one: whether it was live there is asked then. */
  readonly onTheWay?: readonly string[];
  /** Of the alarms that the configuration names: those that ring, and those that AWS does not know or tell. Absent: none. */
  readonly alarms?: { readonly ringing: readonly string[]; readonly unknown: readonly string[] };
  /** Gates that an owner passed for this release. */
  readonly passes?: readonly Pass[];
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
  | { readonly gate: GateName; readonly open: true; readonly note?: 'nobody-typed-it' | 'broken-glass' | 'yours' | 'not-configured' | 'no-policy' | 'not-asked-for-rollbacks' | 'given' | 'asked-when-it-gets-there' }
  | ({ readonly gate: GateName; readonly open: false; /** refuses: the request ends here; waits: the release holds. */ readonly manner: 'refuses' | 'waits' } & Closed);

export type GateName = 'role' | 'lock' | 'foreign-lock' | 'freeze' | 'queue' | 'environment' | 'promotion' | 'alarms' | 'approval';

/** A freeze that holds now, and the first moment at which nothing freezes any more (freezes may follow each other). */
export interface FreezeInForce {
  /** 'jack.yml' for one that stands there. */
  readonly by: Principal;
  readonly reason: string;
  readonly since: Time;
  readonly until: Time;
  /** Absent: there is none, as far as can be seen. */
  readonly nextAllowed?: Time;
  /** Every freeze in force now (`passKey`): a pass has to be for each of them. */
  readonly keys?: readonly string[];
}

export type Closed =
  | { readonly because: 'locked'; readonly by: Principal; readonly barrierId: string; readonly since: Time; readonly until: Time; readonly reason: string }
  /** It held the release and is over: `asked`, or an owner, says whether it goes on. `later`: once what is in force by now is over too. */
  | { readonly because: 'unasked'; readonly barrier: Barrier['kind']; readonly barrierId: string; readonly asked?: Principal; readonly later?: true }
  | { readonly because: 'held-elsewhere'; readonly transitions: readonly DisabledTransition[] }
  | { readonly because: 'frozen'; readonly freeze: FreezeInForce }
  | { readonly because: 'not-yet-on'; readonly environments: readonly string[] }
  | { readonly because: 'alarms'; readonly ringing: readonly string[]; readonly unknown: readonly string[] }
  | { readonly because: 'role'; readonly role: Role; /** Whose, where a release is held for it; absent: the reader's. */ readonly askers?: readonly Principal[] }
  | { readonly because: 'occupied'; readonly by: number; readonly place: number }
  | { readonly because: 'not-ready'; readonly status: string; readonly doing?: string }
  /** What it hangs on could not be read. */
  | { readonly because: 'unknown' }
  /** jack.yml does not name the environment any more: nothing tells what keeps it closed. */
  | { readonly because: 'unlisted' }
  | { readonly because: 'approval-needed'; readonly from: readonly string[]; readonly count: number };

/** A rule that a release must pass. */
export interface Gate {
  readonly name: GateName;
  examine(facts: GateFacts): GateState;
}

/** Gates that an owner may pass with a reason. Role, queue and environment are none: there is nothing to pass there. */
export const PASSABLE: ReadonlySet<GateName> = new Set<GateName>(['lock', 'foreign-lock', 'freeze', 'promotion', 'alarms', 'approval']);

/** A gate that an owner may pass: closed by its own facts, it is open all the same for a release that has a pass for it. */
export function passable(gate: Gate): Gate {
  return {
    name: gate.name,
    examine(facts): GateState {
      const state = gate.examine(facts);
      return !state.open && hasPass(state, facts) ? { gate: gate.name, open: true, note: 'broken-glass' } : state;
    },
  };
}

/** A lock or a freeze is passed by a pass for exactly it, and so not while it cannot be read which one is in force. */
function hasPass(state: GateState & { readonly open: false }, { passes }: GateFacts): boolean {
  if (state.gate === 'lock' || state.gate === 'freeze') return passesAll(keysOf(state), state.gate, passes);
  return PASSABLE.has(state.gate) && (passes ?? []).some((pass) => pass.gate === state.gate);
}
