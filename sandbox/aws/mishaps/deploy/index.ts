import type { DeployMishap, EnvironmentMishap } from '../../account.ts';
import { appPort } from './app-port.ts';
import { capacity } from './capacity.ts';
import { commandTimeout } from './command-timeout.ts';
import { deployDependencyInstallFailed } from './dependency-install-failed.ts';
import { healthCheckPath } from './health-check-path.ts';
import { hookFailed } from './hook-failed.ts';
import { instanceFailed } from './instance-failed.ts';
import { rolledBack } from './rolled-back.ts';
import { environment5xx } from './environment-5xx.ts';
import { environmentSevere } from './environment-severe.ts';

/** What can go wrong in a Beanstalk environment, in the order of the page's switches. */
export const deployMishaps: readonly (DeployMishap | EnvironmentMishap)[] = [
  instanceFailed,
  commandTimeout,
  hookFailed,
  deployDependencyInstallFailed,
  healthCheckPath,
  appPort,
  rolledBack,
  capacity,
  environment5xx,
  environmentSevere,
];
