import type { App } from './domain/app.ts';
import type { Time } from './domain/observation.ts';
import type { Aws } from './ports/aws.ts';
import type { Slack } from './ports/slack.ts';
import type { Store } from './ports/store.ts';

export type * from './ports/aws.ts';
export type * from './ports/slack.ts';
export type * from './ports/store.ts';

/** Everything that Jack does to the world or learns from it. Adapters keep these promises; tests fake them once. */
export interface World {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly apps: Apps;
  readonly aws: Aws;
  readonly slack: Slack;
  readonly store: Store;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): Time;
}

export interface Ids {
  /** A UUID, lower case. */
  next(): string;
}

/** The configured apps, joined with what was discovered in AWS. */
export interface Apps {
  /** As last discovered; never empty after a good start. Apps whose discovery failed are in `problems`. */
  all(): readonly App[];
  /** One line for each app that could not be discovered: says what to do. */
  problems(): readonly { readonly app: string; readonly channel: string; readonly problem: string }[];
  /** Looks again now (definitions are cached for minutes otherwise). */
  refresh(app: string): Promise<void>;
}

/** Structured log lines. Facts carry ids and error words, never secrets or what people wrote. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
