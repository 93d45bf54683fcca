import type { DeployDurations, SeedEnvironment } from './environment-seed.ts';

/** The platform that the default environments run, in AWS's words. */
export const nodePlatform = {
  solutionStackName: '64bit Amazon Linux 2023 v6.6.2 running Node.js 22',
  platformArn: 'arn:aws:elasticbeanstalk:us-east-1::platform/Node.js 22 running on 64bit Amazon Linux 2023/6.6.2',
} as const;

/** An all-at-once deployment takes 79 s, observed (beanstalk-events); a rolling one with two batches about 4 minutes. */
export const usualDurations: DeployDurations = { start: 6, deploy: 25, register: 35, launch: 75, settle: 37 };

/** What the environments of the default account have in common. */
export const usualEnvironment = {
  ...nodePlatform,
  tier: 'WebServer',
  health: 'enhanced',
  instanceType: 't3.small',
  commandTimeoutSeconds: 600,
  durations: usualDurations,
  batch: { type: 'Percentage', size: 50 },
} as const satisfies Partial<SeedEnvironment>;
