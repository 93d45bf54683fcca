import type { App, Pipeline, Principal } from './domain/app.ts';
import type { ApplicationVersion, DisabledTransition, EnvironmentEvent, ExecutionSummary, ObservedEnvironment, ObservedExecution, ObservedOperation, Time } from './domain/observation.ts';
import type { Effect } from './domain/effect.ts';
import type { CommitRange, Failure, Release } from './domain/release.ts';
import type { Revision } from './domain/revision.ts';
import type { RunningVersion } from './domain/running-version.ts';
import type { PostedMessage, WantedMessage } from './views/message.ts';

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

/** Calls may throw a fault (see faults.ts): `retryable` says whether trying again can help. Reads retry by themselves a little; effects never do. */
export interface Aws {
  /** Undefined: AWS does not know it (just started, or too old). */
  observeExecution(app: App, pipeline: Pipeline, executionId: string): Promise<ObservedExecution | undefined>;
  /** Newest first. At most 100. */
  recentExecutions(app: App, pipeline: Pipeline, limit?: number): Promise<readonly ExecutionSummary[]>;
  /** The ways into stages that are closed now, in the pipeline's order. */
  disabledTransitions(app: App, pipeline: Pipeline): Promise<readonly DisabledTransition[]>;
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
  readonly releaseNumber: number;
}

/** What AWS said. `refused` carries AWS's words; the plan decides what it means. */
export type EffectResult =
  | { readonly kind: 'started'; readonly executionId: string }
  | { readonly kind: 'updating'; readonly requestId: string; readonly at: Time }
  | { readonly kind: 'done' }
  /** Somebody else was faster: the approval was answered, the execution had ended, nothing was in flight. */
  | { readonly kind: 'overtaken'; readonly text: string }
  /** Beanstalk: "must be Ready"; CodePipeline: Conflict. A reason to wait. */
  | { readonly kind: 'busy'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };

export interface Slack {
  /** Posts once, with no retry; throws a fault with `unknownOutcome` when nobody knows. */
  post(message: WantedMessage, identity: MessageIdentity, threadTs?: string): Promise<{ readonly channel: string; readonly ts: string }>;
  /** False: the message is gone. */
  edit(message: WantedMessage, at: { readonly channel: string; readonly ts: string }): Promise<boolean>;
  /** Looks in the history for a message that carries this identity. */
  find(identity: MessageIdentity, where: { readonly channel: string; readonly threadTs?: string; readonly since: Time }): Promise<{ readonly channel: string; readonly ts: string } | undefined>;
  /** Answers the one who asked, seen by nobody else. Best effort: a failure is logged, not thrown. */
  reply(to: ReplyAddress, message: { readonly text: string; readonly blocks?: WantedMessage['blocks']; readonly replaceOriginal?: boolean }): Promise<void>;
  permalink(at: { readonly channel: string; readonly ts: string }): Promise<string | undefined>;
  publishHome(user: string, view: { readonly blocks: WantedMessage['blocks'] }): Promise<void>;
  openForm(triggerId: string, view: FormView): Promise<{ readonly viewId: string; readonly hash: string } | undefined>;
  updateForm(viewId: string, view: FormView, hash?: string): Promise<void>;
  people: People;
}

/** A modal, in Slack's own shape: made in views/, sent as it is. */
export interface FormView {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly title: { readonly type: 'plain_text'; readonly text: string };
  readonly submit?: { readonly type: 'plain_text'; readonly text: string };
  readonly close?: { readonly type: 'plain_text'; readonly text: string };
  readonly private_metadata?: string;
  readonly notify_on_close?: boolean;
  readonly blocks: WantedMessage['blocks'];
}

/** Put into the message's metadata, so that it can be found again. No secrets: anyone in the workspace can read it. */
export interface MessageIdentity {
  /** Release id, or what else owns the message. */
  readonly owner: string;
  readonly key: string;
}

export interface ReplyAddress {
  readonly user: string;
  readonly channel: string;
  /** Slack's response_url: 30 minutes, 5 uses. */
  readonly responseUrl?: string;
  readonly threadTs?: string;
}

export interface People {
  /**
   * Whether the user is among the principals, groups looked up. `fresh`: look again now (a decision hangs on it).
   * A failed look-up throws a fault: the caller denies.
   */
  isAmong(user: string, principals: readonly Principal[], fresh?: boolean): Promise<boolean>;
  /** Guests, bots, deactivated and external users are never approvers. */
  standing(user: string): Promise<'member' | 'guest' | 'bot' | 'deactivated' | 'external'>;
  displayName(user: string): Promise<string>;
  /** Slack user with this e-mail, if any. */
  byEmail(email: string): Promise<string | undefined>;
  /** Members of the user groups and users named, for mentions: S… and U… ids as they are. */
  inChannel(channel: string): Promise<ReadonlySet<string>>;
}

