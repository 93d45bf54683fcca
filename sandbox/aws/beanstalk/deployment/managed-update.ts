import { become, progress, restingHealth } from '../state/health.ts';
import { Aborted, Operation } from '../state/operation.ts';
import type { Estate } from '../state/estate.ts';
import type { Environment } from '../state/model.ts';
import { healthNoticesAfter } from './deploy.ts';
import type { Outcome } from './run.ts';
import { mustBeReady, occupy, supervise } from './update.ts';

/** Begins a managed platform update, as Beanstalk does by itself in its maintenance window. It lasts until the operation's `end`, or an abort. */
export function startManagedUpdate(estate: Estate, environment: Environment, requestId: string): void {
  mustBeReady(environment);
  const operation = occupy(estate, environment, new Operation(estate.account.clock, 'managed-update', requestId));
  supervise(estate, environment, operation, update(estate, environment, operation));
}

async function update(estate: Estate, environment: Environment, operation: Operation): Promise<Outcome> {
  const say = (severity: 'INFO' | 'ERROR', message: string): void => estate.say(environment, severity, message, operation.requestId);
  say('INFO', 'Environment update is starting.');
  say('INFO', 'Managed platform update is in-progress.');
  estate.account.clock.after(healthNoticesAfter * 1000, () => {
    if (environment.operation === operation && environment.enhanced) become(estate, environment, { status: 'Info', causes: [progress(environment)] });
  });
  const failure = await operation.untilEnded().then(() => undefined, (error: unknown) => error);
  if (failure !== undefined && !(failure instanceof Aborted)) throw failure;
  operation.abortable = false;
  if (failure) {
    await operation.pause(environment.durations.start);
    say('ERROR', 'Failed to deploy configuration.');
    say('INFO', 'The environment was reverted to the previous configuration setting.');
  } else {
    say('INFO', 'Environment update completed successfully.');
  }
  environment.status = 'Ready';
  environment.updatedAt = estate.account.clock.now();
  delete environment.operation;
  estate.changed();
  estate.account.clock.after(environment.durations.settle * 1000, () => {
    if (!environment.operation) become(estate, environment, restingHealth(environment));
  });
  return failure ? 'withdrawn' : 'deployed';
}
