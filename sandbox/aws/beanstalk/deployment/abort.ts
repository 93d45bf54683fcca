import type { Estate } from '../state/estate.ts';
import { mustBe } from '../errors.ts';
import type { Environment } from '../state/model.ts';

/**
 * AbortEnvironmentUpdate. An application deployment in place merely stops (instances stay mixed); configuration and
 * immutable updates are put back. Throws Beanstalk's words where nothing is pending or the clean-up has begun.
 */
export function abort(estate: Estate, environment: Environment, requestId: string): void {
  const { operation } = environment;
  if (!operation?.abortable || environment.status !== 'Updating') throw mustBe(environment.name, 'pending deployment');
  environment.status = 'Aborting';
  environment.updatedAt = estate.account.clock.now();
  estate.say(environment, 'INFO', 'abortEnvironmentUpdate is starting.', requestId);
  operation.abort();
}
