import type { JsonObject } from '../json.ts';
import type { Account } from './account.ts';
import type { AwsService, Caller } from './engine/service.ts';
import { isObject, object, objects, text, texts } from './engine/values.ts';
import type { Part } from './part.ts';

/** Auto Scaling, read only: the groups are those that Beanstalk says its environments have. */
export function autoscaling(account: Account, services: ReadonlyMap<string, AwsService>): Part {
  const ask = async (operation: string, input: JsonObject, caller: Caller): Promise<JsonObject> => {
    const answer = await services.get('elasticbeanstalk')?.handlers[operation]?.(input, caller);
    return isObject(answer) ? answer : {};
  };
  const groups = async (caller: Caller): Promise<readonly JsonObject[]> => {
    const environments = objects(await ask('DescribeEnvironments', {}, caller), 'Environments');
    const found = await Promise.all(environments.map((environment) => ask('DescribeEnvironmentResources', { EnvironmentName: text(environment, 'EnvironmentName') }, caller)));
    return found.flatMap((resources) => groupsOf(account, object(resources, 'EnvironmentResources') ?? {}));
  };
  return {
    service: {
      name: 'autoscaling',
      handlers: {
        async DescribeAutoScalingGroups(input, caller) {
          const names = texts(input, 'AutoScalingGroupNames');
          return { AutoScalingGroups: (await groups(caller)).filter((group) => !names || names.includes(text(group, 'AutoScalingGroupName') ?? '')) };
        },
        DescribeScalingActivities: () => ({ Activities: [] }),
      },
    },
  };
}

function groupsOf(account: Account, resources: JsonObject): readonly JsonObject[] {
  const zone = `${account.region}a`;
  const instances = objects(resources, 'Instances').map((instance) => ({ InstanceId: text(instance, 'Id') ?? '', AvailabilityZone: zone, LifecycleState: 'InService', HealthStatus: 'Healthy', ProtectedFromScaleIn: false }));
  return objects(resources, 'AutoScalingGroups').map((group) => {
    const name = text(group, 'Name') ?? '';
    return {
      AutoScalingGroupName: name,
      AutoScalingGroupARN: `arn:aws:autoscaling:${account.region}:${account.id}:autoScalingGroup:sandbox:autoScalingGroupName/${name}`,
      MinSize: instances.length,
      MaxSize: instances.length,
      DesiredCapacity: instances.length,
      DefaultCooldown: 360,
      AvailabilityZones: [zone],
      HealthCheckType: 'EC2',
      HealthCheckGracePeriod: 0,
      Instances: instances,
      CreatedTime: new Date(0),
    };
  });
}
