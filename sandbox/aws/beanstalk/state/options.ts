import type { DeploymentPolicy, OptionSetting, SeedEnvironment } from '../../seed.ts';
import { notBuilt } from '../errors.ts';
import type { Environment } from './model.ts';

const command = 'aws:elasticbeanstalk:command';

/** The option settings that a seeded environment's facts imply, and its own. */
export function optionsOf(seed: SeedEnvironment): readonly OptionSetting[] {
  const size = String(seed.instances.length);
  return [
    option(command, 'DeploymentPolicy', seed.policy),
    option(command, 'BatchSizeType', seed.batch.type),
    option(command, 'BatchSize', String(seed.batch.size)),
    option(command, 'Timeout', String(seed.commandTimeoutSeconds)),
    option(command, 'IgnoreHealthCheck', 'false'),
    option('aws:elasticbeanstalk:healthreporting:system', 'SystemType', seed.health),
    option('aws:elasticbeanstalk:environment', 'EnvironmentType', seed.loadBalanced ? 'LoadBalanced' : 'SingleInstance'),
    option('aws:elasticbeanstalk:environment', 'ServiceRole', 'aws-elasticbeanstalk-service-role'),
    ...(seed.loadBalanced ? [option('aws:elasticbeanstalk:environment', 'LoadBalancerType', 'application')] : []),
    option('aws:elasticbeanstalk:environment:process:default', 'HealthCheckPath', '/'),
    option('aws:elasticbeanstalk:environment:process:default', 'Port', '80'),
    option('aws:autoscaling:asg', 'MinSize', size),
    option('aws:autoscaling:asg', 'MaxSize', size),
    option('aws:autoscaling:launchconfiguration', 'InstanceType', seed.instanceType),
    option('aws:autoscaling:updatepolicy:rollingupdate', 'RollingUpdateType', seed.policy === 'Immutable' ? 'Immutable' : 'Health'),
    option('aws:elasticbeanstalk:managedactions', 'ManagedActionsEnabled', 'false'),
    option('aws:elasticbeanstalk:cloudwatch:logs', 'StreamLogs', 'true'),
    ...seed.options,
  ];
}

function option(Namespace: string, OptionName: string, Value: string): OptionSetting {
  return { Namespace, OptionName, Value };
}

export function readOption(environment: Pick<Environment, 'options'>, namespace: string, name: string): string | undefined {
  return environment.options.find((each) => each.Namespace === namespace && each.OptionName === name)?.Value;
}

/** The deployment policy; throws where it is one that the sandbox does not play. */
export function policyOf(environment: Environment): DeploymentPolicy {
  const policy = readOption(environment, command, 'DeploymentPolicy');
  switch (policy) {
    case 'Rolling':
    case 'RollingWithAdditionalBatch':
    case 'Immutable':
      return policy;
    case 'TrafficSplitting':
      throw notBuilt('traffic splitting deployments');
    default:
      return 'AllAtOnce';
  }
}

/** How many instances make a batch: at least one, at most all. */
export function batchSizeOf(environment: Environment): number {
  const size = Number(readOption(environment, command, 'BatchSize') ?? '100');
  const all = environment.instances.length;
  const count = readOption(environment, command, 'BatchSizeType') === 'Fixed' ? size : Math.ceil((all * size) / 100);
  return Math.max(1, Math.min(all, count));
}

export function commandTimeoutOf(environment: Environment): number {
  return Number(readOption(environment, command, 'Timeout') ?? '600');
}

function same(a: Omit<OptionSetting, 'Value'>, b: Omit<OptionSetting, 'Value'>): boolean {
  return a.Namespace === b.Namespace && a.OptionName === b.OptionName;
}

/** Settings with `changes` put in and `removed` taken out. */
export function changed(options: readonly OptionSetting[], changes: readonly OptionSetting[], removed: readonly Omit<OptionSetting, 'Value'>[]): readonly OptionSetting[] {
  const kept = options.filter((each) => !changes.some((change) => same(each, change)) && !removed.some((gone) => same(each, gone)));
  return [...kept, ...changes];
}
