import { DescribeEnvironmentHealthCommand, DescribeEnvironmentsCommand, DescribeInstancesHealthCommand } from '@aws-sdk/client-elastic-beanstalk';
import type { EnvironmentDescription, SingleInstanceHealth } from '@aws-sdk/client-elastic-beanstalk';
import type { App } from '../../domain/app.ts';
import type { Health, ObservedEnvironment, ObservedInstance } from '../../domain/observation.ts';
import type { Account } from '../clients.ts';
import { unless } from '../faults.ts';
import { given, timeOf } from '../given.ts';
import { pages } from '../reads.ts';
import type { Read } from '../reads.ts';

/** Environments of the application, terminated ones left out; only those named, if any are. */
export async function listEnvironments(read: Read, app: Account & Pick<App, 'application'>, names?: readonly string[]): Promise<readonly EnvironmentDescription[]> {
  const input = { ApplicationName: app.application, IncludeDeleted: false, ...(names && { EnvironmentNames: [...names] }) };
  const answer = await read(app, 'elasticbeanstalk:DescribeEnvironments', input, ({ elasticbeanstalk }, input) => elasticbeanstalk.send(new DescribeEnvironmentsCommand(input)));
  return (answer.Environments ?? []).filter((environment) => environment.Status !== 'Terminated');
}

/** One that the application has no more (terminated, or renamed) is told as terminated. */
export async function observeEnvironment(read: Read, app: App, name: string): Promise<ObservedEnvironment> {
  const [told] = await listEnvironments(read, app, [name]);
  if (!told) return { beanstalkEnvironment: name, id: '', status: 'Terminated', abortable: false, health: { verdict: 'unknown', word: 'Terminated', causes: [] } };
  const instances = await instancesOf(read, app, name);
  const causes = instances ? await causesOf(read, app, name) : [];
  return toEnvironment(told, causes, instances);
}

export function toEnvironment(told: EnvironmentDescription, causes: readonly string[], instances: readonly ObservedInstance[] | undefined): ObservedEnvironment {
  return {
    beanstalkEnvironment: told.EnvironmentName ?? '',
    id: told.EnvironmentId ?? '',
    status: told.Status ?? 'Ready',
    abortable: told.AbortableOperationInProgress ?? false,
    health: toHealth(told, causes),
    ...given({ label: told.VersionLabel || undefined, updatedAt: timeOf(told.DateUpdated), instances }),
  };
}

const VERDICTS: Readonly<Record<string, Health['verdict']>> = {
  Ok: 'ok', Info: 'ok', Green: 'ok',
  Warning: 'bad', Degraded: 'bad', Severe: 'bad', Yellow: 'bad', Red: 'bad',
};

/** Enhanced health's word where there is one, else the colour. Pending, NoData, Grey and the like tell nothing. */
export function toHealth(told: Pick<EnvironmentDescription, 'Health' | 'HealthStatus'>, causes: readonly string[]): Health {
  const word = told.HealthStatus ?? told.Health ?? 'Unknown';
  return { verdict: VERDICTS[word] ?? 'unknown', word, causes };
}

/** Undefined with basic health: Beanstalk then refuses the question. */
async function instancesOf(read: Read, app: App, EnvironmentName: string): Promise<readonly ObservedInstance[] | undefined> {
  const found = await unless(
    pages(10, async (token) => {
      const input = { EnvironmentName, AttributeNames: ['All' as const], ...(token && { NextToken: token }) };
      const answer = await read(app, 'elasticbeanstalk:DescribeInstancesHealth', input, ({ elasticbeanstalk }, input) => elasticbeanstalk.send(new DescribeInstancesHealthCommand(input)));
      return { page: answer.InstanceHealthList ?? [], next: answer.NextToken };
    }),
    'InvalidRequestException',
  );
  return found?.flat().map(toInstance);
}

export function toInstance(told: SingleInstanceHealth): ObservedInstance {
  const status = told.Deployment?.Status;
  return {
    id: told.InstanceId ?? '',
    health: told.HealthStatus ?? 'Unknown',
    causes: told.Causes ?? [],
    ...given({
      label: told.Deployment?.VersionLabel || undefined,
      deployment: status === 'In Progress' || status === 'Deployed' || status === 'Failed' ? status : undefined,
    }),
  };
}

async function causesOf(read: Read, app: App, EnvironmentName: string): Promise<readonly string[]> {
  const input = { EnvironmentName, AttributeNames: ['Causes' as const] };
  const answer = await unless(
    read(app, 'elasticbeanstalk:DescribeEnvironmentHealth', input, ({ elasticbeanstalk }, input) => elasticbeanstalk.send(new DescribeEnvironmentHealthCommand(input))),
    'InvalidRequestException',
  );
  return answer?.Causes ?? [];
}
