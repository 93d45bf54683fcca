import type { ActionRun, Execution } from '../execution.ts';
import type { Book, Pipeline } from '../pipeline.ts';

/** What an action leaves behind when it ends. */
export interface ActionResult {
  readonly summary?: string;
  readonly externalId?: string;
  readonly externalUrl?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly outputs?: ActionRun['outputs'];
  readonly variables?: Readonly<Record<string, string>>;
  readonly updatedBy?: string;
}

/** One action that runs. The first of `succeed`, `fail`, `reject` counts; after an abandon none does. */
export interface ActionJob {
  readonly book: Book;
  readonly pipeline: Pipeline;
  readonly execution: Execution;
  readonly action: ActionRun;
  /** Something of the action changed that the page shows. */
  told(): void;
  succeed(result?: ActionResult): void;
  fail(code: string, message: string, result?: ActionResult): void;
  /** Failed without an error: a person said no. */
  reject(result: ActionResult): void;
}

/** Starts the work; returns how to let go of it when CodePipeline no longer waits for it. */
export type Runner = (job: ActionJob) => (() => void) | undefined;
