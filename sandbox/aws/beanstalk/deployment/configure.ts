import type { OptionSetting } from '../../seed.ts';
import { become, progress, restingHealth } from '../state/health.ts';
import { Aborted, Operation } from '../state/operation.ts';
import { stackName } from '../state/resources.ts';
import type { Estate } from '../state/estate.ts';
import type { Environment } from '../state/model.ts';
import { healthNoticesAfter } from './deploy.ts';
import type { Outcome } from './run.ts';
import { mustBeReady, occupy, supervise } from './update.ts';

/** Begins a configuration update: the settings change, through the environment's stack. It can be aborted; then the old ones come back. */
export function startConfigure(estate: Estate, environment: Environment, options: readonly OptionSetting[], requestId: string): void {
  mustBeReady(environment);
  const operation = occupy(estate, environment, new Operation(estate.account.clock, 'configure', requestId));
  supervise(estate, environment, operation, configure(estate, environment, operation, options));
}

async function configure(estate: Estate, environment: Environment, operation: Operation, options: readonly OptionSetting[]): Promise<Outcome> {
  const before = environment.options;
  const say = (severity: 'INFO' | 'ERROR', message: string): void => estate.say(environment, severity, message, operation.requestId);
  say('INFO', 'Environment update is starting.');
  estate.account.clock.after(healthNoticesAfter * 1000, () => {
    if (environment.operation === operation && environment.enhanced) become(estate, environment, { status: 'Info', causes: [progress(environment)] });
  });
  const failure = await apply(estate, environment, operation, options).then(() => undefined, (error: unknown) => error);
  if (failure !== undefined && !(failure instanceof Aborted)) throw failure;
  operation.abortable = false;
  if (failure) {
    await operation.pause(environment.durations.deploy);
    environment.options = before;
    stackEvent(estate, environment, 'UPDATE_ROLLBACK_COMPLETE');
    say('ERROR', 'Failed to deploy configuration.');
    say('INFO', 'The environment was reverted to the previous configuration setting.');
  } else {
    stackEvent(estate, environment, 'UPDATE_COMPLETE');
    say('INFO', 'Successfully deployed new configuration to environment.');
    say('INFO', 'Environment update completed successfully.');
  }
  environment.status = 'Ready';
  environment.updatedAt = estate.account.clock.now();
  delete environment.operation;
  estate.account.clock.after(environment.durations.settle * 1000, () => {
    if (!environment.operation) become(estate, environment, restingHealth(environment));
  });
  return failure ? 'withdrawn' : 'deployed';
}

async function apply(estate: Estate, environment: Environment, operation: Operation, options: readonly OptionSetting[]): Promise<void> {
  await operation.wait(environment.durations.start);
  estate.say(environment, 'INFO', `Updating environment ${environment.name}'s configuration settings.`, operation.requestId);
  stackEvent(estate, environment, 'UPDATE_IN_PROGRESS');
  environment.options = options;
  await operation.wait(environment.durations.deploy);
}

function stackEvent(estate: Estate, environment: Environment, status: string): void {
  const name = stackName(environment);
  estate.account.stacks.event(name, { logicalId: name, type: 'AWS::CloudFormation::Stack', status, ...(status === 'UPDATE_IN_PROGRESS' && { reason: 'User Initiated' }) });
}
