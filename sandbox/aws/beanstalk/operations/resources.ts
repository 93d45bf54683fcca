import type { Handler } from '../../engine/service.ts';
import { mustBeReady } from '../deployment/update.ts';
import { notBuilt } from '../errors.ts';
import type { Estate } from '../state/estate.ts';
import { groupName, launchTemplateId, loadBalancerArn } from '../state/resources.ts';
import { text } from './input.ts';

/** What an environment consists of, and its settings; and swapping addresses. */
export function resourceHandlers(estate: Estate): Record<string, Handler> {
  const { account } = estate;
  return {
    DescribeEnvironmentResources: (input) => {
      const environment = estate.environment(input);
      return {
        EnvironmentResources: {
          EnvironmentName: environment.name,
          AutoScalingGroups: [{ Name: groupName(environment) }],
          Instances: environment.instances.map((each) => ({ Id: each.id })),
          LaunchConfigurations: [],
          LaunchTemplates: [{ Id: launchTemplateId(environment) }],
          LoadBalancers: environment.loadBalanced ? [{ Name: loadBalancerArn(environment, account.region, account.id) }] : [],
          Triggers: [],
          Queues: [],
        },
      };
    },
    DescribeConfigurationSettings: (input) => {
      if (text(input, 'TemplateName') !== undefined) throw notBuilt('configuration templates');
      estate.application(text(input, 'ApplicationName') ?? '');
      const environment = estate.environment(input);
      const { status, operation } = environment;
      return {
        ConfigurationSettings: [
          {
            ApplicationName: environment.application,
            EnvironmentName: environment.name,
            SolutionStackName: environment.solutionStackName,
            PlatformArn: environment.platformArn,
            DateCreated: new Date(environment.createdAt),
            DateUpdated: new Date(environment.updatedAt),
            DeploymentStatus: status === 'Updating' && operation?.kind === 'configure' ? 'pending' : 'deployed',
            OptionSettings: environment.options.map((each) => ({ ...each })),
          },
        ],
      };
    },
    DescribeEnvironmentManagedActions: (input) => {
      estate.environment(input);
      return { ManagedActions: [] };
    },
    SwapEnvironmentCNAMEs: (input, caller) => {
      const source = estate.environment({ EnvironmentName: input.SourceEnvironmentName, EnvironmentId: input.SourceEnvironmentId });
      const destination = estate.environment({ EnvironmentName: input.DestinationEnvironmentName, EnvironmentId: input.DestinationEnvironmentId });
      mustBeReady(source);
      mustBeReady(destination);
      [source.cname, destination.cname] = [destination.cname ?? '', source.cname ?? ''];
      for (const each of [source, destination]) estate.say(each, 'INFO', `Completed swapping CNAMEs for environments '${source.name}' and '${destination.name}'.`, caller.requestId);
    },
  };
}
