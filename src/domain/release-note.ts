import type { Principal } from './app.ts';
import type { GateName } from './gates/gate.ts';
import type { Waiting } from './release.ts';
import type { Time } from './observation.ts';

/** One thing that happened and deserves a reply of its own. */
export interface ReleaseNote {
  /** Identity of the reply: 'started', 'adopted:U1', 'approved:…', 'outcome', … */
  readonly key: string;
  readonly at: Time;
  readonly what: NoteKind;
}

/** What AWS refused: an answer, a stop, an abort (wished, or before a rollback), to hold a transition or to free it. */
export type RefusedByAws = 'approval' | 'cancel' | 'abort' | 'abort-first' | 'hold' | 'free';

export type NoteKind =
  | { readonly kind: 'adopted'; readonly by: Principal; readonly reason?: string }
  | { readonly kind: 'approval-asked'; readonly approvalId: string }
  /** Somebody decided here, and AWS had its answer already. */
  | { readonly kind: 'decided-elsewhere'; readonly approvalId: string }
  /** The environment asks for an approval, and the release was under way before anybody could be asked. */
  | { readonly kind: 'not-asked'; readonly environment: string }
  | { readonly kind: 'deploy-verdict'; readonly environment: string }
  | { readonly kind: 'cancel-asked'; readonly by: Principal }
  | { readonly kind: 'revision-differs'; readonly asked: string; readonly found: string }
  | { readonly kind: 'waiting'; readonly waiting: Waiting }
  /** AWS said no to something that was asked of it on somebody's behalf. */
  | { readonly kind: 'refused-by-aws'; readonly what: RefusedByAws; readonly text: string; readonly transition?: { readonly pipeline: string; readonly stage: string } }
  /** The execution was retried in AWS. */
  | { readonly kind: 'tried-again'; readonly attempt: number }
  /** An owner passed a gate with a reason: loud. */
  | { readonly kind: 'broken-glass'; readonly gate: GateName; readonly by: Principal; readonly reason: string; /** They are told. */ readonly owners?: readonly Principal[]; /** Whose gate it is, where it is not the release's own environment's. */ readonly environment?: string }
  /** Half of an approval's time is over: asked once more. */
  | { readonly kind: 'reminder'; readonly approvalId: string }
  /** Its turn came: those who wanted to know are told. */
  | { readonly kind: 'your-turn'; readonly users: readonly Principal[]; /** On the way; absent: the release's own. */ readonly environment?: string }
  | { readonly kind: 'outcome'; readonly attempt?: number };
