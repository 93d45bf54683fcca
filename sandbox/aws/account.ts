import type { Assumptions } from './assumptions.ts';
import type { Clock } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import type { Change } from '../control/route.ts';

/**
 * What the services of one AWS account know of each other. Over the wire they speak AWS's models; among themselves
 * these few interfaces. A reset makes a new account; nothing outlives it.
 */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly objects: ObjectStore;
  readonly repositories: Repositories;
  readonly logs: LogSink;
  readonly metrics: MetricSink;
  readonly alarms: Alarms;
  readonly stacks: StackBook;
  readonly builds: BuildRunner;
  readonly beanstalk: Deployer;
  readonly mishaps: MishapBoard;
  /** Behaviours that are assumed, not verified; each can be switched (sandbox/README.md lists them). */
  readonly assumptions: Assumptions;
  changed(change: Change): void;
}

/** EventBridge: puts an event to the rules, which put it into queues (late, twice, out of order on demand). */
export interface EventBus {
  emit(event: { readonly source: string; readonly detailType: string; readonly resources: readonly string[]; readonly detail: JsonObject }): void;
}

export interface ObjectStore {
  put(bucket: string, key: string, body: Uint8Array, metadata?: Readonly<Record<string, string>>): { readonly versionId: string; readonly etag: string };
  get(bucket: string, key: string): { readonly body: Uint8Array; readonly versionId: string; readonly etag: string } | undefined;
  /** An https-looking address on this sandbox that answers with the object, as a presigned URL would. */
  presign(bucket: string, key: string): string;
}

export interface Commit {
  /** 40 hex. */
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
  /** Epoch ms. */
  readonly at: number;
  /** Whole content after the commit: path → text. */
  readonly files: Readonly<Record<string, string>>;
}

/** CodeCommit's repositories, also those that stand for GitHub behind a connection. */
export interface Repositories {
  head(repository: string, branch: string): Commit | undefined;
  commit(repository: string, id: string): Commit | undefined;
  push(push: {
    readonly repository: string;
    readonly branch: string;
    readonly author: { readonly name: string; readonly email: string };
    readonly message: string;
    readonly files?: Readonly<Record<string, string>>;
  }): Commit;
  onPush(told: (repository: string, branch: string, commit: Commit) => void): void;
}

export interface LogSink {
  /** Appends to a stream, making group and stream as needed. */
  write(group: string, stream: string, lines: readonly string[]): void;
}

export interface MetricSink {
  put(namespace: string, name: string, dimensions: Readonly<Record<string, string>>, value: number, at?: number): void;
}

/** CloudWatch's alarms, for mishaps and for what the page shows. */
export interface Alarms {
  /** Sets the alarm; throws `AwsError` ResourceNotFound where there is none of this whole name ('shop-prod-5xx'). */
  set(name: string, state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', reason: string): void;
  /** Alarms with the dimension EnvironmentName. */
  ofEnvironment(environment: string): readonly { readonly name: string; readonly state: string }[];
}

/** CloudFormation: the stack behind each environment. */
export interface StackBook {
  create(name: string, resources: readonly { readonly logicalId: string; readonly type: string; readonly physicalId: string }[]): { readonly id: string };
  /** One line of DescribeStackEvents. */
  event(stack: string, event: { readonly logicalId: string; readonly type: string; readonly physicalId?: string; readonly status: string; readonly reason?: string }): void;
}

export interface BuildRunner {
  hasProject(project: string): boolean;
  /** Starts a build as CodePipeline does; `onEnd` is called once. */
  start(build: {
    readonly project: string;
    /** 'codepipeline/<pipeline>'. */
    readonly initiator: string;
    readonly commit: Commit;
    readonly environment: readonly { readonly name: string; readonly value: string }[];
    onEnd(result: BuildResult): void;
  }): { readonly id: string; readonly arn: string; readonly url: string };
  /** As StopBuild. */
  stop(id: string): void;
}

export interface BuildResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'FAULT' | 'TIMED_OUT' | 'STOPPED';
  /** 'Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: …' where it failed. */
  readonly message?: string;
  /** What the build makes: path → text. */
  readonly output: Readonly<Record<string, string>>;
}

