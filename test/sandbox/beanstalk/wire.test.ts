import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudFormationClient, DescribeStackEventsCommand, DescribeStackResourcesCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateApplicationVersionCommand, DescribeApplicationVersionsCommand, DescribeApplicationsCommand, DescribeConfigurationSettingsCommand, DescribeEnvironmentHealthCommand, DescribeEnvironmentManagedActionsCommand, DescribeEnvironmentResourcesCommand,
  DescribeEnvironmentsCommand, DescribeEventsCommand, DescribeInstancesHealthCommand, ElasticBeanstalkClient, ListTagsForResourceCommand, RequestEnvironmentInfoCommand, RetrieveEnvironmentInfoCommand, UpdateEnvironmentCommand,
} from '@aws-sdk/client-elastic-beanstalk';
import { buildAccount } from '../../../sandbox/aws/build-account.ts';
import type { BuiltAccount } from '../../../sandbox/aws/build-account.ts';
import { loadSeed } from '../../../sandbox/aws/seeds/load.ts';
import { startAwsServer } from '../../../sandbox/aws/server.ts';
import type { AwsServer } from '../../../sandbox/aws/server.ts';
import { Clock } from '../../../sandbox/clock.ts';

let built: BuiltAccount;
let server: AwsServer;
let client: ElasticBeanstalkClient;
let stacks: CloudFormationClient;

beforeAll(async () => {
  built = buildAccount({ seed: loadSeed(Date.now()), clock: new Clock(300), endpoint: () => server.url, changed: () => undefined });
  server = await startAwsServer({ port: 0, side: () => built, gate: { before: async () => ({ ticket: 0 }), after: async () => undefined } });
  const settings = { endpoint: server.url, region: 'us-east-1', credentials: { accessKeyId: 'AKIASANDBOXJACK00001', secretAccessKey: 'sandbox-secret' } };
  client = new ElasticBeanstalkClient(settings);
  stacks = new CloudFormationClient(settings);
});

afterAll(async () => {
  client.destroy();
  stacks.destroy();
  built.stop();
  await server.close();
});

/** Asks until the answer is there, for some seconds at most. */
async function eventually<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let tries = 0; tries < 250; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('waited in vain');
}

describe('Elastic Beanstalk and CloudFormation, read by AWS’s own clients', () => {
  it('show the applications, environments, versions and settings of the account', async () => {
    const { Applications } = await client.send(new DescribeApplicationsCommand({}));
    expect(Applications?.map((each) => each.ApplicationName)).toEqual(['shop', 'api']);
    const { Environments } = await client.send(new DescribeEnvironmentsCommand({ ApplicationName: 'shop', IncludeDeleted: false }));
    expect(Environments?.map((each) => [each.EnvironmentName, each.Status, each.HealthStatus])).toEqual([['shop-dev', 'Ready', 'Ok'], ['shop-prod', 'Ready', 'Ok']]);
    const { ApplicationVersions } = await client.send(new DescribeApplicationVersionsCommand({ ApplicationName: 'shop' }));
    expect(ApplicationVersions?.map((each) => each.VersionLabel)).toContain(Environments?.[1]?.VersionLabel);
    const { ConfigurationSettings } = await client.send(new DescribeConfigurationSettingsCommand({ ApplicationName: 'shop', EnvironmentName: 'shop-prod' }));
    expect(ConfigurationSettings?.[0]?.OptionSettings).toContainEqual({ Namespace: 'aws:elasticbeanstalk:command', OptionName: 'DeploymentPolicy', Value: 'Rolling' });
    const { EnvironmentResources } = await client.send(new DescribeEnvironmentResourcesCommand({ EnvironmentName: 'shop-prod' }));
    expect(EnvironmentResources?.Instances).toHaveLength(4);
    const { ResourceTags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: Environments?.[1]?.EnvironmentArn }));
    expect(ResourceTags).toContainEqual({ Key: 'team', Value: 'shop' });
    expect((await client.send(new DescribeEnvironmentManagedActionsCommand({ EnvironmentName: 'shop-prod' }))).ManagedActions).toEqual([]);
  });

  it('deploy, and tell the story under the request id of the answer', async () => {
    const { ApplicationVersions } = await client.send(new DescribeApplicationVersionsCommand({ ApplicationName: 'shop' }));
    const SourceBundle = ApplicationVersions?.[0]?.SourceBundle;
    await client.send(new CreateApplicationVersionCommand({ ApplicationName: 'shop', VersionLabel: 'wire-1', SourceBundle }));
    const update = await client.send(new UpdateEnvironmentCommand({ EnvironmentName: 'shop-prod', VersionLabel: 'wire-1' }));
    expect(update.Status).toBe('Updating');
    const refused: unknown = await client.send(new UpdateEnvironmentCommand({ EnvironmentName: 'shop-prod', VersionLabel: 'wire-1' })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'InvalidParameterValue', message: 'Environment named shop-prod is in an invalid state for this operation. Must be Ready.' });
    const RequestId = update.$metadata.requestId;
    const last = await eventually(async () => {
      const { Events } = await client.send(new DescribeEventsCommand({ EnvironmentName: 'shop-prod', RequestId }));
      return Events?.[0]?.Message === 'Environment update completed successfully.' ? Events : undefined;
    });
    expect(last.at(-1)?.Message).toBe('Environment update is starting.');
    const { InstanceHealthList } = await client.send(new DescribeInstancesHealthCommand({ EnvironmentName: 'shop-prod', AttributeNames: ['All'] }));
    expect(InstanceHealthList?.map((each) => each.Deployment?.VersionLabel)).toEqual(['wire-1', 'wire-1', 'wire-1', 'wire-1']);
    const health = await client.send(new DescribeEnvironmentHealthCommand({ EnvironmentName: 'shop-prod', AttributeNames: ['All'] }));
    expect(health.InstancesHealth?.Ok).toBe(4);
  });

  it('hand over instance logs by an address that anybody can read', async () => {
    await client.send(new RequestEnvironmentInfoCommand({ EnvironmentName: 'shop-dev', InfoType: 'tail' }));
    const info = await eventually(async () => (await client.send(new RetrieveEnvironmentInfoCommand({ EnvironmentName: 'shop-dev', InfoType: 'tail' }))).EnvironmentInfo?.[0]);
    const answer = await fetch(info.Message ?? '');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('/var/log/eb-engine.log');
  });

  it('show the stack behind an environment', async () => {
    const StackName = 'awseb-e-shopprod01-stack';
    const { StackEvents } = await stacks.send(new DescribeStackEventsCommand({ StackName }));
    expect(StackEvents?.[0]).toMatchObject({ ResourceType: 'AWS::CloudFormation::Stack', ResourceStatus: 'CREATE_COMPLETE' });
    const { StackResources } = await stacks.send(new DescribeStackResourcesCommand({ StackName }));
    expect(StackResources?.map((each) => each.LogicalResourceId)).toContain('AWSEBV2LoadBalancer');
    const { StackSummaries } = await stacks.send(new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE'] }));
    expect(StackSummaries).toHaveLength(4);
    await expect(stacks.send(new DescribeStackEventsCommand({ StackName: 'nothing' }))).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack with id nothing does not exist' });
  });
});
