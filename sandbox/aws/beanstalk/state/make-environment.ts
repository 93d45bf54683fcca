import type { OptionSetting } from '../../seed.ts';
import { nodePlatform, usualDurations } from '../../seeds/platform.ts';
import { newEnvironmentId } from './estate.ts';
import type { Estate } from './estate.ts';
import type { Environment } from './model.ts';
import { changed, optionsOf, readOption } from './options.ts';

/** An environment as CreateEnvironment leaves it: Launching, without instances. */
export function makeEnvironment(estate: Estate, application: string, name: string, label: string | undefined, options: readonly OptionSetting[], prefix: string | undefined): Environment {
  const now = estate.account.clock.now();
  const seed = { name, id: newEnvironmentId(), createdMinutesAgo: 0, tier: 'WebServer', ...nodePlatform, policy: 'AllAtOnce', batch: { type: 'Percentage', size: 100 }, loadBalanced: false, health: 'enhanced', instanceType: 't3.small', instances: ['i-0'], commandTimeoutSeconds: 600, durations: usualDurations, options: [], tags: {} } as const;
  const settings = changed(optionsOf(seed), options, []);
  const is = (namespace: string, option: string): string | undefined => readOption({ options: settings }, namespace, option);
  return {
    id: seed.id,
    name,
    application,
    tier: 'WebServer',
    createdAt: now,
    updatedAt: now,
    loadBalanced: is('aws:elasticbeanstalk:environment', 'EnvironmentType') === 'LoadBalanced',
    enhanced: is('aws:elasticbeanstalk:healthreporting:system', 'SystemType') === 'enhanced',
    instanceType: is('aws:autoscaling:launchconfiguration', 'InstanceType') ?? seed.instanceType,
    durations: usualDurations,
    tags: {},
    ...nodePlatform,
    status: 'Launching',
    cname: `${prefix ?? name}.${estate.account.region}.elasticbeanstalk.com`,
    versionLabel: label ?? 'Sample Application',
    deploymentId: 1,
    health: { status: 'Pending', causes: [] },
    options: settings,
    instances: [],
    info: [],
    raised: new Set(),
  };
}
