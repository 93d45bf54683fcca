import { newInstanceId } from '../state/estate.ts';
import type { Estate } from '../state/estate.ts';
import { become } from '../state/health.ts';
import { makeInstance } from '../state/instances.ts';
import type { Environment } from '../state/model.ts';
import { Operation } from '../state/operation.ts';
import type { OperationKind } from '../state/operation.ts';
import { readOption } from '../state/options.ts';
import { stackName, stackResources } from '../state/resources.ts';
import { occupy, supervise } from './update.ts';
import type { Outcome } from './run.ts';

type Say = (message: string) => void;

function start(estate: Estate, environment: Environment, kind: OperationKind, status: Environment['status'], requestId: string, play: (operation: Operation, say: Say) => Promise<void>): void {
  const operation = occupy(estate, environment, new Operation(estate.account.clock, kind, requestId), status);
  operation.abortable = false;
  const say: Say = (message) => estate.say(environment, 'INFO', message, requestId);
  const outcome = play(operation, say).then((): Outcome => {
    environment.updatedAt = estate.account.clock.now();
    delete environment.operation;
    estate.changed();
    return 'deployed';
  });
  supervise(estate, environment, operation, outcome);
}

/** CreateEnvironment: stack, instances, Ready. */
export function launch(estate: Estate, environment: Environment, requestId: string): void {
  start(estate, environment, 'launch', 'Launching', requestId, async (operation, say) => {
    const { account } = estate;
    say('createEnvironment is starting.');
    say(`Using elasticbeanstalk-${account.region}-${account.id} as Amazon S3 storage bucket for environment data.`);
    if (environment.enhanced) estate.say(environment, 'INFO', 'Environment health has transitioned to Pending. Initialization in progress (running for 3 seconds). There are no instances.');
    await operation.wait(environment.durations.launch);
    account.stacks.create(stackName(environment), stackResources(environment, account.region, account.id));
    say('Waiting for EC2 instances to launch. This may take a few minutes.');
    await operation.wait(environment.durations.launch);
    fillGroup(estate, environment);
    environment.status = 'Ready';
    become(estate, environment, { status: 'Ok', causes: ['Initialization completed 26 seconds ago and took 5 minutes.'] });
    environment.health = { status: 'Ok', causes: [] };
    say(`Successfully launched environment: ${environment.name}`);
  });
}

/** TerminateEnvironment: everything goes; the environment stays visible as Terminated for a while. */
export function terminate(estate: Estate, environment: Environment, requestId: string): void {
  start(estate, environment, 'terminate', 'Terminating', requestId, async (operation, say) => {
    const name = stackName(environment);
    say('terminateEnvironment is starting.');
    estate.account.stacks.event(name, { logicalId: name, type: 'AWS::CloudFormation::Stack', status: 'DELETE_IN_PROGRESS', reason: 'User Initiated' });
    await operation.wait(environment.durations.launch);
    environment.instances = [];
    estate.account.stacks.event(name, { logicalId: name, type: 'AWS::CloudFormation::Stack', status: 'DELETE_COMPLETE' });
    say('terminateEnvironment completed successfully.');
    environment.status = 'Terminated';
    environment.health = { status: 'Unknown', causes: [] };
    delete environment.cname;
  });
}

/** RebuildEnvironment: every resource is deleted and made again; new instances run the same version. */
export function rebuild(estate: Estate, environment: Environment, requestId: string): void {
  start(estate, environment, 'rebuild', 'Updating', requestId, async (operation, say) => {
    say('rebuildEnvironment is starting.');
    await operation.wait(environment.durations.launch);
    for (const each of environment.instances) estate.say(environment, 'INFO', `Removed instance [${each.id}] from your environment.`);
    environment.instances = [];
    await operation.wait(environment.durations.launch);
    fillGroup(estate, environment);
    say('rebuildEnvironment completed successfully.');
    environment.status = 'Ready';
    become(estate, environment, { status: 'Ok', causes: [] });
  });
}

/** RestartAppServer: the application's process only. The environment stays busy for a few seconds. */
export function restart(estate: Estate, environment: Environment, requestId: string): void {
  start(estate, environment, 'configure', 'Updating', requestId, async (operation, say) => {
    say('restartAppServer is starting.');
    await operation.wait(7);
    say('Restarted application server on all ec2 instances.');
    environment.status = 'Ready';
  });
}

function fillGroup(estate: Estate, environment: Environment): void {
  const size = Number(readOption(environment, 'aws:autoscaling:asg', 'MinSize') ?? '1');
  const label = environment.versionLabel ?? 'Sample Application';
  const now = estate.account.clock.now();
  environment.expected = { label, id: environment.deploymentId };
  environment.instances = Array.from({ length: size }, () => makeInstance(newInstanceId(), label, environment.deploymentId, now));
  for (const each of environment.instances) estate.say(environment, 'INFO', `Added instance [${each.id}] to your environment.`);
}
