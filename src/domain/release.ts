import type { EnvironmentEvent, ObservedStage, Time, Trigger } from './observation.ts';
import type { ApprovalRequest } from './approvals/approval.ts';
import type { EndedAttempt } from './attempt.ts';
import type { Deploy } from './deploy.ts';
import type { Closed, GateName } from './gates/gate.ts';
import type { Intent, TransitionHold } from './effect.ts';
import type { NoteKind, ReleaseNote } from './release-note.ts';
import type { Author, Revision } from './revision.ts';
import type { Loudness, Principal } from './app.ts';

/**
 * One attempt to bring one revision to one environment, with all that has been recorded of it. The thread is a
 * function of this record alone. Stored as one JSON document; saved compare-and-set on `version`.
 */
export interface Release {
  /** UUID. */
  readonly id: string;
  /** Short number for people: #412. */
  readonly number: number;
  /** Counts saves; the store raises it. */
  readonly version: number;
  /** One try; *Retry* makes the next. Counts from 1. */
  readonly attempt: number;
  readonly app: string;
  readonly environment: string;
  readonly channel: string;
  readonly purpose: 'deploy' | 'rollback';
  readonly route: Route;
  readonly revision: Revision;
  /** Of an execution with several sources, those of the others: they ship too. Absent: there are none. */
  readonly alongside?: readonly Revision[];
  /** What ran there when this began, where it was known. */
  readonly previous?: Revision;
  /** Commits between what runs and this, where it was known. */
  readonly commits?: CommitRange;
  /** Attempts before this one, oldest first. */
  readonly earlier?: readonly EndedAttempt[];
  /** Who asked, oldest first; whoever adopts a running release is added. Empty when nobody typed it. */
  readonly requesters: readonly Requester[];
  /** How loudly its environment tells of releases that nobody typed. */
  readonly loudness: Loudness;
  /** Where it came from when nobody typed it. */
  readonly origin?: Origin;
  readonly requestedAt: Time;
  readonly status: ReleaseStatus;
  /** When `status` became what it is; a repeat keeps the first time. */
  readonly statusAt: Time;
  /** Only while `status` is 'waiting'. */
  readonly waiting?: Waiting;
  /** One sentence why it ended as it did; raw text, views escape it. */
  readonly outcome?: string;
  /** The execution as last observed. Pipeline route only. */
  readonly stages: readonly ObservedStage[];
  readonly executionStatus?: string;
  readonly trigger?: Trigger;
  /** One for each environment that the route deploys to, in order; the last that matters is the release's own. */
  readonly deploys: readonly Deploy[];
  readonly approvals: readonly ApprovalRequest[];
  /** An effect that was decided on, written down before the call, and not yet known to have happened. */
  readonly intent?: Intent;
  /** Somebody wishes it to stop; it ends when AWS shows it. */
  readonly cancel?: CancelWish;
  readonly failure?: Failure;
  /** What keeps Jack from seeing or acting, while it does. */
  readonly trouble?: { readonly since: Time; readonly text: string; readonly faultId: string };
  /** The first look that did not find its execution in AWS; absent while it is found. */
  readonly unseenSince?: Time;
  /** Who stopped its execution outside Slack: an ARN or a user's name. AWS may tell it minutes later. */
  readonly stoppedBy?: string;
  /** The number of the release that came to run in the environment after this one had ended. */
  readonly followedBy?: number;
  /** A rollback aborts the deployment that was in flight; not twice. */
  readonly abortedFirst?: AbortedFirst;
  /** How it ends once its holds are freed. */
  readonly ending?: Ending;
  /** Transitions that Jack holds while it works on the environment itself. */
  readonly holds: readonly TransitionHold[];
  /** Gates that an owner passed by breaking the glass. */
  readonly passes?: readonly Pass[];
  /** Who wants to be told when it is its turn. */
  readonly turnWatchers?: readonly Principal[];
  /** What happened, oldest first: the thread's replies. Append-only; each has a key of its own. */
  readonly notes: readonly ReleaseNote[];
}

export type ReleaseStatus =
  | 'requested'
  | 'waiting'
  | 'running'
  | 'verifying'
  | FinalStatus;

export type FinalStatus =
  | 'live'
  | 'live-not-verified'
  | 'failed'
  | 'mixed-versions'
  | 'rolled-back-by-beanstalk'
  | 'rejected'
  | 'expired'
  | 'superseded'
  | 'cancelled'
  | 'lost';

/** How a release travels. */
export type Route =
  | {
      readonly kind: 'pipeline';
      readonly pipeline: string;
      /** Absent until the execution is known. */
      readonly executionId?: string;
      /** Asked for with `@<commit>`: start with this source revision. */
      readonly override?: { readonly sourceAction: string; readonly commit: string };
    }
  | { readonly kind: 'version'; readonly label: string };

export interface Requester {
  /** Slack user id. */
  readonly user: Principal;
  readonly at: Time;
  readonly reason?: string;
}

/** Why there is a release that nobody typed. */
export interface Origin {
  readonly kind: 'push' | 'schedule' | 'console' | 'rollback' | 'other';
  /** A person's or role's name where AWS tells it. */
  readonly who?: string;
}

