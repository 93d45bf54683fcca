import type { HealthStatus } from './model.ts';

/** What an environment in this health serves: `failing` is the share answered with 5xx, `latency` the p95 in seconds. */
export function traffic(status: HealthStatus): { readonly requestsPerSecond: number; readonly failing: number; readonly latency: number } {
  switch (status) {
    case 'Severe':
      return { requestsPerSecond: 5, failing: 0.6, latency: 2.8 };
    case 'Degraded':
      return { requestsPerSecond: 7, failing: 0.12, latency: 1.7 };
    case 'Warning':
      return { requestsPerSecond: 8, failing: 0.02, latency: 0.9 };
    default:
      return { requestsPerSecond: 8, failing: 0, latency: 0.24 };
  }
}

/** AWS/ElasticBeanstalk EnvironmentHealth (health-enhanced-cloudwatch of the developer guide). */
export function healthNumber(status: HealthStatus): number {
  return { Ok: 0, Info: 1, Unknown: 5, NoData: 10, Pending: 5, Suspended: 5, Warning: 15, Degraded: 20, Severe: 25 }[status];
}
