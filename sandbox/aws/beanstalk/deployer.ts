import { randomUUID } from 'node:crypto';
import type { Deployer } from '../account.ts';
import { startDeploy } from './deployment/update.ts';
import type { Estate } from './state/estate.ts';
import { createVersion } from './state/versions.ts';

/** Beanstalk as CodePipeline's deploy action uses it: the same refusals, versions and deployments as over the wire. */
export function deployer(estate: Estate): Deployer {
  return {
    hasEnvironment: (application, name) => estate.environments.some((each) => each.application === application && each.name === name && each.status !== 'Terminated'),
    createVersion: (version) => {
      createVersion(estate, version);
    },
    deploy: (wanted) => {
      const requestId = randomUUID();
      const environment = estate.environment({ EnvironmentName: wanted.environment });
      startDeploy(estate, environment, wanted.label, requestId, (result) => wanted.onEnd(result));
      return { requestId };
    },
  };
}
