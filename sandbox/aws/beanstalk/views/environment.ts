import type { JsonObject } from '../../../json.ts';
import type { Estate } from '../state/estate.ts';
import { colorOf } from '../state/health.ts';
import type { Environment } from '../state/model.ts';

/** `EnvironmentDescription`. */
export function environmentView(estate: Estate, environment: Environment): JsonObject {
  const { cname, enhanced, health, tier } = environment;
  return {
    EnvironmentName: environment.name,
    EnvironmentId: environment.id,
    EnvironmentArn: estate.arn('environment', `${environment.application}/${environment.name}`),
    ApplicationName: environment.application,
    SolutionStackName: environment.solutionStackName,
    PlatformArn: environment.platformArn,
    DateCreated: new Date(environment.createdAt),
    DateUpdated: new Date(environment.updatedAt),
    Status: environment.status,
    AbortableOperationInProgress: environment.operation?.abortable ?? false,
    Health: colorOf(health.status),
    ...(enhanced && { HealthStatus: health.status }),
    Tier: tier === 'Worker' ? { Name: 'Worker', Type: 'SQS/HTTP', Version: '3.0' } : { Name: 'WebServer', Type: 'Standard', Version: '1.0' },
    EnvironmentLinks: [],
    ...(environment.versionLabel !== undefined && { VersionLabel: environment.versionLabel }),
    ...(environment.description !== undefined && { Description: environment.description }),
    ...(cname !== undefined && { CNAME: cname, EndpointURL: environment.loadBalanced ? `awseb--${environment.id}.${estate.account.region}.elb.amazonaws.com` : '203.0.113.10' }),
  };
}
