import type { DeployMishap } from '../../account.ts';
import { commandFailed, engineFailure } from './words.ts';

export const instanceFailed: DeployMishap = {
  id: 'deploy-instance-failed',
  title: 'The deployment fails on an instance (rolling: after the first batch)',
  source: 'einaregilsson/beanstalk-deploy issue 86; rennokki/laravel-aws-eb issue 71 for the end',
  kind: 'deploy',
  instancesDeployed: 2,
  events: commandFailed,
  instanceLog: engineFailure('StartApplication', "startProcessGroup failed: startGroup web failed with error Command /bin/sh -c systemctl start web.service failed with error exit status 1. Stderr:Job for web.service failed because the control process exited with error code."),
};
