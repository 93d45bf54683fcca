import { describe, expect, it } from '@jest/globals';
import type { Seed } from '../../../sandbox/aws/seed.ts';
import { beanstalkAccount } from '../support/beanstalk-account.ts';
import type { Answer } from '../support/beanstalk-account.ts';

function keepThree(seed: Seed): Seed {
  return { ...seed, applications: seed.applications.map((each) => ({ ...each, maxCount: 3 })) };
}

describe('the lifecycle policy of versions', () => {
  it('deletes the oldest beyond its count, never one that is deployed or on its way', () => {
    const aws = beanstalkAccount(keepThree);
    const labels = (): string[] => aws.call('DescribeApplicationVersions', { ApplicationName: 'shop' }).ApplicationVersions.map((each: Answer) => each.VersionLabel);
    const [dev, prod] = [aws.environment('shop-dev').VersionLabel, aws.environment('shop-prod').VersionLabel];
    aws.addVersion('shop', 'v2');
    expect(new Set(labels())).toEqual(new Set([dev, prod, 'v2']));
    aws.deploy('shop-dev', 'v2');
    aws.addVersion('shop', 'v3');
    aws.addVersion('shop', 'v4');
    expect(new Set(labels())).toEqual(new Set([dev, prod, 'v2', 'v4']));
  });
});

describe('the life of an environment', () => {
  it('is created, with a stack and instances, and terminated', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const made = aws.call('CreateEnvironment', { ApplicationName: 'shop', EnvironmentName: 'shop-try', VersionLabel: 'v2' });
    expect(made).toMatchObject({ Status: 'Launching', Health: 'Grey' });
    await aws.pass(200);
    expect(aws.environment('shop-try')).toMatchObject({ Status: 'Ready', HealthStatus: 'Ok', VersionLabel: 'v2' });
    expect(aws.versions('shop-try')).toEqual(['v2 Deployed']);
    const stack = `awseb-${made.EnvironmentId}-stack`;
    expect(aws.call('DescribeStacks', { StackName: stack }).Stacks[0].StackStatus).toBe('CREATE_COMPLETE');
    aws.call('TerminateEnvironment', { EnvironmentName: 'shop-try' });
    await aws.pass(100);
    expect(aws.call('DescribeEnvironments', { EnvironmentNames: ['shop-try'], IncludeDeleted: false })).toEqual({ Environments: [] });
    expect(aws.environment('shop-try').Status).toBe('Terminated');
    expect(() => aws.call('DescribeStacks', { StackName: stack })).toThrow(`Stack with id ${stack} does not exist`);
  });

  it('is rebuilt with other instances that run the same version', async () => {
    const aws = beanstalkAccount();
    const before = aws.instances('shop-prod').map((each: Answer) => each.InstanceId);
    const label = aws.environment('shop-prod').VersionLabel;
    aws.call('RebuildEnvironment', { EnvironmentName: 'shop-prod' });
    await aws.pass(200);
    const after = aws.instances('shop-prod').map((each: Answer) => each.InstanceId);
    expect(after).toHaveLength(4);
    expect(after.filter((id: string) => before.includes(id))).toEqual([]);
    expect(aws.environment('shop-prod')).toMatchObject({ Status: 'Ready', VersionLabel: label });
  });

  it('restarts its application server', async () => {
    const aws = beanstalkAccount();
    aws.call('RestartAppServer', { EnvironmentName: 'shop-prod' });
    await aws.pass(10);
    const events = aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', MaxRecords: 2 }).Events.map((each: Answer) => each.Message);
    expect(events).toEqual(['Restarted application server on all ec2 instances.', 'restartAppServer is starting.']);
    expect(aws.environment('shop-prod').Status).toBe('Ready');
  });

  it('swaps addresses with another', () => {
    const aws = beanstalkAccount();
    aws.call('SwapEnvironmentCNAMEs', { SourceEnvironmentName: 'shop-dev', DestinationEnvironmentName: 'shop-prod' });
    expect(aws.environment('shop-dev').CNAME).toBe('shop-prod.us-east-1.elasticbeanstalk.com');
    expect(aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', MaxRecords: 1 }).Events[0].Message).toBe("Completed swapping CNAMEs for environments 'shop-dev' and 'shop-prod'.");
  });

  it('is configured through its stack', async () => {
    const aws = beanstalkAccount();
    aws.call('UpdateEnvironment', { EnvironmentName: 'shop-prod', OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:command', OptionName: 'BatchSize', Value: '25' }] });
    await aws.pass(100);
    const stack: Answer[] = aws.call('DescribeStackEvents', { StackName: 'awseb-e-shopprod01-stack' }).StackEvents;
    expect(stack.slice(0, 2).map((each) => each.ResourceStatus)).toEqual(['UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS']);
    expect(aws.story('request-1')).toEqual([
      'INFO Environment update is starting.',
      "INFO Updating environment shop-prod's configuration settings.",
      'INFO Successfully deployed new configuration to environment.',
      'INFO Environment update completed successfully.',
    ]);
  });
});

function route(aws: ReturnType<typeof beanstalkAccount>) {
  return aws.part.control?.find((each) => each.path === '/aws/environment');
}

describe('forcing an environment', () => {
  it('sets health and causes, instance by instance too', async () => {
    const aws = beanstalkAccount();
    await route(aws)?.run({ name: 'shop-prod', health: 'Warning', causes: ['1 out of 4 instances are impacted.'], instances: [{ id: 'i-0a1b2c3d4e5f60012', health: 'Severe', version: 'by-hand' }] });
    expect(aws.environment('shop-prod')).toMatchObject({ HealthStatus: 'Warning', Health: 'Yellow' });
    expect(aws.instances('shop-prod')[1]).toMatchObject({ HealthStatus: 'Severe', Deployment: { VersionLabel: 'by-hand' } });
  });

  it('says what it does not know', () => {
    const aws = beanstalkAccount();
    expect(() => route(aws)?.run({ name: 'nowhere' })).toThrow("There is no environment 'nowhere'");
    expect(() => route(aws)?.run({ name: 'shop-prod', health: 'Great' })).toThrow("'Great' is no health");
  });
});
