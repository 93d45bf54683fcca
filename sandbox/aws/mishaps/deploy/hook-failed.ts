import type { DeployMishap } from '../../account.ts';
import { commandFailed, engineFailure } from './words.ts';

export const hookFailed: DeployMishap = {
  id: 'deploy-hook-failed',
  title: 'A platform hook fails',
  source: 'public eb-engine.log excerpts: "[RunAppDeployPreBuildHooks] … Command .platform/hooks/… failed with error exit status"',
  kind: 'deploy',
  instancesDeployed: 0,
  events: commandFailed,
  instanceLog: [
    '2026/11/22 10:41:11.950002 [INFO] Following platform hooks will be executed in order: [01_migrate.sh]',
    '2026/11/22 10:41:11.950127 [INFO] Running platform hook: .platform/hooks/predeploy/01_migrate.sh',
    ...engineFailure('RunAppDeployPreDeployHooks', 'Command .platform/hooks/predeploy/01_migrate.sh failed with error exit status 1. Stderr:Error: connect ECONNREFUSED 10.0.3.17:5432'),
  ],
};
