import { describe, expect, it } from '@jest/globals';
import { seedTime } from '../../../sandbox/aws/seed.ts';
import type { Seed } from '../../../sandbox/aws/seed.ts';
import { beanstalkAccount } from '../support/beanstalk-account.ts';
import type { Answer } from '../support/beanstalk-account.ts';

/** The default account with `shop-dev` on basic health. */
function basicDev(seed: Seed): Seed {
  return { ...seed, applications: seed.applications.map((each) => ({ ...each, environments: each.environments.map((one) => (one.name === 'shop-dev' ? { ...one, health: 'basic' as const } : one)) })) };
}

describe('the seeded account', () => {
  it('has a bundle for every version, and instances that run the versions that deployments brought', () => {
    const aws = beanstalkAccount();
    for (const application of ['shop', 'api']) {
      const versions: Answer[] = aws.call('DescribeApplicationVersions', { ApplicationName: application }).ApplicationVersions;
      for (const { SourceBundle: at } of versions) expect(aws.objects.has(`${at.S3Bucket}/${at.S3Key}`)).toBe(true);
    }
    const label = aws.environment('shop-prod').VersionLabel;
    expect(aws.versions('shop-prod')).toEqual(Array.from({ length: 4 }, () => `${label} Deployed`));
    const [deployed] = aws.seed.pipelines[0]?.past[1]?.actions.filter((each) => each.action === 'DeployProd') ?? [];
    expect(label).toBe(deployed?.deployed?.label);
    expect(label).toContain(String(seedTime(aws.seed, deployed?.startedMinutesAgo ?? 0)));
    expect(aws.environment('shop-dev').VersionLabel).not.toBe(label);
  });

  it('has the events of its past deployments, by the request id of the pipeline’s action', () => {
    const aws = beanstalkAccount();
    const action = aws.seed.pipelines[0]?.past[1]?.actions.find((each) => each.action === 'DeployProd');
    const story = aws.story(action?.externalExecutionId ?? '');
    expect([story[0], story.at(-1)]).toEqual(['INFO Environment update is starting.', 'INFO Environment update completed successfully.']);
    const events: Answer[] = aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', VersionLabel: action?.deployed?.label }).Events;
    expect(events.length).toBeGreaterThan(5);
  });
});

