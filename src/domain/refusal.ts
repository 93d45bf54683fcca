import type { Principal, Role } from './app.ts';
import type { ApprovalRequest } from './approvals/approval.ts';
import type { Changed } from './approvals/bound.ts';
import type { Barrier } from './barriers/barriers.ts';
import type { Closed, GateName } from './gates/gate.ts';
import type { ReleaseStatus } from './release.ts';
import type { Revision } from './revision.ts';
import type { Time } from './observation.ts';

/** The rules say no. A value, never thrown; `views/refusal.ts` has the words for each kind. */
export type Refusal =
  | { readonly kind: 'not-understood'; readonly words: string; readonly usages: readonly string[] }
  | { readonly kind: 'not-built'; readonly verb: string; /** It stood among the words of a reason. */ readonly inReason?: boolean }
  | { readonly kind: 'missing-environment'; readonly apps: readonly { readonly app: string; readonly environments: readonly string[] }[]; readonly usage: string }
  | { readonly kind: 'missing-revision'; readonly environment: string }
  | { readonly kind: 'no-app-here'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-app'; readonly asked: string; readonly known: readonly string[]; readonly nearest?: string }
  | { readonly kind: 'unknown-environment'; readonly app: string; readonly asked: string; readonly known: readonly string[]; readonly nearest?: string }
  | { readonly kind: 'undiscovered-app'; readonly app: string; readonly problem: string }
  | { readonly kind: 'unknown-revision'; readonly app: string; readonly asked: string; readonly nearest?: string; readonly newest: readonly string[]; /** An environment's name would do as well. */ readonly alsoPlaces: boolean }
  | { readonly kind: 'ambiguous-revision'; readonly asked: string; readonly matches: readonly { readonly id: string; readonly summary?: string }[] }
  | { readonly kind: 'unseen-commit'; readonly app: string; readonly asked: string; readonly pipeline: string }
  | { readonly kind: 'unusable-version'; readonly label: string }
  | { readonly kind: 'nothing-to-deploy'; readonly app: string; readonly environment: string }
  | { readonly kind: 'nothing-to-take'; readonly environment: string; /** What runs there, if Beanstalk has it no more. */ readonly label?: string }
  | { readonly kind: 'newer-since'; readonly environment: string; readonly shown: string; readonly newest?: string }
  | { readonly kind: 'already-runs'; readonly environment: string; readonly what: string; /** Beanstalk told of its instances, and it runs on each. */ readonly onInstances: boolean; readonly since?: Time }
  | { readonly kind: 'wrong-role'; readonly role: Role; readonly needs: Role; readonly owners: readonly Principal[] }
  | { readonly kind: 'own-release'; readonly number: number }
  | { readonly kind: 'not-approver'; readonly environment: string; readonly from: readonly Principal[]; readonly standing?: 'guest' | 'bot' | 'deactivated' | 'external' }
  | { readonly kind: 'no-policy'; readonly app: string; readonly environment: string; /** jack.yml does not name the environment any more. */ readonly unlisted?: true }
  | { readonly kind: 'approval-over'; readonly number: number; readonly approval: ApprovalRequest }
  | { readonly kind: 'already-decided'; readonly number: number; readonly approves: boolean }
  | { readonly kind: 'release-over'; readonly number: number; readonly status: ReleaseStatus; /** What it was to do; absent: to stop. */ readonly to?: 'pass' }
  /** What the owner was shown keeps nothing closed any more. `number`: a release waits; absent: it was a request. */
  | { readonly kind: 'nothing-to-pass'; readonly app: string; readonly environment: string; readonly gate: GateName; readonly purpose: 'deploy' | 'rollback'; readonly number?: number }
  /** Somebody was first. */
  | { readonly kind: 'glass-broken'; readonly number: number; readonly gate: GateName; readonly by: Principal; readonly at: Time }
  /** Jack opens a transition for exactly what was let pass: these stand there as well. */
  | { readonly kind: 'others-wait'; readonly number: number; readonly stage: string; readonly others: readonly { readonly number?: number; readonly revision: Revision }[] }
  /** The stage leads to this environment too, and its lock or freeze is in force. */
  | { readonly kind: 'held-for-another'; readonly number: number; readonly stage: string; readonly app: string; readonly environment: string; readonly barrier: Barrier }
  | { readonly kind: 'asked-and-over'; readonly number: number; readonly app: string; readonly environment: string; readonly status: ReleaseStatus; readonly route: 'pipeline' | 'version'; readonly revision: Revision }
  | { readonly kind: 'already-cancelling'; readonly number: number; readonly by: Principal }
  /** Nothing of it runs in AWS any more; Jack looks whether the deployment is true. */
  | { readonly kind: 'only-checked'; readonly number: number; readonly environment: string; readonly purpose: 'deploy' | 'rollback'; readonly deployed: boolean }
  | { readonly kind: 'unknown-release'; readonly asked: string }
  | { readonly kind: 'nothing-to-roll-back-to'; readonly environment: string; readonly running?: string }
  | { readonly kind: 'rollback-running'; readonly environment: string; readonly number: number; /** The version that it brings, where it goes on only with somebody who asks for that one too. */ readonly waitsFor?: string }
  | { readonly kind: 'reason-needed'; readonly what: string; /** How to type it with one. */ readonly like?: string }
  | { readonly kind: 'stale-button' }
  /** A gate that refuses is closed. `asked`: behind this id stands the request, for *Break glass* and the like. */
  | { readonly kind: 'gate-closed'; readonly app: string; readonly environment: string; readonly gate: GateName; readonly closed: Closed; readonly owners: readonly Principal[]; readonly asked?: string; /** The caller is an owner. */ readonly mayBreakGlass: boolean; /** Nobody's pass would open it. */ readonly noGlass?: true }
  | { readonly kind: 'already-locked'; readonly app: string; readonly environment: string; readonly lock: Barrier; readonly mine: boolean; /** The caller is an owner. */ readonly maySteal?: boolean }
  | { readonly kind: 'not-locked'; readonly app: string; readonly environment: string; /** Absent: to unlock it. */ readonly wish?: 'steal' | 'ask' | 'watch' }
  | { readonly kind: 'not-frozen'; readonly app: string; readonly environment: string }
  /** Only the holder and owners unlock. */
  | { readonly kind: 'not-yours'; readonly app: string; readonly environment: string; readonly lock: Barrier; readonly owners: readonly Principal[]; /** It is over: they wished to say what becomes of what waited in front of it. */ readonly over?: true }
  /** The click was made somewhere else than where Jack had put the button, or the form was not opened for this person. */
  | { readonly kind: 'foreign-click'; readonly form?: true }
  /** AWS, or jack.yml, shows something else than the card: nothing was decided, and the card is drawn again. */
  | { readonly kind: 'approval-changed'; readonly number: number; readonly what: Changed }
  | { readonly kind: 'bad-time'; readonly words: string; readonly allowed: string }
  | { readonly kind: 'not-owner'; readonly what: string; readonly owners: readonly Principal[]; /** They stand among the owners, and may not for this. */ readonly standing?: 'guest' | 'bot' | 'deactivated' | 'external' };

/** A value, or the reason why not. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function yes<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function no(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

/** The compiler asks here for a kind that was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
