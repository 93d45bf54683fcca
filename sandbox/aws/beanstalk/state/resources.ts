import { createHash } from 'node:crypto';
import type { Environment } from './model.ts';

/** CloudFormation's stack of an environment (eb3-events of the developer guide names it). */
export function stackName(environment: Pick<Environment, 'id'>): string {
  return `awseb-${environment.id}-stack`;
}

/** Twelve capitals and digits that are the same for the same words, as AWS appends to physical ids. */
function tail(...words: readonly string[]): string {
  return createHash('sha1').update(words.join('/')).digest('hex').toUpperCase().slice(0, 12);
}

export function groupName(environment: Pick<Environment, 'id'>): string {
  return `${stackName(environment)}-AWSEBAutoScalingGroup-${tail(environment.id, 'group')}`;
}

export function launchTemplateId(environment: Pick<Environment, 'id'>): string {
  return `lt-0${tail(environment.id, 'template').toLowerCase()}${tail(environment.id).toLowerCase().slice(0, 4)}`;
}

export function loadBalancerArn(environment: Pick<Environment, 'id'>, region: string, account: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/awseb--AWSEB-${tail(environment.id, 'balancer')}/${tail(environment.id, 'arn').toLowerCase()}`;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** What an environment's stack holds. */
export function stackResources(environment: Environment, region: string, account: string): readonly StackResource[] {
  const common: StackResource[] = [
    { logicalId: 'AWSEBSecurityGroup', type: 'AWS::EC2::SecurityGroup', physicalId: `sg-0${tail(environment.id, 'sg').toLowerCase()}` },
    { logicalId: 'AWSEBEC2LaunchTemplate', type: 'AWS::EC2::LaunchTemplate', physicalId: launchTemplateId(environment) },
    { logicalId: 'AWSEBAutoScalingGroup', type: 'AWS::AutoScaling::AutoScalingGroup', physicalId: groupName(environment) },
  ];
  if (!environment.loadBalanced) return [...common, { logicalId: 'AWSEBEIP', type: 'AWS::EC2::EIP', physicalId: '203.0.113.10' }];
  return [...common, { logicalId: 'AWSEBV2LoadBalancer', type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', physicalId: loadBalancerArn(environment, region, account) }];
}
