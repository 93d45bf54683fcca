import type { DeployMishap } from '../../account.ts';
import { commandFailed, engineFailure } from './words.ts';

export const deployDependencyInstallFailed: DeployMishap = {
  id: 'deploy-dependency-install-failed',
  title: 'Dependencies cannot be installed on the instances',
  source: 'form of public eb-engine.log excerpts ("fail to install dependencies … failed with error exit status"); the npm text is npm’s',
  kind: 'deploy',
  instancesDeployed: 0,
  events: commandFailed,
  instanceLog: [
    '2026/11/22 10:41:10.700102 [INFO] Running command: npm --omit=dev install',
    ...engineFailure('Use NPM to install dependencies', "Command npm --omit=dev install failed with error exit status 1. Stderr:npm error code ETARGET\nnpm error notarget No matching version found for left-pad@^9.0.0."),
  ],
};
