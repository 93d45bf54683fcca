import type { DeployMishap } from '../../account.ts';
import { commandFailed, engineFailure } from './words.ts';

export const rolledBack: DeployMishap = {
  id: 'deploy-rolled-back',
  title: 'The deployment fails and Beanstalk puts the old version back',
  source: 'developer guide on immutable updates (instances of the old version stay); event texts as for a failed instance',
  kind: 'deploy',
  instancesDeployed: 0,
  events: commandFailed,
  instanceLog: engineFailure('CheckProcfileProcesses', 'process web exited with status 1 four times'),
  rollsBack: true,
};
