import { describe, expect, it } from '@jest/globals';
import { beanstalkAccount } from '../support/beanstalk-account.ts';
import type { Answer } from '../support/beanstalk-account.ts';

/** The messages of an operation with ids of instances and groups as …. */
function withoutIds(story: readonly string[]): readonly string[] {
  return story.map((line) => line.replaceAll(/i-0[0-9a-f]{16}/g, 'i-…').replaceAll(/AWSEBAutoScalingGroup-[0-9A-F]{12}/g, 'AWSEBAutoScalingGroup-…'));
}

/** What a batch of two says. */
function batch(n: number, done: number): readonly string[] {
  return [
    `INFO Batch ${n}: Starting application deployment on instance(s) [i-…, i-…].`,
    `INFO Batch ${n}: De-registering instance(s) from the load balancer and waiting for them to go out of service.`,
    `INFO Batch ${n}: Starting application deployment command execution.`,
    'INFO Instance deployment completed successfully.',
    'INFO Instance deployment completed successfully.',
    `INFO Batch ${n}: Completed application deployment command execution.`,
    `INFO Command execution completed on ${done} of 4 instances in environment.`,
    `INFO Batch ${n}: Registering instance(s) with the load balancer and waiting for them to be healthy. `,
    `INFO Batch ${n}: Completed application deployment.`,
  ];
}

describe('a deployment of an application version', () => {
  it('to one instance all at once says what AWS says, in its order', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const request = aws.deploy('shop-dev', 'v2');
    await aws.pass(120);
    expect(aws.story(request)).toEqual([
      'INFO Environment update is starting.',
      'INFO Deploying new version to instance(s).',
      'INFO Instance deployment completed successfully.',
      'INFO New application version was deployed to running EC2 instances.',
      'INFO Environment update completed successfully.',
    ]);
  });

  it('is Updating at once, with the old label until it is done', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const before = aws.environment('shop-dev').VersionLabel;
    aws.deploy('shop-dev', 'v2');
    expect(aws.environment('shop-dev')).toMatchObject({ Status: 'Updating', AbortableOperationInProgress: true, VersionLabel: before });
    await aws.pass(120);
    expect(aws.environment('shop-dev')).toMatchObject({ Status: 'Ready', AbortableOperationInProgress: false, VersionLabel: 'v2' });
    expect(aws.versions('shop-dev')).toEqual(['v2 Deployed']);
  });

  it('in batches takes each out of the load balancer and leaves the others serving', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const request = aws.deploy('shop-prod', 'v2');
    await aws.pass(60);
    expect(aws.versions('shop-prod').filter((each) => each.startsWith('v2'))).toHaveLength(2);
    await aws.pass(200);
    expect(withoutIds(aws.story(request))).toEqual([
      'INFO Environment update is starting.',
      'INFO Deploying new version to instance(s).',
      ...batch(1, 2),
      ...batch(2, 4),
      'INFO New application version was deployed to running EC2 instances.',
      'INFO Environment update completed successfully.',
    ]);
  });

  it('that is immutable replaces the instances and leaves the old ones until the new ones pass', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('api', 'v2');
    const old = aws.instances('api-prod').map((each: Answer) => each.InstanceId);
    const request = aws.deploy('api-prod', 'v2');
    await aws.pass(150);
    expect(aws.instances('api-prod').map((each: Answer) => each.InstanceId)).toEqual(expect.arrayContaining(old));
    await aws.pass(400);
    const now = aws.instances('api-prod').map((each: Answer) => each.InstanceId);
    expect(now).toHaveLength(2);
    expect(now.filter((id: string) => old.includes(id))).toEqual([]);
    expect(withoutIds(aws.story(request)).filter((line) => !/Instance deployment|load balancer|health checks\. $/.test(line))).toEqual([
      'INFO Environment update is starting.',
      'INFO Immutable deployment policy enabled. Launching one instance with the new settings to verify health.',
      expect.stringMatching(/^INFO Created temporary auto scaling group awseb-e-apiprod001-immutable-stack-AWSEBAutoScalingGroup-/),
      'INFO Test instance passed health checks. Launching remaining new instances.',
      'INFO Successfully launched all instances.',
      expect.stringMatching(/^INFO Detached new instance\(s\) from temporary auto scaling group /),
      'INFO Attached new instance(s) to the permanent auto scaling group awseb-e-apiprod001-stack-AWSEBAutoScalingGroup-….',
      'INFO Starting post-deployment configuration on new instances.',
      'INFO Waiting for post-deployment configuration to complete.',
      'INFO Deployment succeeded. Terminating old instances and temporary Auto Scaling group.',
      'INFO New application version was deployed to running EC2 instances.',
      'INFO Environment update completed successfully.',
    ]);
  });

  it('with an additional batch never has fewer instances than before', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    aws.call('UpdateEnvironment', { EnvironmentName: 'shop-prod', OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:command', OptionName: 'DeploymentPolicy', Value: 'RollingWithAdditionalBatch' }] });
    await aws.pass(120);
    const request = aws.deploy('shop-prod', 'v2');
    await aws.pass(100);
    expect(aws.instances('shop-prod')).toHaveLength(6);
    await aws.pass(300);
    expect(aws.versions('shop-prod')).toEqual(['v2 Deployed', 'v2 Deployed', 'v2 Deployed', 'v2 Deployed']);
    expect(aws.story(request)).toContain('INFO Rolling with Additional Batch deployment policy enabled. Launching  a new batch of 2 additional instance(s).');
  });

  it('is shown by the health, which goes Info and back without a request id', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const from = aws.clock.now();
    aws.deploy('shop-prod', 'v2');
    await aws.pass(40);
    expect(aws.environment('shop-prod')).toMatchObject({ HealthStatus: 'Info', Health: 'Green' });
    await aws.pass(300);
    const health = aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', StartTime: new Date(from) }).Events.filter((each: Answer) => each.Message.startsWith('Environment health'));
    expect(health.map((each: Answer) => each.Message)).toEqual([
      'Environment health has transitioned from Info to Ok.',
      'Environment health has transitioned from Ok to Info. Application update in progress on 4 instances. 0 out of 4 instances completed (running for 19 seconds).',
    ]);
    expect(health.map((each: Answer) => each.RequestId)).toEqual([undefined, undefined]);
  });

  it('is told to EventBridge without request, version or environment id', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    aws.deploy('shop-dev', 'v2');
    await aws.pass(200);
    expect(aws.emitted.map(({ detail }) => detail.Status)).toEqual(['Environment update started', 'Environment health changed', 'Environment update successful', 'Environment health changed']);
    expect(aws.emitted[0]).toMatchObject({
      source: 'aws.elasticbeanstalk',
      detailType: 'Elastic Beanstalk resource status change',
      resources: ['arn:aws:elasticbeanstalk:us-east-1:123456789012:environment/shop/shop-dev'],
    });
    expect(Object.keys(aws.emitted[0]?.detail ?? {})).toEqual(['Status', 'EventDate', 'ApplicationName', 'EnvironmentName', 'Message', 'Severity']);
  });
});
