import type { DeployMishap } from '../../account.ts';

export const healthCheckPath: DeployMishap = {
  id: 'deploy-health-check-path',
  title: 'The health check path does not answer 200',
  source: 'rennokki/laravel-aws-eb issue 71 (event text)',
  kind: 'deploy',
  instancesDeployed: 0,
  events: [{ severity: 'ERROR', message: "Instance id(s) '{instances}' did not pass health check after command execution. Aborting the operation." }],
  instanceLog: [
    '2026/11/22 10:41:20.551212 [INFO] Platform Engine finished execution on command: app-deploy',
    '10.0.1.9 - - [22/Nov/2026:10:41:31 +0000] "GET /healthz HTTP/1.1" 404 9 "-" "ELB-HealthChecker/2.0" "-"',
    '10.0.1.9 - - [22/Nov/2026:10:41:46 +0000] "GET /healthz HTTP/1.1" 404 9 "-" "ELB-HealthChecker/2.0" "-"',
  ],
};
