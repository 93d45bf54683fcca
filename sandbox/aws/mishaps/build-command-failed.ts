import type { BuildMishap } from '../account.ts';

export const commandFailed: BuildMishap = {
  id: 'build-command-failed',
  title: 'The build command fails',
  source: 'CodeBuild log lines and context as in public build logs of 2026 (wording of "Command did not exit successfully", "Error while executing command"); tsc’s own words',
  kind: 'build',
  phase: 'BUILD',
  statusCode: 'COMMAND_EXECUTION_ERROR',
  message: 'Error while executing command: npm run build. Reason: exit status 2',
  logLines: [
    'Running command npm test',
    'Tests:       3 passed, 3 total',
    'Running command npm run build',
    '> build',
    '> tsc -p tsconfig.json',
    "src/checkout/totals.ts(42,17): error TS2345: Argument of type 'string | undefined' is not assignable to parameter of type 'string'.",
    "  Type 'undefined' is not assignable to type 'string'.",
    'npm error Lifecycle script `build` failed with error:',
    'npm error code 2',
    'npm error path /codebuild/output/src1234/src',
    'Command did not exit successfully npm run build exit status 2',
  ],
};
