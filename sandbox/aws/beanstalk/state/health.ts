import type { Environment, Health, HealthStatus, Severity } from './model.ts';
import { calmAlarms } from './alarms.ts';
import type { Estate } from './estate.ts';
import { reportIfBad } from './metrics.ts';

/** Green, Yellow, Red or Grey, from enhanced health (health-enhanced-status of the developer guide). */
export function colorOf(status: HealthStatus): 'Green' | 'Yellow' | 'Red' | 'Grey' {
  switch (status) {
    case 'Ok':
    case 'Info':
      return 'Green';
    case 'Warning':
      return 'Yellow';
    case 'Degraded':
    case 'Severe':
      return 'Red';
    default:
      return 'Grey';
  }
}

function severityOf(status: HealthStatus): Severity {
  return status === 'Warning' || status === 'Degraded' || status === 'Severe' ? 'WARN' : 'INFO';
}

/** Sets the environment's health and says so, as an event without a request id. Silent where nothing changes. */
export function become(estate: Estate, environment: Environment, health: Health): void {
  const from = environment.health.status;
  environment.health = health;
  if (from === health.status) return;
  reportIfBad(estate, environment);
  if (health.status === 'Ok') calmAlarms(estate, environment);
  if (environment.enhanced) {
    const words = [`Environment health has transitioned from ${from} to ${health.status}.`, ...health.causes];
    estate.say(environment, severityOf(health.status), words.join(' '));
    return;
  }
  basic(estate, environment, from, health.status);
}

/** Basic health speaks of colours only. */
function basic(estate: Estate, environment: Environment, from: HealthStatus, to: HealthStatus): void {
  const [was, is] = [colorOf(from), colorOf(to)];
  if (was === is) return;
  const bad = is === 'Red' || is === 'Yellow';
  estate.say(environment, bad ? 'WARN' : 'INFO', bad ? `Environment health has transitioned from ${was.toUpperCase()} to ${is.toUpperCase()}` : `Environment health has been set to ${is.toUpperCase()}`);
}

/** What enhanced health gives as the reason while an operation runs. */
export function progress(environment: Environment): string {
  const operation = environment.operation;
  if (!operation) return '';
  const running = `(running for ${duration(operation.seconds)})`;
  const all = environment.instances.length;
  if (operation.aborted) return `${operation.kind === 'deploy' ? 'Application' : 'Configuration'} update is aborting ${running}.`;
  switch (operation.kind) {
    case 'deploy':
      return `Application update in progress on ${count(Math.max(1, all - operation.done))}. ${operation.done} out of ${count(all)} completed ${running}.`;
    case 'configure':
    case 'managed-update':
      return `Configuration update in progress ${running}.`;
    case 'terminate':
      return `Terminate in progress ${running}.`;
    default:
      return `Initialization in progress ${running}.`;
  }
}

export function count(instances: number): string {
  return instances === 1 ? '1 instance' : `${instances} instances`;
}

/** '19 seconds', '3 minutes'. */
export function duration(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.floor(seconds / 60)} minutes`;
}

/**
 * Health after everything came to rest: instances that do not run the expected version make it Degraded
 * (environments-health-enhanced-notifications of the developer guide has the texts).
 */
export function restingHealth(environment: Environment): Health {
  const { expected, instances } = environment;
  if (!expected) return { status: 'Ok', causes: [] };
  const wrong = instances.filter((each) => each.deployment.label !== expected.label || each.deployment.status === 'Failed');
  if (wrong.length === 0) return { status: 'Ok', causes: [] };
  const where = wrong.length === instances.length ? 'all instances' : `${wrong.length} out of ${instances.length} instances`;
  return { status: 'Degraded', causes: [`Incorrect application version found on ${where}. Expected version "${expected.label}" (deployment ${expected.id}).`] };
}

/** Gives every instance the health that its own last deployment deserves. */
export function restInstances(environment: Environment): void {
  for (const instance of environment.instances) instance.health = restingInstance(environment, instance.deployment);
}

function restingInstance(environment: Environment, deployment: Environment['instances'][number]['deployment']): Health {
  const { expected } = environment;
  const wrong = expected && deployment.label !== expected.label ? [`Incorrect application version "${deployment.label}" (deployment ${deployment.id}). Expected version "${expected.label}" (deployment ${expected.id}).`] : [];
  if (deployment.status === 'Failed') {
    const at = new Date(deployment.at).toISOString().replace(/\.\d+Z$/, 'Z');
    return { status: 'Degraded', causes: [`Application deployment failed at ${at} with exit status 1 and error: Engine execution has encountered an error.`, ...wrong] };
  }
  return wrong.length > 0 ? { status: 'Degraded', causes: wrong } : { status: 'Ok', causes: [] };
}