export type Waiting =
  | ({ readonly for: 'queue'; readonly behind: number; readonly place: number } & Somewhere)
  | ({ readonly for: 'environment'; readonly status: string } & Somewhere)
  | { readonly for: 'approval'; readonly approvalId: string }
  | { readonly for: 'transition'; readonly stage: string; readonly reason: string; readonly by?: string; /** The reason reads like Jack's, with an id that Jack does not know: somebody else's. */ readonly foreign?: true }
  | { readonly for: 'stage'; readonly stage: string }
  /** A gate that closed after the request, or one that only waits: lock, freeze, promotion, alarms. */
  | ({ readonly for: 'gate'; readonly gate: GateName; readonly because: Closed } & Somewhere);

interface Somewhere {
  /** In front of an environment on the way; absent: of the release's own. */
  readonly environment?: string;
}

/** An owner let the release pass a gate, with a reason. */
export interface Pass {
  readonly gate: GateName;
  readonly by: Principal;
  readonly at: Time;
  /** Raw; views escape and cut it. */
  readonly reason: string;
  /** The locks or freezes that it is for (`passKey`): it opens no other. Absent: it is for none. */
  readonly barriers?: readonly string[];
  /** Of the gate `approval`: the question that it answers, and no other. */
  readonly approvalId?: string;
  /** Whose barriers they are, or in front of what the question stands, where that is not the release's own environment: its way leads through there. */
  readonly environment?: string;
}

export interface CancelWish {
  readonly by: Principal;
  readonly at: Time;
  /** Set once AWS has taken the stop (or there was nothing to stop). */
  readonly askedAws?: boolean;
  /** Set once the deployment in flight was to be aborted; false: AWS refused, and it goes on to its end. */
  readonly abortAsked?: boolean;
  /** AWS refused the stop, and the wish stands: nothing is approved any more, and it is not asked again. */
  readonly refused?: true;
}

/** What a failure reply quotes. Raw, secrets masked; views escape and cut. */
export interface Failure {
  /** One sentence: the failed action's error, or Beanstalk's. */
  readonly cause: string;
  /** AWS did not take the call that the release begins with: nothing was changed. */
  readonly refused?: true;
  readonly stage?: string;
  readonly action?: string;
  readonly logTail?: readonly string[];
  readonly events?: readonly EnvironmentEvent[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** The end that has been decided on, while something has to be put right in AWS before it. */
export interface Ending {
  readonly status: FinalStatus;
  readonly outcome?: string;
  /** Where the cause is known already. */
  readonly failure?: Failure;
}

/** A rollback's abort of the deployment that was in flight. */
export interface AbortedFirst {
  /** asked: written down, and not answered yet. overtaken: nothing was in flight any more. */
  readonly state: 'asked' | 'done' | 'overtaken' | 'refused';
  /** Beanstalk's, of that deployment: no other is aborted. */ readonly requestId?: string;
  readonly label?: string;
  /** The number of the release whose deployment it was, where it is known. */
  readonly release?: number;
}

export interface CommitRange {
  readonly count: number;
  /** Newest first, at most 20. */
  readonly commits: readonly Revision[];
  /** Of all commits that were read, where those are more than `commits`. */
  readonly authors?: readonly Author[];
  readonly compareUrl?: string;
  /** The range may be longer than what was read. */
  readonly truncated: boolean;
}

const FINAL: ReadonlySet<ReleaseStatus> = new Set<ReleaseStatus>([
  'live', 'live-not-verified', 'failed', 'mixed-versions', 'rolled-back-by-beanstalk',
  'rejected', 'expired', 'superseded', 'cancelled', 'lost',
]);

/** Whether nothing more will happen in this attempt. */
export function isOver(release: Pick<Release, 'status'>): boolean {
  return FINAL.has(release.status);
}

/** The same release with a new status; a repeat keeps the first time, and a final status is never left. */
export function withStatus(release: Release, status: ReleaseStatus, now: Time, waiting?: Waiting): Release {
  if (isOver(release)) return release;
  if (release.status === status && JSON.stringify(release.waiting) === JSON.stringify(waiting)) return release;
  const { waiting: _left, ...rest } = release;
  return {
    ...rest,
    status,
    statusAt: release.status === status ? release.statusAt : now,
    ...(status === 'waiting' && waiting && { waiting }),
  };
}

/** Adds a note once: a repeat keeps the first, with its time. */
export function withNote<Noted extends Pick<Release, 'notes'>>(release: Noted, key: string, now: Time, what: NoteKind): Noted {
  if (release.notes.some((note) => note.key === key)) return release;
  return { ...release, notes: [...release.notes, { key, at: now, what }] };
}

/** The release's own environment's share, once the route is known to reach it. */
export function ownDeploy(release: Release): Deploy | undefined {
  return release.deploys.find((deploy) => deploy.environment === release.environment);
}

/** Whether it was deployed and something else came to run there while it was being checked: nothing of it is live. */
export function wasReplaced(release: Release): boolean {
  return ownDeploy(release)?.verdict?.replaced !== undefined;
}
