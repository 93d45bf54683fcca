import type { DeployMishap } from '../../account.ts';

export const commandTimeout: DeployMishap = {
  id: 'deploy-command-timeout',
  title: 'The deployment takes longer than the command timeout',
  source: 'public transcripts of "have not responded in the allowed command timeout time"',
  kind: 'deploy',
  instancesDeployed: 0,
  timesOut: true,
  events: [
    { severity: 'WARN', message: 'The following instances have not responded in the allowed command timeout time (they might still finish eventually on their own): [{instances}].' },
    { severity: 'INFO', message: 'Command execution completed on all instances. Summary: [Successful: {good}, TimedOut: {bad}].' },
    { severity: 'ERROR', message: "Unsuccessful command execution on instance id(s) '{instances}'. Aborting the operation." },
  ],
  instanceLog: [
    '2026/11/22 10:31:02.118420 [INFO] Running command: npm --omit=dev install',
    '2026/11/22 10:41:02.120114 [WARN] Command has been running for 600 seconds',
  ],
};
