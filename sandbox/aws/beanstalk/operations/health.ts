import type { JsonObject } from '../../../json.ts';
import { AwsError } from '../../engine/service.ts';
import type { Handler } from '../../engine/service.ts';
import type { Estate } from '../state/estate.ts';
import type { Environment } from '../state/model.ts';
import { healthAttributes, instanceAttributes } from '../views/health.ts';
import { texts } from './input.ts';

/** Enhanced health. Without AttributeNames only names and ids come back. */
export function healthHandlers(estate: Estate): Record<string, Handler> {
  return {
    DescribeEnvironmentHealth: (input) => {
      const environment = enhanced(estate, input);
      return { EnvironmentName: environment.name, ...pick(healthAttributes(estate, environment), texts(input, 'AttributeNames')) };
    },
    DescribeInstancesHealth: (input) => {
      const environment = enhanced(estate, input);
      const names = texts(input, 'AttributeNames');
      return {
        InstanceHealthList: environment.instances.map((each) => ({ InstanceId: each.id, ...pick(instanceAttributes(estate, environment, each), names) })),
        RefreshedAt: new Date(estate.account.clock.now()),
      };
    },
  };
}

function enhanced(estate: Estate, input: JsonObject): Environment {
  const environment = estate.environment(input);
  if (!environment.enhanced) throw new AwsError('InvalidRequestException', 'DescribeEnvironmentHealth is not supported.');
  return environment;
}

function pick(all: JsonObject, names: readonly string[] | undefined): JsonObject {
  if (names?.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names?.includes(name)));
}