/** Beanstalk as CodePipeline's deploy action uses it. */
export interface Deployer {
  hasEnvironment(application: string, environment: string): boolean;
  createVersion(version: {
    readonly application: string;
    readonly label: string;
    readonly description?: string;
    readonly bundle: { readonly bucket: string; readonly key: string };
  }): void;
  /** Throws `AwsError` where Beanstalk refuses ("… Must be Ready."). `onEnd` is called once, after the terminal event and Ready. */
  deploy(deploy: {
    readonly application: string;
    readonly environment: string;
    readonly label: string;
    onEnd(result: { readonly ok: boolean; /** ERROR events of the operation, newest first. */ readonly errors: readonly string[] }): void;
  }): { readonly requestId: string };
}

/** Which named failures are armed, and for what. */
export interface MishapBoard {
  /** The armed mishap of this kind for this place, used up if it was armed for once. */
  take(kind: MishapKind, place: string): Mishap | undefined;
  list(): readonly ArmedMishap[];
  arm(mishap: { readonly id: string; readonly place: string; readonly times?: number }): void;
  disarm(id: string, place: string): void;
  /** Told when one is armed or disarmed: those of kind 'environment' strike at once. */
  onArm(told: (mishap: Mishap, place: string, armed: boolean) => void): void;
}

export type MishapKind = 'build' | 'deploy' | 'environment';

export interface ArmedMishap {
  readonly id: string;
  readonly place: string;
  /** How often it will still strike; undefined is for ever. */
  readonly times?: number;
}

/** One named failure: plays AWS's real texts over time. One file each in `mishaps/`; `mishaps/index.ts` lists them. */
export type Mishap = BuildMishap | DeployMishap | EnvironmentMishap;

interface MishapFacts {
  /** kebab-case, the same as the diagnosis that finds it. */
  readonly id: string;
  /** For the page's switch: 'The tests fail'. */
  readonly title: string;
  /** Where AWS's words come from. */
  readonly source: string;
}

/** `place` is the CodeBuild project. */
export interface BuildMishap extends MishapFacts {
  readonly kind: 'build';
  readonly phase: 'DOWNLOAD_SOURCE' | 'PROVISIONING' | 'INSTALL' | 'PRE_BUILD' | 'BUILD' | 'POST_BUILD' | 'UPLOAD_ARTIFACTS';
  readonly statusCode: string;
  readonly message: string;
  readonly logLines: readonly string[];
  readonly status?: 'FAILED' | 'FAULT' | 'TIMED_OUT';
  readonly failedTests?: readonly { readonly name: string; readonly suite: string; readonly message: string }[];
}

/** `place` is the environment. */
export interface DeployMishap extends MishapFacts {
  readonly kind: 'deploy';
  /** How many instances take the new version before it fails (rolling); the rest keep the old one. */
  readonly instancesDeployed: number;
  readonly timesOut?: boolean;
  /** ERROR/WARN texts between 'Deploying…' and the terminal ones; `{instance}` is the failing instance's id. */
  readonly events: readonly { readonly severity: 'INFO' | 'WARN' | 'ERROR'; readonly message: string }[];
  /** Lines of eb-engine.log / web.stdout.log on the failing instance, for tail logs. */
  readonly instanceLog: readonly string[];
  /** Instances cannot be launched: what CloudFormation says of it. Strikes before any instance has the version. */
  readonly stackEvent?: { readonly logicalId: string; readonly type: string; readonly status: string; readonly reason: string };
  /** Beanstalk puts the old version back by itself (immutable and rolling with health). */
  readonly rollsBack?: boolean;
  /** Deploys "successfully" but the health goes down afterwards. */
  readonly healthAfter?: { readonly status: 'Warning' | 'Degraded' | 'Severe'; readonly causes: readonly string[] };
  /** Alarm names (suffixes) that go to ALARM with it. */
  readonly alarms?: readonly string[];
}

/** `place` is the environment; strikes at once. */
export interface EnvironmentMishap extends MishapFacts {
  readonly kind: 'environment';
  readonly health: { readonly status: 'Warning' | 'Degraded' | 'Severe'; readonly causes: readonly string[] };
  /** Alarm names (suffixes) that go to ALARM. */
  readonly alarms: readonly string[];
}
