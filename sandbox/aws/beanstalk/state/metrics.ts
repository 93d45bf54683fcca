import type { Estate } from './estate.ts';
import type { Environment, HealthStatus } from './model.ts';
import { healthNumber, traffic } from './traffic.ts';

const minute = 60_000;

/** CloudWatch makes up what a healthy environment reports; while one is unhealthy this says so, a point each real minute. */
export function keepMetrics(estate: Estate): void {
  for (const environment of estate.environments) reportIfBad(estate, environment);
  estate.account.clock.afterReal(minute, () => keepMetrics(estate));
}

/** Puts the metrics of an environment that is not well. Basic health publishes none. */
export function reportIfBad(estate: Estate, environment: Environment): void {
  const { status } = environment.health;
  if (environment.enhanced && environment.status !== 'Terminated' && isBad(status)) report(estate, environment, status);
}

export function isBad(status: HealthStatus): boolean {
  return status === 'Warning' || status === 'Degraded' || status === 'Severe';
}

function report(estate: Estate, environment: Environment, health: HealthStatus): void {
  const put = (name: string, value: number): void => estate.account.metrics.put('AWS/ElasticBeanstalk', name, { EnvironmentName: environment.name }, value, estate.account.clock.now());
  const now = traffic(health);
  const total = Math.round(now.requestsPerSecond * 60 * environment.instances.length);
  const failed = Math.round(total * now.failing);
  put('EnvironmentHealth', healthNumber(health));
  put('ApplicationRequestsTotal', total);
  put('ApplicationRequests2xx', total - failed);
  put('ApplicationRequests5xx', failed);
  put('ApplicationLatencyP95', now.latency);
  put('InstancesOk', environment.instances.filter((each) => each.health.status === 'Ok').length);
}
