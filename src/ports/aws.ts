import type { App, Pipeline, Principal } from '../domain/app.ts';
import type { Effect } from '../domain/effect.ts';
import type { ApplicationVersion, DisabledTransition, EnvironmentEvent, ExecutionSummary, ObservedEnvironment, ObservedExecution, ObservedOperation, Time } from '../domain/observation.ts';
import type { CommitRange, Failure, Release } from '../domain/release.ts';
import type { Revision } from '../domain/revision.ts';

/** Calls may throw a fault (see faults.ts): `retryable` says whether trying again can help. Reads retry by themselves a little; effects never do. */
export interface Aws {
  /** Undefined: AWS does not know it (just started, or too old). */
  observeExecution(app: App, pipeline: Pipeline, executionId: string): Promise<ObservedExecution | undefined>;
  /** Newest first. At most 100. */
  recentExecutions(app: App, pipeline: Pipeline, limit?: number): Promise<readonly ExecutionSummary[]>;
  /** Ids of the executions that have not ended, however many were started after them. Throws a fault when not all can be read. */
  openExecutions(app: App, pipeline: Pipeline): Promise<readonly string[]>;
  /** The ways into stages that are closed now, in the pipeline's order. */
  disabledTransitions(app: App, pipeline: Pipeline): Promise<readonly DisabledTransition[]>;
  /** Who last opened or closed the way into the stage: an ARN or a user's name. Undefined where AWS does not tell. */
  lastChangedBy(app: App, pipeline: Pipeline, stage: string): Promise<string | undefined>;
  /** Newest commit at the pipeline's source; undefined where AWS cannot tell (a connection). */
  sourceHead(app: App, pipeline: Pipeline): Promise<Revision | undefined>;
  /** An environment that is gone has the status 'Terminated'. */
  observeEnvironment(app: App, beanstalkEnvironment: string): Promise<ObservedEnvironment>;
  /** The newest operation of the environment, by its events: of this request id, or since this time (and for this label, if given). */
  observeOperation(
    app: App,
    beanstalkEnvironment: string,
    find: { readonly requestId?: string; readonly since: Time; readonly label?: string },
  ): Promise<ObservedOperation | undefined>;
  /** The environment's events, oldest first, at most 100. */
  environmentEvents(app: App, beanstalkEnvironment: string, since: Time): Promise<readonly EnvironmentEvent[]>;
  /** All versions of the app's Beanstalk application, newest first. */
  versions(app: App): Promise<readonly ApplicationVersion[]>;
  /** What runs where, derived and never guessed: by the execution whose deploy action set the label, the label's pattern, or source build information. Only a label means "unknown revision". */
  revisionOfLabel(app: App, label: string): Promise<Revision>;
  /** Earlier successful deploys to the environment, newest first: the baseline of a fresh install. */
  pastDeploys(app: App, beanstalkEnvironment: string): Promise<readonly { readonly label: string; readonly revision: Revision; readonly at: Time }[]>;
  /** Commits after `from` up to `to`; undefined where the repository cannot be read. */
  commitsBetween(app: App, pipeline: Pipeline, from: string, to: string): Promise<CommitRange | undefined>;
  /** Makes the change once, with no retry. The result says what AWS answered; an unknown outcome throws a fault with `unknownOutcome`. */
  perform(app: App, effect: Effect, call: EffectCall): Promise<EffectResult>;
  /** After a crash or an unknown outcome: whether the effect has happened since t0. Undefined: it has not. */
  findEffect(app: App, effect: Effect, call: EffectCall): Promise<EffectResult | undefined>;
  /** What a failure reply quotes, gathered for the failed action or operation. */
  gatherFailure(app: App, release: Release, seen: { readonly execution?: ObservedExecution; readonly operation?: ObservedOperation; readonly environment?: ObservedEnvironment }): Promise<Failure>;
  /** CloudWatch alarms by name, as they are now; a name that AWS does not know is missing in the answer. */
  alarms(app: App, names: readonly string[]): Promise<readonly { readonly name: string; readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' }[]>;
  /** Console address. */
  link(app: App, to: LinkTarget): string;
}

export type LinkTarget =
  | { readonly kind: 'execution'; readonly pipeline: string; readonly executionId: string }
  | { readonly kind: 'pipeline'; readonly pipeline: string }
  | { readonly kind: 'environment'; readonly beanstalkEnvironment: string; readonly id: string }
  | { readonly kind: 'build'; readonly buildId: string };

export interface EffectCall {
  readonly t0: Time;
  /** Becomes the idempotency token where AWS has one: stable for one intent. */
  readonly token: string;
  /** Slack user and release number, for the role session's name. */
  readonly by?: Principal;
  /** Absent: for a lock or a freeze. */
  readonly releaseNumber?: number;
}

/** What AWS said. `refused` carries AWS's words; the plan decides what it means. `awsRequestId`: of the call that was made, for the audit. */
export type EffectResult = { readonly awsRequestId?: string } & EffectAnswer;

export type EffectAnswer =
  | { readonly kind: 'started'; readonly executionId: string }
  | { readonly kind: 'updating'; readonly requestId: string; readonly at: Time }
  | { readonly kind: 'done' }
  /** Somebody else was faster: the approval was answered, the execution had ended, nothing was in flight. */
  | { readonly kind: 'overtaken'; readonly text: string }
  /** Beanstalk: "must be Ready"; CodePipeline: Conflict. A reason to wait. */
  | { readonly kind: 'busy'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };
