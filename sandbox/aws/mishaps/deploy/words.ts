import type { DeployMishap } from '../../account.ts';

/** What Beanstalk says when the command fails on instances (transcript in beanstalk-deploy issue 86; two dots are AWS's own). */
export const commandFailed: DeployMishap['events'] = [
  { severity: 'ERROR', message: "Instance deployment failed. For details, see 'eb-engine.log'." },
  { severity: 'ERROR', message: '[Instance: {instance}] Command failed on instance. Return code: 1 Output: Engine execution has encountered an error..' },
  { severity: 'INFO', message: 'Command execution completed on all instances. Summary: [Successful: {good}, Failed: {bad}].' },
  { severity: 'ERROR', message: "Unsuccessful command execution on instance id(s) '{instances}'. Aborting the operation." },
];

/** The end of eb-engine.log after `step` of the deployment failed with `reason` (form: public eb-engine.log excerpts of 2020–2023). */
export function engineFailure(step: string, reason: string): readonly string[] {
  return [
    `2026/11/22 10:41:12.004311 [INFO] Executing instruction: ${step}`,
    `2026/11/22 10:41:27.221586 [ERROR] An error occurred during execution of command [app-deploy] - [${step}]. Stop running the command. Error: ${reason}`,
    '2026/11/22 10:41:27.221598 [INFO] Executing cleanup logic',
    '2026/11/22 10:41:27.221711 [INFO] CommandService Response: {"status":"FAILURE","api_version":"1.0","results":[{"status":"FAILURE","msg":"Engine execution has encountered an error.","returncode":1,"events":[{"msg":"Instance deployment failed. For details, see \'eb-engine.log\'.","severity":"ERROR"}]}]}',
  ];
}
