import type { BuildMishap } from '../account.ts';

export const diskFull: BuildMishap = {
  id: 'disk-full',
  title: 'The build machine’s disk is full',
  source: 'npm’s own words (ENOSPC); CodeBuild’s wording as in public build logs',
  kind: 'build',
  phase: 'INSTALL',
  statusCode: 'COMMAND_EXECUTION_ERROR',
  message: 'Error while executing command: npm ci. Reason: exit status 228',
  logLines: [
    'Running command npm ci',
    'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write',
    'npm error code ENOSPC',
    'npm error syscall write',
    'npm error errno -28',
    'npm error nospc ENOSPC: no space left on device, write',
    'npm error nospc There appears to be insufficient space on your system to finish.',
    'npm error nospc Clear up some disk space and try again.',
    'npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log',
    'Command did not exit successfully npm ci exit status 228',
  ],
};