describe('reading events', () => {
  it('gives the newest first, from StartTime inclusive to EndTime exclusive', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const request = aws.deploy('shop-dev', 'v2');
    await aws.pass(200);
    const dates: number[] = aws.call('DescribeEvents', { RequestId: request }).Events.map((each: Answer) => each.EventDate.getTime());
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    const [last, first] = [dates[0] ?? 0, dates.at(-1) ?? 0];
    const between: Answer[] = aws.call('DescribeEvents', { RequestId: request, StartTime: new Date(first), EndTime: new Date(last) }).Events;
    expect(between.map((each) => each.EventDate.getTime())).toEqual(dates.slice(1));
  });

  it('understands Severity as this or higher', async () => {
    const aws = beanstalkAccount();
    aws.account.mishaps.arm({ id: 'environment-severe', place: 'shop-prod' });
    expect(aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', Severity: 'WARN' }).Events.map((each: Answer) => each.Severity)).toEqual(['WARN']);
    expect(aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', Severity: 'ERROR' }).Events).toEqual([]);
  });

  it('pages', () => {
    const aws = beanstalkAccount();
    const all: Answer[] = aws.call('DescribeEvents', { ApplicationName: 'shop' }).Events;
    const first = aws.call('DescribeEvents', { ApplicationName: 'shop', MaxRecords: 10 });
    const rest = aws.call('DescribeEvents', { ApplicationName: 'shop', NextToken: first.NextToken });
    expect(first.Events).toHaveLength(10);
    expect([...first.Events, ...rest.Events]).toEqual(all);
    expect(rest.NextToken).toBeUndefined();
  });
});

describe('reading health', () => {
  it('gives only names without AttributeNames, and only what they name', () => {
    const aws = beanstalkAccount();
    expect(aws.call('DescribeEnvironmentHealth', { EnvironmentName: 'shop-prod' })).toEqual({ EnvironmentName: 'shop-prod' });
    expect(aws.call('DescribeEnvironmentHealth', { EnvironmentName: 'shop-prod', AttributeNames: ['HealthStatus', 'Color'] })).toEqual({ EnvironmentName: 'shop-prod', HealthStatus: 'Ok', Color: 'Green' });
    const [one] = aws.call('DescribeInstancesHealth', { EnvironmentName: 'shop-prod' }).InstanceHealthList;
    expect(one).toEqual({ InstanceId: 'i-0a1b2c3d4e5f60011' });
    expect(aws.call('DescribeEnvironmentHealth', { EnvironmentName: 'shop-prod', AttributeNames: ['All'] }).InstancesHealth).toMatchObject({ Ok: 4, Severe: 0 });
  });

  it('is refused with basic health, where the environment speaks of colours', () => {
    const aws = beanstalkAccount(basicDev);
    expect(() => aws.call('DescribeEnvironmentHealth', { EnvironmentName: 'shop-dev', AttributeNames: ['All'] })).toThrow(expect.objectContaining({ code: 'InvalidRequestException' }));
    expect(() => aws.call('DescribeInstancesHealth', { EnvironmentName: 'shop-dev' })).toThrow(expect.objectContaining({ code: 'InvalidRequestException' }));
    expect(aws.environment('shop-dev')).toMatchObject({ Health: 'Green' });
    expect(aws.environment('shop-dev').HealthStatus).toBeUndefined();
    aws.account.mishaps.arm({ id: 'environment-severe', place: 'shop-dev' });
    expect(aws.call('DescribeEvents', { EnvironmentName: 'shop-dev', MaxRecords: 1 }).Events[0].Message).toBe('Environment health has transitioned from GREEN to RED');
  });
});

describe('refusals', () => {
  it.each([
    ['UpdateEnvironment', { EnvironmentName: 'shop-test', VersionLabel: 'v1' }, 'InvalidParameterValue', "No Environment found for EnvironmentName = 'shop-test'."],
    ['UpdateEnvironment', { EnvironmentName: 'shop-prod', VersionLabel: 'v9' }, 'InvalidParameterValue', "No Application Version named 'v9' found."],
    ['UpdateEnvironment', { EnvironmentName: 'shop-prod', VersionLabel: 'v9', OptionSettings: [{ Namespace: 'a', OptionName: 'b', Value: 'c' }] }, 'InvalidParameterCombination', undefined],
    ['UpdateEnvironment', { VersionLabel: 'v9' }, 'MissingRequiredParameter', undefined],
    ['UpdateEnvironment', { ApplicationName: 'api', EnvironmentName: 'shop-prod', VersionLabel: 'v2' }, 'InvalidParameterValue', "No Environment found for EnvironmentName = 'shop-prod'."],
    ['UpdateEnvironment', { EnvironmentName: 'shop-prod', Description: 'new' }, 'NotImplemented', undefined],
    ['CreateEnvironment', { ApplicationName: 'shop', EnvironmentName: 'shop-worker', Tier: { Name: 'Worker' } }, 'NotImplemented', undefined],
    ['DescribeEvents', { EnvironmentName: 'shop-prod', NextToken: 'somewhere' }, 'InvalidParameterValue', undefined],
    ['CreateApplicationVersion', { ApplicationName: 'shop', VersionLabel: 'v2' }, 'InvalidParameterValue', 'Application Version v2 already exists.'],
    ['CreateEnvironment', { ApplicationName: 'shop', EnvironmentName: 'tf_test_name' }, 'InvalidParameterValue', expect.stringContaining('Member must contain only letters, digits, and the dash character')],
    ['RequestEnvironmentInfo', { EnvironmentName: 'shop-prod', InfoType: 'analyze' }, 'NotImplemented', undefined],
  ])('%s %j is %s', (operation, input, code, message) => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    expect(() => aws.call(operation, input)).toThrow(expect.objectContaining({ code, ...(message !== undefined && { message }) }));
  });

  it('say so for what the sandbox does not play, and leave the environment Ready', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    aws.call('UpdateEnvironment', { EnvironmentName: 'shop-dev', OptionSettings: [{ Namespace: 'aws:elasticbeanstalk:command', OptionName: 'DeploymentPolicy', Value: 'TrafficSplitting' }] });
    await aws.pass(60);
    expect(() => aws.deploy('shop-dev', 'v2')).toThrow('The sandbox does not do traffic splitting deployments.');
    expect(() => aws.call('CreateChangeSet', { StackName: 'awseb-e-shopdev001-stack', ChangeSetName: 'x' })).toThrow('The sandbox does not do change sets.');
    expect(aws.environment('shop-dev').Status).toBe('Ready');
  });

  it('unknown names give no environments, and no error', () => {
    expect(beanstalkAccount().call('DescribeEnvironments', { EnvironmentNames: ['nowhere'] })).toEqual({ Environments: [] });
  });
});
