import { describe, expect, it } from '@jest/globals';
import { beanstalkAccount } from '../support/beanstalk-account.ts';
import type { Answer } from '../support/beanstalk-account.ts';

const command = 'aws:elasticbeanstalk:command';

function setting(aws: ReturnType<typeof beanstalkAccount>, name: string): string | undefined {
  const [settings] = aws.call('DescribeConfigurationSettings', { ApplicationName: 'shop', EnvironmentName: 'shop-prod' }).ConfigurationSettings;
  return settings.OptionSettings.find((each: Answer) => each.Namespace === command && each.OptionName === name)?.Value;
}

describe('aborting an environment update', () => {
  it('stops a rolling deployment where it is: the versions stay mixed', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const before = aws.environment('shop-prod').VersionLabel;
    const request = aws.deploy('shop-prod', 'v2');
    await aws.pass(90);
    aws.call('AbortEnvironmentUpdate', { EnvironmentName: 'shop-prod' });
    expect(aws.environment('shop-prod')).toMatchObject({ Status: 'Aborting', AbortableOperationInProgress: false });
    await aws.pass(60);
    expect(aws.environment('shop-prod').Status).toBe('Ready');
    expect(aws.versions('shop-prod')).toEqual(['v2 Deployed', 'v2 Deployed', `${before} Deployed`, `${before} Deployed`]);
    expect(aws.story(request).slice(-2)).toEqual([
      'ERROR Failed to deploy application.',
      'ERROR During an aborted deployment, some instances may have deployed the new application version. To ensure all instances are running the same version, re-deploy the appropriate application version.',
    ]);
    expect(aws.call('DescribeEnvironmentHealth', { EnvironmentName: 'shop-prod', AttributeNames: ['Causes'] }).Causes).toEqual([`Incorrect application version found on 2 out of 4 instances. Expected version "${before}" (deployment 3).`]);
  });

  it('puts an immutable deployment back', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('api', 'v2');
    const before = aws.environment('api-prod').VersionLabel;
    aws.deploy('api-prod', 'v2');
    await aws.pass(130);
    aws.call('AbortEnvironmentUpdate', { EnvironmentId: 'e-apiprod001' });
    await aws.pass(120);
    expect(aws.environment('api-prod')).toMatchObject({ Status: 'Ready', VersionLabel: before, HealthStatus: 'Ok' });
    expect(aws.versions('api-prod')).toEqual([`${before} Deployed`, `${before} Deployed`]);
  });

  it('puts a configuration update back', async () => {
    const aws = beanstalkAccount();
    aws.call('UpdateEnvironment', { EnvironmentName: 'shop-prod', OptionSettings: [{ Namespace: command, OptionName: 'BatchSize', Value: '25' }] });
    await aws.pass(10);
    expect(setting(aws, 'BatchSize')).toBe('25');
    aws.call('AbortEnvironmentUpdate', { EnvironmentName: 'shop-prod' });
    await aws.pass(60);
    expect(setting(aws, 'BatchSize')).toBe('50');
    const messages = aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', MaxRecords: 3 }).Events.map((each: Answer) => each.Message);
    expect(messages).toContain('The environment was reverted to the previous configuration setting.');
  });

  it('ends the wait for a command that hangs, and its instance counts as failed', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    aws.account.mishaps.arm({ id: 'deploy-command-timeout', place: 'shop-dev', times: 1 });
    aws.deploy('shop-dev', 'v2');
    await aws.pass(100);
    aws.call('AbortEnvironmentUpdate', { EnvironmentName: 'shop-dev' });
    await aws.pass(60);
    expect(aws.environment('shop-dev').Status).toBe('Ready');
    expect(aws.versions('shop-dev')).toEqual(['v2 Failed']);
  });

  it('is refused where nothing is pending, and a second time', async () => {
    const aws = beanstalkAccount();
    const abort = (): void => aws.call('AbortEnvironmentUpdate', { EnvironmentName: 'shop-prod' });
    const words = 'Environment named shop-prod is in an invalid state for this operation. Must be pending deployment.';
    expect(abort).toThrow(words);
    aws.addVersion('shop', 'v2');
    aws.deploy('shop-prod', 'v2');
    await aws.pass(5);
    abort();
    expect(abort).toThrow(words);
  });

  it('is too late in the clean-up of an immutable deployment', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('api', 'v2');
    aws.deploy('api-prod', 'v2');
    for (let passed = 0; passed < 500 && aws.environment('api-prod').AbortableOperationInProgress; passed += 1) await aws.pass(1);
    expect(aws.environment('api-prod')).toMatchObject({ Status: 'Updating', AbortableOperationInProgress: false });
    expect(() => aws.call('AbortEnvironmentUpdate', { EnvironmentName: 'api-prod' })).toThrow('Must be pending deployment.');
  });
});

describe('an environment that is busy', () => {
  it('refuses the next update, by the code and words that AWS uses', () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    aws.deploy('shop-prod', 'v2');
    const message = 'Environment named shop-prod is in an invalid state for this operation. Must be Ready.';
    expect(() => aws.deploy('shop-prod', 'v2')).toThrow(expect.objectContaining({ code: 'InvalidParameterValue', message }));
    expect(() => aws.call('RestartAppServer', { EnvironmentName: 'shop-prod' })).toThrow(message);
  });

  it('cannot be terminated', () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    aws.deploy('shop-prod', 'v2');
    expect(() => aws.call('TerminateEnvironment', { EnvironmentName: 'shop-prod' })).toThrow('Cannot terminate environment named shop-prod. It is currently pending deployment.');
  });

  it('tells the pipeline so too, which otherwise hears of the end once with the errors', async () => {
    const aws = beanstalkAccount();
    aws.addVersion('shop', 'v2');
    const ends: Answer[] = [];
    const deploy = (): unknown => aws.part.beanstalk.deploy({ application: 'shop', environment: 'shop-dev', label: 'v2', onEnd: (result) => ends.push(result) });
    aws.account.mishaps.arm({ id: 'deploy-instance-failed', place: 'shop-dev', times: 1 });
    deploy();
    expect(deploy).toThrow('Must be Ready.');
    await aws.pass(200);
    expect(ends).toHaveLength(1);
    expect(ends[0].ok).toBe(false);
    expect(ends[0].errors).toEqual([
      expect.stringMatching(/^During an aborted deployment/),
      'Failed to deploy application.',
      expect.stringMatching(/^Unsuccessful command execution/),
      expect.stringMatching(/^\[Instance: /),
      expect.stringMatching(/^Instance deployment failed/),
    ]);
  });
});
