import { describe, expect, it } from '@jest/globals';
import { beanstalkAccount } from '../support/beanstalk-account.ts';
import type { Answer } from '../support/beanstalk-account.ts';

const mixed = 'ERROR During an aborted deployment, some instances may have deployed the new application version. To ensure all instances are running the same version, re-deploy the appropriate application version.';

/** An account where 'v2' goes to `environment` and meets the mishap. */
async function failing(id: string, environment: string, takesLabel = true) {
  const aws = beanstalkAccount();
  aws.account.assumptions.environmentTakesLabelOfFailedDeploy = takesLabel;
  aws.addVersion(environment.split('-')[0] ?? '', 'v2');
  aws.account.mishaps.arm({ id, place: environment, times: 1 });
  const before: string = aws.environment(environment).VersionLabel;
  const request = aws.deploy(environment, 'v2');
  await aws.pass(400);
  return { ...aws, before, request };
}

describe('a deployment that fails', () => {
  it('on a single instance says what AWS says, in its order', async () => {
    const aws = await failing('deploy-instance-failed', 'shop-dev');
    const id = aws.instances('shop-dev')[0].InstanceId;
    expect(aws.story(aws.request)).toEqual([
      'INFO Environment update is starting.',
      'INFO Deploying new version to instance(s).',
      "ERROR Instance deployment failed. For details, see 'eb-engine.log'.",
      `ERROR [Instance: ${id}] Command failed on instance. Return code: 1 Output: Engine execution has encountered an error..`,
      'INFO Command execution completed on all instances. Summary: [Successful: 0, Failed: 1].',
      `ERROR Unsuccessful command execution on instance id(s) '${id}'. Aborting the operation.`,
      'ERROR Failed to deploy application.',
      mixed,
    ]);
    expect(aws.environment('shop-dev').Status).toBe('Ready');
  });

  it('in the second batch leaves the first on the new version, and the health says which was expected', async () => {
    const aws = await failing('deploy-instance-failed', 'shop-prod');
    expect(aws.versions('shop-prod')).toEqual(['v2 Deployed', 'v2 Deployed', 'v2 Failed', 'v2 Failed']);
    expect(aws.call('DescribeEnvironmentHealth', { EnvironmentName: 'shop-prod', AttributeNames: ['All'] })).toMatchObject({
      HealthStatus: 'Degraded',
      Color: 'Red',
      Causes: [`Incorrect application version found on all instances. Expected version "${aws.before}" (deployment 3).`],
    });
  });

  it('in the first batch leaves the others on the old version', async () => {
    const aws = await failing('deploy-hook-failed', 'shop-prod');
    expect(aws.versions('shop-prod')).toEqual(['v2 Failed', 'v2 Failed', `${aws.before} Deployed`, `${aws.before} Deployed`]);
  });

  it.each([true, false])('gives the environment the label of the failed version where that is assumed (%s)', async (takesLabel) => {
    const aws = await failing('deploy-instance-failed', 'shop-prod', takesLabel);
    expect(aws.environment('shop-prod').VersionLabel).toBe(takesLabel ? 'v2' : aws.before);
  });

  it('is over in one try: the next deployment repairs it', async () => {
    const aws = await failing('deploy-instance-failed', 'shop-prod');
    aws.deploy('shop-prod', aws.before);
    await aws.pass(400);
    expect(aws.versions('shop-prod')).toEqual(Array.from({ length: 4 }, () => `${aws.before} Deployed`));
    expect(aws.environment('shop-prod').HealthStatus).toBe('Ok');
  });

  it('by the command timeout takes as long as the timeout, and warns', async () => {
    const aws = await failing('deploy-command-timeout', 'shop-dev');
    expect(aws.environment('shop-dev').Status).toBe('Updating');
    await aws.pass(300);
    expect(aws.story(aws.request).slice(2, 5)).toEqual([
      expect.stringMatching(/^WARN The following instances have not responded in the allowed command timeout time \(they might still finish eventually on their own\): \[i-/),
      'INFO Command execution completed on all instances. Summary: [Successful: 0, TimedOut: 1].',
      expect.stringMatching(/^ERROR Unsuccessful command execution on instance id\(s\) 'i-/),
    ]);
  });

  it('of an immutable environment leaves the old instances and label as they were', async () => {
    const aws = await failing('deploy-instance-failed', 'api-prod');
    expect(aws.versions('api-prod')).toEqual([`${aws.before} Deployed`, `${aws.before} Deployed`]);
    expect(aws.instances('api-prod').map((each: Answer) => each.InstanceId)).toEqual(['i-0b2c3d4e5f6a70011', 'i-0b2c3d4e5f6a70012']);
    expect(aws.environment('api-prod').VersionLabel).toBe(aws.before);
    expect(aws.story(aws.request).at(-1)).toBe('ERROR Failed to deploy application.');
  });

  it('and is put back by Beanstalk ends on the old version everywhere', async () => {
    const aws = await failing('deploy-rolled-back', 'shop-prod');
    expect(aws.versions('shop-prod')).toEqual(Array.from({ length: 4 }, () => `${aws.before} Deployed`));
    expect(aws.environment('shop-prod')).toMatchObject({ VersionLabel: aws.before, HealthStatus: 'Ok' });
  });

  it('for want of capacity is told by the stack too', async () => {
    const aws = await failing('deploy-capacity', 'api-prod');
    expect(aws.call('DescribeStackEvents', { StackName: 'awseb-e-apiprod001-stack' }).StackEvents[0]).toMatchObject({
      LogicalResourceId: 'AWSEBAutoScalingGroup',
      ResourceStatus: 'UPDATE_FAILED',
      ResourceStatusReason: expect.stringContaining('InsufficientInstanceCapacity'),
    });
  });

  it('leaves its reason in eb-engine.log, for the tail of the logs', async () => {
    const aws = await failing('deploy-hook-failed', 'shop-dev');
    const asked = aws.clock.now();
    aws.call('RequestEnvironmentInfo', { EnvironmentName: 'shop-dev', InfoType: 'tail' });
    expect(aws.call('RetrieveEnvironmentInfo', { EnvironmentName: 'shop-dev', InfoType: 'tail' })).toEqual({ EnvironmentInfo: [] });
    await aws.pass(10);
    const [info] = aws.call('RetrieveEnvironmentInfo', { EnvironmentName: 'shop-dev', InfoType: 'tail' }).EnvironmentInfo;
    expect(info.SampleTimestamp.getTime()).toBeGreaterThanOrEqual(asked);
    const body = aws.objects.get(info.Message.replace('https://s3.test/', ''));
    expect(new TextDecoder().decode(body)).toContain('[RunAppDeployPreDeployHooks]. Stop running the command. Error: Command .platform/hooks/predeploy/01_migrate.sh failed');
  });
});

describe('a deployment that goes well and turns out bad', () => {
  it('ends successfully, then the health falls and the alarm goes off; the next one heals both', async () => {
    const aws = await failing('deploy-app-port', 'shop-prod');
    expect(aws.story(aws.request).at(-1)).toBe('INFO Environment update completed successfully.');
    expect(aws.environment('shop-prod')).toMatchObject({ Status: 'Ready', VersionLabel: 'v2', HealthStatus: 'Severe', Health: 'Red' });
    expect(aws.alarms.get('shop-prod-5xx')).toBe('ALARM');
    expect(aws.metrics).toContainEqual({ name: 'EnvironmentHealth', environment: 'shop-prod', value: 25 });
    aws.deploy('shop-prod', aws.before);
    await aws.pass(400);
    expect(aws.environment('shop-prod').HealthStatus).toBe('Ok');
    expect(aws.alarms.get('shop-prod-5xx')).toBe('OK');
  });

  it('strikes an environment at once, until it is disarmed', () => {
    const aws = beanstalkAccount();
    aws.account.mishaps.arm({ id: 'environment-5xx', place: 'shop-prod' });
    expect(aws.environment('shop-prod')).toMatchObject({ Status: 'Ready', HealthStatus: 'Severe' });
    expect(aws.call('DescribeEvents', { EnvironmentName: 'shop-prod', MaxRecords: 1 }).Events[0]).toMatchObject({ Severity: 'WARN', Message: 'Environment health has transitioned from Ok to Severe. 44.8 % of the requests are failing with HTTP 5xx.' });
    aws.account.mishaps.disarm('environment-5xx', 'shop-prod');
    expect(aws.environment('shop-prod').HealthStatus).toBe('Ok');
  });
});
