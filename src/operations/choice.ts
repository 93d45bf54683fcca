import type { Refusal } from '../domain/refusal.ts';
import type { Route } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';

/** How a request will travel. Made by reading, before anything is written. */
export type Choice =
  /** Go: start, adopt an execution that is on its way, or deploy a version that exists. */
  | { readonly kind: 'go'; readonly route: Route; readonly revision: Revision; readonly caution?: Caution }
  /** Something only the caller can decide: buttons say what. */
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Where nothing is left for the caller to decide. */
export type Settled = Exclude<Choice, { readonly kind: 'ask' }>;

/** What the caller should know, though it stops nothing. */
export type Caution = { readonly kind: 'override'; readonly environments: readonly string[] };

export type Question =
  /** What waits before the environment is older than the source's head. */
  | { readonly kind: 'older-waits'; readonly executionId: string; readonly pipeline: string; readonly waiting: Revision; readonly newest: Revision }
  /** Nothing stops the execution before a later environment. */
  | { readonly kind: 'passes-through'; readonly pipeline: string; readonly environments: readonly string[]; readonly newest: Revision };
