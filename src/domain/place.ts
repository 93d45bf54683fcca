import type { App, Environment } from './app.ts';
import type { Barrier } from './barriers/barriers.ts';
import type { OpenQuestion } from './barriers/open-question.ts';
import type { DisabledTransition, ObservedEnvironment, Time } from './observation.ts';
import type { Release } from './release.ts';
import type { Revision } from './revision.ts';
import type { RunningVersion } from './running-version.ts';

/** One environment at one moment, as people want to see it. */
export interface Place {
  readonly app: App;
  readonly environment: Environment;
  /** Absent: it could not be read, and `unreadable` says why. */
  readonly seen?: ObservedEnvironment;
  readonly unreadable?: string;
  /** Disabled transitions that keep a pipeline's releases away from it, but for those that are held for `barriers`. */
  readonly transitions: readonly DisabledTransition[];
  readonly revision?: Revision;
  readonly since?: Time;
  readonly standing?: RunningVersion['standing'];
  /** The lock, then the freezes that are in force. */
  readonly barriers: readonly Barrier[];
  /** Somebody is asked what becomes of what the last of them held. */
  readonly asks?: OpenQuestion;
  /** Releases on their way to it, oldest first. */
  readonly open: readonly Release[];
}
