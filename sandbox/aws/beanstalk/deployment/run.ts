import type { DeployMishap } from '../../account.ts';
import type { Estate } from '../state/estate.ts';
import type { Environment, Instance, Severity } from '../state/model.ts';
import type { Operation } from '../state/operation.ts';
import { engineLog, writeLog } from '../state/instances.ts';

/** One deployment of a version to an environment, under way. */
export interface Run {
  readonly estate: Estate;
  readonly environment: Environment;
  readonly operation: Operation;
  readonly label: string;
  /** How many instances the environment had before. */
  readonly size: number;
  /** How it will fail, if it will. */
  readonly mishap: DeployMishap | undefined;
}

/** How a deployment ended. `withdrawn`: the environment is as it was before (nothing mixed). */
export type Outcome = 'deployed' | 'failed' | 'withdrawn';

/** An event with the request id of the call that started it all. */
export function say(run: Run, severity: Severity, message: string): void {
  run.estate.say(run.environment, severity, message, run.operation.requestId);
}

/** An instance begins to take the version. */
export function begin(run: Run, instance: Instance): void {
  const at = run.estate.account.clock.now();
  instance.deployment = { label: run.label, id: run.environment.deploymentId, status: 'In Progress', at };
  instance.health = { status: 'Info', causes: ['Application update in progress.'] };
  engineLog(instance, at, 'INFO', `Starting...`);
  engineLog(instance, at, 'INFO', `Executing instruction: Application deployment of version ${run.label}`);
}

/** The instance runs the version. */
export function finish(run: Run, instance: Instance): void {
  const at = run.estate.account.clock.now();
  instance.deployment = { ...instance.deployment, status: 'Deployed', at };
  instance.health = { status: 'Ok', causes: [] };
  run.operation.done += 1;
  engineLog(instance, at, 'INFO', 'Platform Engine finished execution on command: app-deploy');
  writeLog(instance, '/var/log/web.stdout.log', [`${new Date(at).toISOString()} web[1204]: listening on 8080`]);
  toCloudWatch(run, instance, 'var/log/eb-engine.log', instance.logs['/var/log/eb-engine.log']?.slice(-3) ?? []);
  say(run, 'INFO', 'Instance deployment completed successfully.');
}

/** The instance did not take the version, for the mishap's reason. */
export function fail(run: Run, instance: Instance): void {
  const at = run.estate.account.clock.now();
  instance.deployment = { ...instance.deployment, label: run.label, id: run.environment.deploymentId, status: 'Failed', at };
  instance.health = { status: 'Degraded', causes: ['Command failed on instance.'] };
  const lines = run.mishap?.instanceLog ?? [];
  writeLog(instance, '/var/log/eb-engine.log', lines);
  toCloudWatch(run, instance, 'var/log/eb-engine.log', lines);
}

/** Streamed instance logs: '/aws/elasticbeanstalk/<environment>/<file>', one stream for each instance. */
function toCloudWatch(run: Run, instance: Instance, file: string, lines: readonly string[]): void {
  if (lines.length > 0) run.estate.account.logs.write(`/aws/elasticbeanstalk/${run.environment.name}/${file}`, instance.id, lines);
}
