import type { Time } from './observation.ts';

/** One environment's share of a release. */
export interface Deploy {
  readonly environment: string;
  readonly beanstalkEnvironment: string;
  /** Pipeline route only. */
  readonly stage?: string;
  readonly action?: string;
  readonly status: 'pending' | 'running' | 'verifying' | 'done';
  readonly label?: string;
  /** The label that ran there before, and is still on untouched instances. */
  readonly previousLabel?: string;
  readonly startedAt?: Time;
  /** Beanstalk's request id of the operation. */
  readonly requestId?: string;
  /** When Beanstalk or CodePipeline said that the operation had ended. */
  readonly operationEndedAt?: Time;
  readonly operationOutcome?: 'succeeded' | 'failed';
  readonly aborted?: boolean;
  /** The number of the rollback that aborted it, where it is known. */
  readonly abortedBy?: number;
  /** How many instances run `label`, of how many; absent with basic health. */
  readonly instances?: { readonly updated: number; readonly total: number };
  readonly verdict?: Verdict;
  readonly endedAt?: Time;
}

/** What the truth check found. */
export interface Verdict {
  readonly outcome: 'live' | 'live-not-verified' | 'failed' | 'mixed-versions' | 'rolled-back-by-beanstalk';
  /** What was seen, in one sentence; raw. */
  readonly because: string;
  /** It was deployed, and something else came to run there before the check had ended: it is not live. */
  readonly replaced?: Replacement;
}

/** What took the place of a version that was still being checked. */
export interface Replacement {
  /** Jack's release that did it; absent: it was done outside Slack. */
  readonly by?: number;
  /** It was that release's purpose to undo this one. */
  readonly rolledBack: boolean;
}
