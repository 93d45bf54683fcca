import type { Time } from './observation.ts';

/**
 * One line of the audit before it is chained: who did what, on what, and which rule let them. Written in the same
 * transaction as what it tells of. Never a token, never a secret; what people wrote stands in `detail`.
 */
export interface AuditFact {
  readonly at: Time;
  /** Slack user id; 'jack' for what Jack did by itself; an ARN or a name for what was done outside Slack. */
  readonly who: string;
  readonly what: AuditedDeed;
  readonly on: { readonly app?: string; readonly environment?: string; /** The short number. */ readonly release?: number; /** Lock or freeze. */ readonly barrier?: string; readonly approval?: string };
  /** done: recorded, or taken by AWS. refused: the rules, or AWS, said no. */
  readonly outcome: 'done' | 'refused';
  /** The rule that let them or kept them off: 'role:contributor', 'approval.from', 'refused:own-release', … */
  readonly rule?: string;
  /** Raw words: reason, comment, AWS's answer. Cut to 1000 characters where the line is chained. */
  readonly detail?: string;
  /** AWS's request id, for calls that change something. */
  readonly awsRequestId?: string;
}

export type AuditedDeed =
  | 'release.request' | 'release.adopt' | 'release.cancel' | 'release.end' | 'release.found'
  | 'approval.approve' | 'approval.reject' | 'approval.elsewhere' | 'approval.expire'
  | 'gate.break-glass'
  | 'lock.take' | 'lock.release' | 'lock.steal' | 'lock.expire' | 'lock.let-in' | 'lock.ask'
  | 'freeze.set' | 'freeze.thaw' | 'freeze.begin' | 'freeze.end'
  | 'transition.drift'
  /** An AWS call that changes something, by the effect's kind. */
  | `aws.${string}`
  /** A click or a form that was refused. */
  | `click.${string}` | `form.${string}` | `command.${string}`;

/** A line in the chain. `hash` is SHA-256 over the canonical JSON of the line without `hash`, `previous` the hash before. */
export interface AuditEntry extends AuditFact {
  /** Counts from 1 without gaps. */
  readonly seq: number;
  /** 64 hex digits; of the first line 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

/** The end of the chain, noted elsewhere (log, digest) so that a cut-off tail shows. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}
