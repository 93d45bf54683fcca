import type { Revision } from './revision.ts';
import type { Time } from './observation.ts';

/** What came to run in an environment, when, and how Jack knows: the list that rollback targets are taken from. */
export interface RunningVersion {
  readonly app: string;
  readonly environment: string;
  readonly label: string;
  readonly revision: Revision;
  readonly since: Time;
  /** 'verified': Jack's truth check passed. 'deployed': an earlier deploy action succeeded, or it was running at first sight. 'bad': failed or rolled back from. */
  readonly standing: 'verified' | 'deployed' | 'bad';
  /** Jack's release that brought it, if one did. */
  readonly releaseNumber?: number;
}
