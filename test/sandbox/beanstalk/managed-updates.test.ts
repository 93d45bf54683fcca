import { describe, expect, it } from '@jest/globals';
import { beanstalkAccount, type Answer } from '../support/beanstalk-account.ts';

type Aws = ReturnType<typeof beanstalkAccount>;

function managedUpdate(aws: Aws, args: { readonly name: string; readonly over?: boolean }): unknown {
  return aws.part.control?.find((each) => each.path === '/aws/managed-update')?.run(args);
}

/** Of the newest operation, oldest first. */
function told(aws: Aws): readonly string[] {
  const { Events: events } = aws.call('DescribeEvents', { EnvironmentName: 'shop-prod' });
  return aws.story(events.find((each: Answer) => each.RequestId !== undefined).RequestId);
}

describe('a managed platform update', () => {
  it('keeps the environment from being Ready until it is over, and its version as it was', async () => {
    const aws = beanstalkAccount();
    const before = aws.environment('shop-prod').VersionLabel;
    expect(await managedUpdate(aws, { name: 'shop-prod' })).toMatchObject({ status: 'Updating' });
    await aws.pass(600);
    expect(aws.environment('shop-prod')).toMatchObject({ Status: 'Updating', HealthStatus: 'Info', VersionLabel: before, AbortableOperationInProgress: true });
    expect(() => aws.deploy('shop-prod', before)).toThrow('Must be Ready.');
    expect(told(aws)).toEqual(['INFO Environment update is starting.', 'INFO Managed platform update is in-progress.']);
    await managedUpdate(aws, { name: 'shop-prod', over: true });
    await aws.pass(1);
    expect(aws.environment('shop-prod')).toMatchObject({ Status: 'Ready', VersionLabel: before });
    expect(told(aws).at(-1)).toBe('INFO Environment update completed successfully.');
    await aws.pass(120);
    expect(aws.environment('shop-prod')).toMatchObject({ HealthStatus: 'Ok' });
  });

  it('is put back when it is aborted', async () => {
    const aws = beanstalkAccount();
    await managedUpdate(aws, { name: 'shop-prod' });
    await aws.pass(30);
    aws.call('AbortEnvironmentUpdate', { EnvironmentName: 'shop-prod' });
    await aws.pass(60);
    expect(aws.environment('shop-prod')).toMatchObject({ Status: 'Ready' });
    expect(told(aws)).toContain('INFO The environment was reverted to the previous configuration setting.');
  });

  it('is refused where none can begin or end', async () => {
    const aws = beanstalkAccount();
    expect(() => managedUpdate(aws, { name: 'nowhere' })).toThrow("There is no environment 'nowhere'");
    expect(() => managedUpdate(aws, { name: 'shop-prod', over: true })).toThrow("No managed update of 'shop-prod' is under way");
    await managedUpdate(aws, { name: 'shop-prod' });
    expect(() => managedUpdate(aws, { name: 'shop-prod' })).toThrow("'shop-prod' is Updating");
  });
});
