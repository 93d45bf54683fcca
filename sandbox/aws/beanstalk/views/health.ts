import type { JsonObject } from '../../../json.ts';
import type { Estate } from '../state/estate.ts';
import { colorOf, progress } from '../state/health.ts';
import { zoneOf } from '../state/instances.ts';
import type { Environment, HealthStatus, Instance } from '../state/model.ts';
import { traffic } from '../state/traffic.ts';

const counted: readonly HealthStatus[] = ['NoData', 'Unknown', 'Pending', 'Ok', 'Info', 'Warning', 'Degraded', 'Severe'];

/** Every member of `DescribeEnvironmentHealthResult`, by the attribute that asks for it. */
export function healthAttributes(estate: Estate, environment: Environment): JsonObject {
  const { health, instances, operation } = environment;
  return {
    // AWS's model makes this a colour, its guide shows 'Ready': nobody should read it.
    Status: colorOf(health.status),
    Color: colorOf(health.status),
    Causes: health.status === 'Info' && operation ? [progress(environment)] : health.causes,
    ApplicationMetrics: metrics(environment, instances.length),
    InstancesHealth: Object.fromEntries(counted.map((status) => [status, instances.filter((each) => each.health.status === status).length])),
    HealthStatus: health.status,
    RefreshedAt: new Date(estate.account.clock.now()),
  };
}

/** Every member of `SingleInstanceHealth`, by the attribute that asks for it. */
export function instanceAttributes(estate: Estate, environment: Environment, instance: Instance): JsonObject {
  const { deployment, health } = instance;
  return {
    HealthStatus: health.status,
    Color: colorOf(health.status),
    Causes: health.causes,
    ApplicationMetrics: metrics(environment, 1),
    LaunchedAt: new Date(instance.launchedAt),
    System: { CPUUtilization: { User: 6.5, Nice: 0, System: 1.2, Idle: 92.1, IOWait: 0.1, IRQ: 0, SoftIRQ: 0.1 }, LoadAverage: [0.12, 0.08] },
    Deployment: { VersionLabel: deployment.label, DeploymentId: deployment.id, Status: deployment.status, DeploymentTime: new Date(deployment.at) },
    AvailabilityZone: zoneOf(environment, instance, estate.account.region),
    InstanceType: environment.instanceType,
  };
}

/** Percentages of the last ten seconds; requests per second. */
function metrics(environment: Environment, instances: number): JsonObject {
  const now = traffic(environment.health.status);
  const bad = Math.round(now.failing * 100);
  return {
    Duration: 10,
    RequestCount: Math.round(now.requestsPerSecond * instances),
    StatusCodes: { Status2xx: 99 - bad < 0 ? 0 : 99 - bad, Status3xx: bad === 100 ? 0 : 1, Status4xx: 0, Status5xx: bad },
    Latency: { P10: now.latency * 0.3, P50: now.latency * 0.5, P75: now.latency * 0.7, P85: now.latency * 0.8, P90: now.latency * 0.9, P95: now.latency, P99: now.latency * 1.6, P999: now.latency * 2.4 },
  };
}
