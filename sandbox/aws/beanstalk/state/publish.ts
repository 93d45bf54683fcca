import type { Account } from '../../account.ts';
import type { Environment, Severity } from './model.ts';

interface Kind {
  readonly test: RegExp;
  readonly detailType: string;
  readonly status: string;
}

/** Which messages EventBridge hears of (aws.md 5.3). Those with 'failed' and 'changed' are documented, the others follow their pattern. */
const kinds: readonly Kind[] = [
  { test: /^Environment health has /, detailType: 'Health status change', status: 'Environment health changed' },
  { test: /^Environment update is starting\.$/, detailType: 'Elastic Beanstalk resource status change', status: 'Environment update started' },
  { test: /^Environment update completed successfully\.$/, detailType: 'Elastic Beanstalk resource status change', status: 'Environment update successful' },
  { test: /^Failed to deploy (application|configuration)\.$/, detailType: 'Elastic Beanstalk resource status change', status: 'Environment update failed' },
  { test: /^createEnvironment is starting\.$/, detailType: 'Elastic Beanstalk resource status change', status: 'Environment creation started' },
  { test: /^Successfully launched environment: /, detailType: 'Elastic Beanstalk resource status change', status: 'Environment creation successful' },
  { test: /^terminateEnvironment is starting\.$/, detailType: 'Elastic Beanstalk resource status change', status: 'Environment termination started' },
  { test: /^terminateEnvironment completed successfully\.$/, detailType: 'Elastic Beanstalk resource status change', status: 'Environment termination successful' },
  { test: /^Added instances? /, detailType: 'Other resource status change', status: 'Instance added' },
  { test: /^Removed instances? /, detailType: 'Other resource status change', status: 'Instance removed' },
];

/** Emits the EventBridge event of a Beanstalk message, if it has one. It names neither request, version nor environment id. */
export function publish(account: Account, environment: Environment, severity: Severity, message: string): void {
  const kind = kinds.find((each) => each.test.test(message));
  if (!kind) return;
  account.bus.emit({
    source: 'aws.elasticbeanstalk',
    detailType: kind.detailType,
    resources: [`arn:aws:elasticbeanstalk:${account.region}:${account.id}:environment/${environment.application}/${environment.name}`],
    detail: {
      Status: kind.status,
      EventDate: account.clock.now(),
      ApplicationName: environment.application,
      EnvironmentName: environment.name,
      Message: message,
      Severity: severity,
    },
  });
}