/** Everything durable. Each method is one transaction; none makes a remote call. */
export interface Store {
  // releases
  release(id: string): Promise<Release | undefined>;
  releaseByNumber(number: number): Promise<Release | undefined>;
  releaseByExecution(pipeline: string, executionId: string, environment?: string): Promise<readonly Release[]>;
  releaseByApproval(approvalId: string): Promise<Release | undefined>;
  /** Not over, oldest first; all apps when none is named. */
  openReleases(app?: string): Promise<readonly Release[]>;
  /** Newest first. */
  recentReleases(find: { readonly app?: string; readonly environment?: string; readonly limit: number }): Promise<readonly Release[]>;
  /**
   * Adds a release with the next number, makes its work due now. Answers with the release that stands there already
   * when `requestId` was used before, when its execution already has a release for the same environment, or when an
   * open release asks for the same (`asksTheSame`).
   */
  addRelease(release: Omit<Release, 'number' | 'version'>, requestId?: string): Promise<{ readonly release: Release; readonly added: boolean }>;
  /** Compare-and-set on `version`; with a claim also fenced. Throws `Stale` or `Fenced`. Returns the saved release (version raised). */
  saveRelease(release: Release, claim?: Claim): Promise<Release>;

  // what ran where
  runningVersions(app: string, environment: string, limit: number): Promise<readonly RunningVersion[]>;
  /** Adds, or raises the standing of, the entry with the same label and `since`. */
  recordRunning(version: RunningVersion): Promise<void>;

  // messages
  messages(owner: string): Promise<readonly PostedMessage[]>;
  messageAt(channel: string, ts: string): Promise<PostedMessage | undefined>;
  saveMessage(message: PostedMessage): Promise<void>;

  // what people said: durable before Slack gets its ack
  /** False: the same delivery was recorded before. Makes its work due now. */
  receive(said: Said): Promise<boolean>;
  said(id: string): Promise<Said | undefined>;
  finishSaid(id: string, outcome: string): Promise<void>;

  // facts that outlive a process
  note(key: string): Promise<string | undefined>;
  setNote(key: string, value: string): Promise<void>;

  // due work
  nudge(key: string, at: Time): Promise<void>;
  /** Claims the most overdue free work for `leaseMs`, or answers when the next falls due. */
  claim(owner: string, now: Time, leaseMs: number): Promise<{ readonly claim: Claim } | { readonly nextDueAt: Time | undefined }>;
  /** Ends a run: due again at `dueAt` (at once if it was nudged meanwhile), or forgotten when undefined and not nudged. Throws `Fenced`. */
  finish(claim: Claim, dueAt: Time | undefined): Promise<void>;
  /** Ends a run that broke: due again at `dueAt` and not sooner for a nudge during the run; raises `faults` (finish resets it). Throws `Fenced`. */
  defer(claim: Claim, dueAt: Time): Promise<void>;
  /** Keeps the lease for `leaseMs` more. Throws `Fenced`. */
  renew(claim: Claim, now: Time, leaseMs: number): Promise<void>;
  /** At start: the leases of owners that are gone are free (embedded: all of them; PostgreSQL: of sessions that ended). */
  freeLeases(): Promise<void>;
}

export interface Claim {
  /** 'release:<id>', 'pipeline:<app>/<name>', 'said:<id>', 'home:<user>', 'history:<channel>'. */
  readonly key: string;
  readonly owner: string;
  /** The fence: a later claim has a higher one. */
  readonly epoch: number;
  readonly nudges: number;
  /** How often in a row this work has ended in a fault. */
  readonly faults: number;
}

/** Something a person did in Slack, as it was delivered. */
export interface Said {
  /** Recognises a redelivery: trigger id, or channel + ts of a mention, or message + user + action + action_ts. */
  readonly id: string;
  readonly at: Time;
  readonly user: string;
  readonly channel: string;
  readonly what:
    | { readonly kind: 'command'; readonly words: string; readonly command: string }
    | { readonly kind: 'mention'; readonly words: string; readonly ts: string; readonly threadTs?: string }
    | { readonly kind: 'button'; readonly button: string; readonly value: string; readonly messageTs?: string; readonly threadTs?: string; readonly ephemeral: boolean }
    | { readonly kind: 'form'; readonly form: string; readonly values: Readonly<Record<string, string>>; readonly privateMetadata: string };
  readonly reply: ReplyAddress;
  /** For forms: three seconds, one use. Never stored. */
  readonly triggerId?: string;
}

/** Structured log lines. Facts carry ids and error words, never secrets or what people wrote. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
