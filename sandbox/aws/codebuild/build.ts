import type { Account, BuildResult, Commit } from '../account.ts';
import type { SeedPhase, SeedProject } from '../seed.ts';

export type BuildStatus = BuildResult['status'] | 'IN_PROGRESS';

export interface Phase {
  readonly type: SeedPhase['phase'];
  status?: Exclude<BuildStatus, 'IN_PROGRESS'>;
  readonly startedAt: number;
  endedAt?: number;
  context?: { readonly statusCode: string; readonly message: string };
}

export interface Build {
  /** 'shop-build:<uuid>'. */
  readonly id: string;
  readonly arn: string;
  readonly number: number;
  readonly project: SeedProject;
  readonly initiator: string;
  /** Whether a pipeline gave it its source. */
  readonly fromPipeline: boolean;
  readonly repository?: string;
  readonly commit: Commit;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly timeoutInMinutes: number;
  readonly startedAt: number;
  endedAt?: number;
  status: BuildStatus;
  readonly phases: Phase[];
  readonly reportArns: string[];
  /** Stops it where it runs; undefined once it has ended. */
  stop?: () => void;
}

export interface TestCase {
  readonly name: string;
  readonly suite: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly message: string;
  readonly nanoseconds: number;
}

export interface Report {
  readonly arn: string;
  readonly groupArn: string;
  readonly name: string;
  readonly buildArn: string;
  readonly createdAt: number;
  readonly cases: readonly TestCase[];
}

/** What every part of CodeBuild works on. */
export interface Workshop {
  readonly account: Account;
  readonly projects: ReadonlyMap<string, SeedProject>;
  /** In the order they started. */
  readonly builds: Build[];
  readonly reports: Report[];
  /** Epoch ms. */
  readonly createdAt: number;
}

/** The stream's name, and the part of the id after the colon. */
export function uuidOf(build: Pick<Build, 'id'>): string {
  return build.id.slice(build.id.indexOf(':') + 1);
}

export function currentPhase(build: Build): Phase | undefined {
  return build.phases.at(-1);
}
