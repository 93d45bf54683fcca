/** An Elastic Beanstalk application. */
export interface SeedApplication {
  readonly name: string;
  readonly description: string;
  readonly createdMinutesAgo: number;
  /** Version lifecycle policy: how many versions are kept. No policy where it is missing. */
  readonly maxCount?: number;
  readonly deleteSourceFromS3?: boolean;
  /** Versions that no pipeline made; those of past executions come from there. */
  readonly versions: readonly SeedVersion[];
  readonly environments: readonly SeedEnvironment[];
}

export interface SeedVersion {
  readonly label: string;
  readonly description?: string;
  readonly minutesAgo: number;
  readonly bundle: { readonly bucket: string; readonly key: string };
  /** What the bundle contains: path → text. */
  readonly files: Readonly<Record<string, string>>;
}

export type DeploymentPolicy = 'AllAtOnce' | 'Rolling' | 'RollingWithAdditionalBatch' | 'Immutable';

export interface SeedEnvironment {
  readonly name: string;
  /** 'e-' and ten characters. */
  readonly id: string;
  readonly description?: string;
  readonly createdMinutesAgo: number;
  readonly tier: 'WebServer' | 'Worker';
  readonly solutionStackName: string;
  readonly platformArn: string;
  readonly policy: DeploymentPolicy;
  readonly batch: { readonly type: 'Percentage' | 'Fixed'; readonly size: number };
  readonly loadBalanced: boolean;
  readonly health: 'enhanced' | 'basic';
  readonly instanceType: string;
  /** EC2 ids; how many there are is the group's size. */
  readonly instances: readonly string[];
  /** aws:elasticbeanstalk:command Timeout. */
  readonly commandTimeoutSeconds: number;
  readonly durations: DeployDurations;
  /** More than the above implies, e.g. environment variables of the application. */
  readonly options: readonly OptionSetting[];
  readonly tags: Readonly<Record<string, string>>;
  /** The version that runs; where it is missing, the last that a past execution deployed here. */
  readonly runs?: string;
}

/** AWS seconds that the steps of a deployment take. */
export interface DeployDurations {
  /** 'Environment update is starting.' → 'Deploying new version to instance(s).' */
  readonly start: number;
  /** The command on one batch of instances. */
  readonly deploy: number;
  /** A batch leaves, or comes back to, the load balancer. */
  readonly register: number;
  /** One instance launches (immutable, additional batch). */
  readonly launch: number;
  /** Last message → health Ok. */
  readonly settle: number;
}

export interface OptionSetting {
  readonly Namespace: string;
  readonly OptionName: string;
  readonly Value: string;
}
