import type { Handler } from '../../engine/service.ts';
import { AwsError } from '../../engine/service.ts';
import { launch, rebuild, restart, terminate } from '../deployment/lifecycle.ts';
import { badName, cannotTerminate, missing } from '../errors.ts';
import { mustBeReady } from '../deployment/update.ts';
import { makeEnvironment } from '../state/make-environment.ts';
import type { Estate } from '../state/estate.ts';
import { environmentView } from '../views/environment.ts';
import { objects, refuseGiven, text } from './input.ts';

/** Creating, ending, rebuilding and restarting. */
export function lifecycleHandlers(estate: Estate): Record<string, Handler> {
  return {
    CreateEnvironment: (input, caller) => {
      refuseGiven(input, { TemplateName: 'configuration templates', PlatformArn: 'a choice of platforms', SolutionStackName: 'a choice of platforms', Tier: 'worker environments', GroupName: 'environment groups' });
      const name = text(input, 'EnvironmentName');
      if (name === undefined) throw missing('EnvironmentName is required.');
      if (!/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name)) throw badName(name);
      const application = estate.application(text(input, 'ApplicationName') ?? '');
      if (estate.environments.some((each) => each.name === name && each.status !== 'Terminated')) throw new AwsError('InvalidParameterValue', `Environment ${name} already exists.`);
      const label = text(input, 'VersionLabel');
      if (label !== undefined) estate.version(application.name, label);
      const options = objects(input, 'OptionSettings').map((each) => ({ Namespace: text(each, 'Namespace') ?? '', OptionName: text(each, 'OptionName') ?? '', Value: text(each, 'Value') ?? '' }));
      const environment = makeEnvironment(estate, application.name, name, label, options, text(input, 'CNAMEPrefix'));
      estate.environments.push(environment);
      launch(estate, environment, caller.requestId);
      return environmentView(estate, environment);
    },
    TerminateEnvironment: (input, caller) => {
      const environment = estate.environment(input);
      if (environment.status !== 'Ready') throw cannotTerminate(environment.name);
      terminate(estate, environment, caller.requestId);
      return environmentView(estate, environment);
    },
    RebuildEnvironment: (input, caller) => {
      const environment = estate.environment(input);
      mustBeReady(environment);
      rebuild(estate, environment, caller.requestId);
    },
    RestartAppServer: (input, caller) => {
      const environment = estate.environment(input);
      mustBeReady(environment);
      restart(estate, environment, caller.requestId);
    },
  };
}
