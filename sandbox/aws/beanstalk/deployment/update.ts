import { Operation } from '../state/operation.ts';
import type { Estate } from '../state/estate.ts';
import type { Environment } from '../state/model.ts';
import { mustBe } from '../errors.ts';
import { policyOf } from '../state/options.ts';
import { deploy } from './deploy.ts';
import type { Outcome } from './run.ts';

/** Called once when an operation is over. */
export type OnEnd = (result: { readonly ok: boolean; readonly errors: readonly string[] }) => void;

/** Begins to deploy `label`; throws what Beanstalk refuses. The environment is Updating when this returns. */
export function startDeploy(estate: Estate, environment: Environment, label: string, requestId: string, onEnd?: OnEnd): void {
  mustBeReady(environment);
  estate.version(environment.application, label);
  policyOf(environment);
  const operation = occupy(estate, environment, new Operation(estate.account.clock, 'deploy', requestId, label));
  const taken = estate.account.mishaps.take('deploy', environment.name);
  const mishap = taken?.kind === 'deploy' ? taken : undefined;
  supervise(estate, environment, operation, deploy({ estate, environment, operation, label, size: environment.instances.length, mishap }), onEnd);
}

export function mustBeReady(environment: Environment): void {
  if (environment.status !== 'Ready') throw mustBe(environment.name, 'Ready');
}

/** Makes the environment busy with `operation`. */
export function occupy(estate: Estate, environment: Environment, operation: Operation, status: Environment['status'] = 'Updating'): Operation {
  environment.operation = operation;
  environment.status = status;
  environment.updatedAt = estate.account.clock.now();
  return operation;
}

/** Waits for an operation's end. A fault of the sandbox itself must not leave the environment busy for ever, nor be silent. */
export function supervise(estate: Estate, environment: Environment, operation: Operation, outcome: Promise<Outcome>, onEnd?: OnEnd): void {
  outcome.then(
    (how) => onEnd?.({ ok: how === 'deployed', errors: errorsOf(estate, operation.requestId) }),
    (error: unknown) => {
      environment.status = 'Ready';
      delete environment.operation;
      process.stderr.write(`sandbox beanstalk: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      onEnd?.({ ok: false, errors: [String(error)] });
    },
  );
}

/** ERROR events of one operation, newest first. */
function errorsOf(estate: Estate, requestId: string): readonly string[] {
  return estate.events
    .filter((each) => each.requestId === requestId && each.severity === 'ERROR')
    .map((each) => each.message)
    .toReversed();
}
