import type { Instance } from '../state/model.ts';
import { batchSizeOf } from '../state/options.ts';
import { newInstanceId } from '../state/estate.ts';
import { makeInstance } from '../state/instances.ts';
import { endBatch, successesIn } from './failure.ts';
import { begin, say } from './run.ts';
import type { Run } from './run.ts';

/** All instances at once: a short outage. */
export async function allAtOnce(run: Run): Promise<void> {
  const { environment, operation } = run;
  say(run, 'INFO', 'Deploying new version to instance(s).');
  await command(run, environment.instances, 0);
  await operation.wait(environment.durations.register);
}

/** Batch after batch, each out of the load balancer while it takes the version. */
export async function rolling(run: Run): Promise<void> {
  say(run, 'INFO', 'Deploying new version to instance(s).');
  await batches(run, 1, run.environment.instances);
}

/** As rolling, but a batch of new instances comes first, and as many old ones go at the end: full capacity throughout. */
export async function rollingWithAdditionalBatch(run: Run): Promise<void> {
  const { environment, operation, estate } = run;
  const old = [...environment.instances];
  const size = batchSizeOf(environment);
  say(run, 'INFO', `Rolling with Additional Batch deployment policy enabled. Launching  a new batch of ${size} additional instance(s).`);
  await operation.wait(environment.durations.launch);
  const fresh = Array.from({ length: size }, () => makeInstance(newInstanceId(), run.label, environment.deploymentId, estate.account.clock.now()));
  environment.instances.push(...fresh);
  const ids = fresh.map((each) => each.id).join(', ');
  estate.say(environment, 'INFO', `Added instance${size === 1 ? '' : 's'} [${ids}] to your environment.`);
  say(run, 'INFO', `Batch 1: ${size} EC2 instance(s) [${ids}] launched. Deploying application version '${run.label}'.`);
  try {
    await command(run, fresh, 0);
    await batches(run, 2, old.slice(0, old.length - size));
  } finally {
    operation.abortable = false;
    shrink(run, old.length);
  }
}

/** Back to the size of the group: those go first that did not take the version. */
function shrink(run: Run, size: number): void {
  const { environment, estate } = run;
  const takes = (each: Instance): number => (each.deployment.label === run.label && each.deployment.status === 'Deployed' ? 0 : 1);
  const gone = environment.instances.toReversed().toSorted((a, b) => takes(b) - takes(a)).slice(0, environment.instances.length - size);
  environment.instances = environment.instances.filter((each) => !gone.includes(each));
  for (const each of gone) estate.say(environment, 'INFO', `Removed instance [${each.id}] from your environment.`);
}

async function batches(run: Run, first: number, instances: readonly Instance[]): Promise<void> {
  const size = batchSizeOf(run.environment);
  for (let at = 0; at < instances.length; at += size) await oneBatch(run, first + at / size, instances.slice(at, at + size));
}

async function oneBatch(run: Run, number: number, batch: readonly Instance[]): Promise<void> {
  const { environment, operation } = run;
  const { register } = environment.durations;
  say(run, 'INFO', `Batch ${number}: Starting application deployment on instance(s) [${batch.map((each) => each.id).join(', ')}].`);
  if (environment.loadBalanced) {
    say(run, 'INFO', `Batch ${number}: De-registering instance(s) from the load balancer and waiting for them to go out of service.`);
    await operation.wait(register / 2);
  }
  say(run, 'INFO', `Batch ${number}: Starting application deployment command execution.`);
  await command(run, batch, operation.done);
  say(run, 'INFO', `Batch ${number}: Completed application deployment command execution.`);
  say(run, 'INFO', `Command execution completed on ${operation.done} of ${environment.instances.length} instances in environment.`);
  if (environment.loadBalanced) {
    say(run, 'INFO', `Batch ${number}: Registering instance(s) with the load balancer and waiting for them to be healthy. `);
    await operation.wait(register);
  }
  say(run, 'INFO', `Batch ${number}: Completed application deployment.`);
}

async function command(run: Run, batch: readonly Instance[], doneBefore: number): Promise<void> {
  const before = new Map(batch.map((each) => [each, { deployment: each.deployment, health: each.health }]));
  for (const instance of batch) begin(run, instance);
  run.estate.changed();
  try {
    await run.operation.wait(run.environment.durations.deploy);
  } catch (error) {
    giveBack(before);
    throw error;
  }
  const good = successesIn(run, batch, doneBefore);
  await endBatch(run, batch.slice(0, good), batch.slice(good));
}

/** An abort in the middle of the command leaves these instances on the version that they had. */
function giveBack(before: ReadonlyMap<Instance, Pick<Instance, 'deployment' | 'health'>>): void {
  for (const [instance, { deployment, health }] of before) Object.assign(instance, { deployment, health });
}
