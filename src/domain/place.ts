import type { App, Environment } from './app.ts';
import type { ObservedEnvironment, Time } from './observation.ts';
import type { Release } from './release.ts';
import type { Revision } from './revision.ts';
import type { RunningVersion } from './running-version.ts';

/** One environment at one moment, as people want to see it. */
export interface Place {
  readonly app: App;
  readonly environment: Environment;
  readonly seen: ObservedEnvironment;
  readonly revision?: Revision;
  readonly since?: Time;
  readonly standing?: RunningVersion['standing'];
  /** Releases on their way to it, oldest first. */
  readonly open: readonly Release[];
}
