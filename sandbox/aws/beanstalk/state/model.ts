import type { DeployDurations, OptionSetting } from '../../seed.ts';
import type { Operation } from './operation.ts';

export type HealthStatus = 'NoData' | 'Unknown' | 'Pending' | 'Ok' | 'Info' | 'Warning' | 'Degraded' | 'Severe' | 'Suspended';
export type Severity = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
export type EnvironmentStatus = 'Launching' | 'Updating' | 'Ready' | 'Terminating' | 'Terminated' | 'Aborting';

export interface Application {
  readonly name: string;
  readonly description: string;
  readonly createdAt: number;
  updatedAt: number;
  /** Version lifecycle policy. */
  readonly maxCount?: number;
  readonly deleteSourceFromS3: boolean;
  /** Oldest first. */
  versions: Version[];
}

export interface Version {
  readonly application: string;
  readonly label: string;
  readonly description?: string;
  readonly bundle?: { readonly bucket: string; readonly key: string };
  readonly source?: { readonly SourceType: string; readonly SourceRepository: string; readonly SourceLocation: string };
  readonly createdAt: number;
  updatedAt: number;
  status: 'Unprocessed' | 'Processing' | 'Processed' | 'Failed';
}

export interface Health {
  status: HealthStatus;
  causes: readonly string[];
}

/** One EC2 instance of an environment. */
export interface Instance {
  readonly id: string;
  readonly launchedAt: number;
  health: Health;
  /** The most recent deployment to it, whatever became of it. */
  deployment: { label: string; id: number; status: 'In Progress' | 'Deployed' | 'Failed'; at: number };
  /** Its log files, newest line last: path → lines. */
  readonly logs: Record<string, string[]>;
}

export interface Environment {
  readonly id: string;
  readonly name: string;
  readonly application: string;
  readonly description?: string;
  readonly tier: 'WebServer' | 'Worker';
  readonly createdAt: number;
  readonly loadBalanced: boolean;
  readonly enhanced: boolean;
  readonly instanceType: string;
  readonly durations: DeployDurations;
  readonly tags: Readonly<Record<string, string>>;
  readonly solutionStackName: string;
  readonly platformArn: string;
  updatedAt: number;
  status: EnvironmentStatus;
  cname?: string;
  /** What `DescribeEnvironments` says; the instances may differ. */
  versionLabel?: string;
  /** Counts deployments; the id of the last that was started. */
  deploymentId: number;
  /** The last deployment that succeeded: health compares instances with it. */
  expected?: { readonly label: string; readonly id: number };
  health: Health;
  options: readonly OptionSetting[];
  instances: Instance[];
  /** What is being done to it now. */
  operation?: Operation;
  /** Alarms that a mishap here sent to ALARM. */
  readonly raised: Set<string>;
  /** Results of RequestEnvironmentInfo. */
  readonly info: { readonly type: string; readonly instance: string; readonly at: number; readonly url: string }[];
}

export interface BeanstalkEvent {
  readonly at: number;
  readonly severity: Severity;
  readonly message: string;
  readonly application: string;
  readonly environment?: string;
  readonly versionLabel?: string;
  readonly requestId?: string;
}
