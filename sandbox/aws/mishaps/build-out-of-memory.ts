import type { BuildMishap } from '../account.ts';

export const outOfMemory: BuildMishap = {
  id: 'build-out-of-memory',
  title: 'The build runs out of memory',
  source: 'V8’s own last words; 134 is the shell’s status of an aborted process; CodeBuild’s wording as in public build logs',
  kind: 'build',
  phase: 'BUILD',
  statusCode: 'COMMAND_EXECUTION_ERROR',
  message: 'Error while executing command: npm run build. Reason: exit status 134',
  logLines: [
    'Running command npm run build',
    '> build',
    '> webpack --mode production',
    '<--- Last few GCs --->',
    '[118:0x5f0c8a0]    61235 ms: Mark-Compact 1997.5 (2082.4) -> 1994.6 (2083.1) MB, 1523.17 / 0.00 ms  (average mu = 0.080, current mu = 0.009) allocation failure; scavenge might not succeed',
    '<--- JS stacktrace --->',
    'FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory',
    '----- Native stack trace -----',
    'Aborted (core dumped)',
    'npm error Lifecycle script `build` failed with error:',
    'npm error code 134',
    'Command did not exit successfully npm run build exit status 134',
  ],
};
