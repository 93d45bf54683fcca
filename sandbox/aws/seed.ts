import type { JsonObject } from '../json.ts';
import type { PastExecution, PipelineDeclaration } from './seeds/pipeline-seed.ts';
import type { SeedApplication } from './seeds/environment-seed.ts';

export type { ActionDeclaration, PastAction, PastDeployment, PastExecution, PipelineDeclaration, StageDeclaration } from './seeds/pipeline-seed.ts';
export type { DeployDurations, DeploymentPolicy, OptionSetting, SeedApplication, SeedEnvironment, SeedVersion } from './seeds/environment-seed.ts';

/**
 * What the AWS account holds when it starts. A `--seed FILE` is JSON of this type; a part (top-level member) that it
 * leaves out is the default account's. Past times are minutes before the start, see `seedTime`.
 */
export interface Seed {
  /** Epoch ms: when the account was made. Set by `loadSeed`. */
  readonly startedAt: number;
  readonly accountId: string;
  readonly region: string;
  readonly keys: readonly SeedKey[];
  /** Roles that `sts:AssumeRole` gives, by name. */
  readonly roles: readonly string[];
  readonly repositories: readonly SeedRepository[];
  readonly projects: readonly SeedProject[];
  readonly pipelines: readonly SeedPipeline[];
  readonly applications: readonly SeedApplication[];
  readonly alarms: readonly SeedAlarm[];
  readonly queues: readonly SeedQueue[];
  readonly rules: readonly SeedRule[];
}

/** An access key of an IAM user. */
export interface SeedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** 'jack' → arn:aws:iam::<account>:user/jack. */
  readonly user: string;
}

export interface SeedRepository {
  /** 'shop' in CodeCommit, 'acme/api' for GitHub behind a connection. */
  readonly name: string;
  readonly provider: 'CodeCommit' | 'GitHub';
  /** The connection's ARN, for GitHub. */
  readonly connectionArn?: string;
  readonly branch: string;
  /** Oldest first; each is the child of the one before it. */
  readonly commits: readonly SeedCommit[];
}

export interface SeedCommit {
  /** 40 hex. */
  readonly id: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
  readonly minutesAgo: number;
  /** What the commit writes: path → text; null deletes. What it does not name stays as in its parent. */
  readonly files: Readonly<Record<string, string | null>>;
}

/** A CodeBuild project and how its good build goes. */
export interface SeedProject {
  readonly name: string;
  readonly description?: string;
  readonly image: string;
  readonly computeType: string;
  readonly buildspec: string;
  readonly serviceRole: string;
  readonly timeoutInMinutes: number;
  /** '/aws/codebuild/shop-build'. */
  readonly logGroup: string;
  readonly phases: readonly SeedPhase[];
  /** Test reports that a good build leaves; a mishap with failed tests adds to them. */
  readonly tests?: { readonly reportGroup: string; readonly passed: readonly string[] };
}

export interface SeedPhase {
  readonly phase: 'SUBMITTED' | 'QUEUED' | 'PROVISIONING' | 'DOWNLOAD_SOURCE' | 'INSTALL' | 'PRE_BUILD' | 'BUILD' | 'POST_BUILD' | 'UPLOAD_ARTIFACTS' | 'FINALIZING' | 'COMPLETED';
  /** AWS seconds. */
  readonly seconds: number;
  readonly lines: readonly string[];
}

export interface SeedPipeline {
  /** As GetPipeline's `pipeline`. */
  readonly declaration: PipelineDeclaration;
  readonly createdMinutesAgo: number;
  /** Newest first. */
  readonly past: readonly PastExecution[];
  /** Real seconds after which its approvals expire, instead of the action's timeoutInMinutes or AWS's 7 days. */
  readonly approvalTimeoutSeconds?: number;
}

export interface SeedAlarm {
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** 'Sum', 'Average', …, or an extended one: 'p95'. */
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly threshold: number;
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold' | 'LessThanOrEqualToThreshold';
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
}

export interface SeedQueue {
  readonly name: string;
  /** Name of the queue that takes what was received too often. */
  readonly deadLetterQueue?: string;
  readonly maxReceiveCount?: number;
}

/** An EventBridge rule on the default bus. */
export interface SeedRule {
  readonly name: string;
  readonly pattern: JsonObject;
  /** Names of queues. */
  readonly queues: readonly string[];
}

/** Epoch ms of a time that the seed gives in minutes before the start. */
export function seedTime(seed: Pick<Seed, 'startedAt'>, minutesAgo: number): number {
  return Math.round(seed.startedAt - minutesAgo * 60_000);
}
