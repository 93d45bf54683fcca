import { randomBytes } from 'node:crypto';
import type { Instance } from '../state/model.ts';
import { newInstanceId } from '../state/estate.ts';
import { makeInstance } from '../state/instances.ts';
import { groupName, stackName } from '../state/resources.ts';
import { DeploymentFailed, endBatch, sayMishap, successesIn } from './failure.ts';
import { begin, say } from './run.ts';
import type { Run } from './run.ts';

/** New instances in a temporary group; the old ones go when all the new ones pass. Whatever fails leaves the old ones as they were. */
export async function immutable(run: Run): Promise<void> {
  const { environment } = run;
  const old = [...environment.instances];
  const group = `awseb-${environment.id}-immutable-stack-AWSEBAutoScalingGroup-${suffix()}`;
  try {
    const fresh = await launch(run, old, group);
    await adopt(run, old, fresh, group);
  } catch (error) {
    await withdraw(run, old);
    throw error;
  }
}

async function launch(run: Run, old: readonly Instance[], group: string): Promise<Instance[]> {
  const { environment, operation } = run;
  say(run, 'INFO', 'Immutable deployment policy enabled. Launching one instance with the new settings to verify health.');
  await operation.wait(environment.durations.launch / 4);
  refuseCapacity(run);
  say(run, 'INFO', `Created temporary auto scaling group ${group}.`);
  const [test] = await bring(run, 1);
  if (old.length === 1) return test ? [test] : [];
  say(run, 'INFO', 'Test instance passed health checks. Launching remaining new instances.');
  const rest = await bring(run, old.length - 1);
  say(run, 'INFO', 'Successfully launched all instances.');
  return [...(test ? [test] : []), ...rest];
}

/** Instances launch, take the version and pass the load balancer's checks. */
async function bring(run: Run, size: number): Promise<Instance[]> {
  const { environment, operation, estate } = run;
  await operation.wait(environment.durations.launch);
  const fresh = Array.from({ length: size }, () => makeInstance(newInstanceId(), run.label, environment.deploymentId, estate.account.clock.now()));
  for (const instance of fresh) begin(run, instance);
  environment.instances.push(...fresh);
  estate.changed();
  await operation.wait(environment.durations.deploy);
  const good = successesIn(run, fresh, operation.done);
  await endBatch(run, fresh.slice(0, good), fresh.slice(good));
  const ids = fresh.map((each) => each.id);
  if (environment.loadBalanced) {
    say(run, 'INFO', `Adding new instance(s) (${ids.join(',')}) to the load balancer.`);
    say(run, 'INFO', `Waiting for instance(s) (${ids.join(',')}) to pass health checks. `);
  }
  estate.say(environment, 'INFO', `Added instance${size === 1 ? '' : 's'} [${ids.join(', ')}] to your environment.`);
  await operation.wait(environment.durations.register);
  return fresh;
}

async function adopt(run: Run, old: readonly Instance[], fresh: readonly Instance[], group: string): Promise<void> {
  const { environment, operation, estate } = run;
  say(run, 'INFO', `Detached new instance(s) from temporary auto scaling group ${group}.`);
  say(run, 'INFO', `Attached new instance(s) to the permanent auto scaling group ${groupName(environment)}.`);
  say(run, 'INFO', 'Starting post-deployment configuration on new instances.');
  await operation.wait(environment.durations.start);
  say(run, 'INFO', 'Instance deployment completed successfully.');
  say(run, 'INFO', 'Waiting for post-deployment configuration to complete.');
  await operation.wait(environment.durations.start);
  operation.abortable = false;
  say(run, 'INFO', 'Deployment succeeded. Terminating old instances and temporary Auto Scaling group.');
  await operation.pause(environment.durations.register);
  environment.instances = [...fresh];
  for (const each of old) estate.say(environment, 'INFO', `Removed instance [${each.id}] from your environment.`);
}

/** Beanstalk ends the new instances; nothing of the old ones was touched. */
async function withdraw(run: Run, old: readonly Instance[]): Promise<void> {
  const { environment, operation, estate } = run;
  const gone = environment.instances.filter((each) => !old.includes(each));
  operation.abortable = false;
  await operation.pause(environment.durations.register);
  environment.instances = [...old];
  for (const each of gone) estate.say(environment, 'INFO', `Removed instance [${each.id}] from your environment.`);
}

/** A mishap of CloudFormation or Auto Scaling strikes before any instance exists. */
function refuseCapacity(run: Run): void {
  const event = run.mishap?.stackEvent;
  if (!event) return;
  run.estate.account.stacks.event(stackName(run.environment), event);
  sayMishap(run, [], []);
  throw new DeploymentFailed(run.mishap?.id ?? '');
}

function suffix(): string {
  return randomBytes(9).toString('hex').toUpperCase().slice(0, 12);
}
