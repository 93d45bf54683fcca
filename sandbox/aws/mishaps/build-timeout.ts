import type { BuildMishap } from '../account.ts';

export const timeout: BuildMishap = {
  id: 'build-timeout',
  title: 'The build takes longer than its timeout',
  source: 'status TIMED_OUT and code BUILD_TIMED_OUT by the CodeBuild API reference and user guide; the message is assumed',
  kind: 'build',
  phase: 'BUILD',
  statusCode: 'BUILD_TIMED_OUT',
  message: 'Build has timed out.',
  status: 'TIMED_OUT',
  logLines: ['Running command npm test', '> test', '> jest --ci --watch', 'No tests found related to files changed since last commit.', 'Watch Usage', ' › Press a to run all tests.'],
};
