import type { BuildMishap } from '../account.ts';

export const dependencyInstallFailed: BuildMishap = {
  id: 'dependency-install-failed',
  title: 'Dependencies cannot be installed',
  source: 'npm 10’s own words (E404); CodeBuild’s wording as in public build logs',
  kind: 'build',
  phase: 'INSTALL',
  statusCode: 'COMMAND_EXECUTION_ERROR',
  message: 'Error while executing command: npm ci. Reason: exit status 1',
  logLines: [
    'Running command npm ci',
    'npm error code E404',
    "npm error 404 Not Found - GET https://registry.npmjs.org/@acme%2fprices/-/prices-2.4.1.tgz - Not found",
    'npm error 404',
    "npm error 404  '@acme/prices@https://registry.npmjs.org/@acme/prices/-/prices-2.4.1.tgz' is not in this registry.",
    'npm error 404',
    'npm error 404 Note that you can also install from a',
    'npm error 404 tarball, folder, http url, or git folder.',
    'npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log',
    'Command did not exit successfully npm ci exit status 1',
  ],
};
