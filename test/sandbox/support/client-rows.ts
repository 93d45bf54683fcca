import { eventually, type Answer, type AwsSandbox } from './aws-sandbox.ts';
import type { Ask } from './aws-clients.ts';

/** What an operation is asked with. Reads are asked twice of one account; each change has an account of its own. */
export interface Row {
  readonly service: string;
  readonly operation: string;
  readonly input: object | ((world: World) => Promise<object>);
}

export interface World {
  readonly aws: AwsSandbox;
  readonly ask: Ask;
}

const bucket = { Bucket: 'codepipeline-us-east-1-123456789012' };
const shop = { pipelineName: 'shop' };
const prod = { ...shop, stageName: 'Prod' };
const hour = (back: number): Date => new Date(Date.now() - back * 3_600_000);
const metric = { Namespace: 'AWS/ElasticBeanstalk', MetricName: 'ApplicationRequests5xx', Dimensions: [{ Name: 'EnvironmentName', Value: 'shop-prod' }] };
const widget = JSON.stringify({ metrics: [['AWS/ElasticBeanstalk', 'ApplicationRequests5xx', 'EnvironmentName', 'shop-prod', { stat: 'Sum' }]], start: '2026-01-01T00:00:00Z', end: '2026-01-01T03:00:00Z', width: 300, height: 200, title: '5xx', annotations: { vertical: [{ value: '2026-01-01T01:00:00Z', label: 'deploy v42' }] } });

/** Every operation that Jack uses, has used, or may use. A test holds this against Jack's imports. */
export const rows: readonly Row[] = [
  ...named('codepipeline', {
    ListPipelines: {},
    GetPipeline: { name: 'shop' },
    GetPipelineState: { name: 'shop' },
    GetPipelineExecution: async (world) => ({ ...shop, pipelineExecutionId: await pastExecution(world) }),
    ListPipelineExecutions: { ...shop, maxResults: 2 },
    ListActionExecutions: { ...shop, maxResults: 20 },
    StartPipelineExecution: { name: 'shop', clientRequestToken: 'once' },
    StopPipelineExecution: async (world) => ({ ...shop, ...(await started(world)), abandon: true, reason: 'a test' }),
    PutApprovalResult: async (world) => ({ ...prod, actionName: 'ApproveProd', token: await approvalToken(world), result: { status: 'Approved', summary: 'fine' } }),
    DisableStageTransition: { ...prod, transitionType: 'Inbound', reason: 'frozen' },
    EnableStageTransition: { ...prod, transitionType: 'Inbound' },
    RetryStageExecution: async (world) => ({ ...prod, pipelineExecutionId: await pastExecution(world), retryMode: 'FAILED_ACTIONS' }),
    RollbackStage: async (world) => ({ ...prod, targetPipelineExecutionId: await pastExecution(world, 1) }),
  }),
  ...named('elasticbeanstalk', {
    DescribeApplications: {},
    DescribeEnvironments: { ApplicationName: 'shop', EnvironmentNames: ['shop-dev', 'shop-prod'] },
    DescribeEvents: { EnvironmentName: 'shop-prod', MaxRecords: 10 },
    DescribeEnvironmentHealth: { EnvironmentName: 'shop-prod', AttributeNames: ['Status', 'Color', 'Causes', 'HealthStatus', 'InstancesHealth'] },
    DescribeInstancesHealth: { EnvironmentName: 'shop-prod', AttributeNames: ['All'] },
    DescribeApplicationVersions: { ApplicationName: 'shop' },
    DescribeConfigurationSettings: { ApplicationName: 'shop', EnvironmentName: 'shop-prod' },
    DescribeEnvironmentResources: { EnvironmentName: 'shop-prod' },
    UpdateEnvironment: async (world) => ({ EnvironmentName: 'shop-dev', VersionLabel: await anOlderVersion(world) }),
    AbortEnvironmentUpdate: async (world) => {
      await world.ask('elasticbeanstalk', 'UpdateEnvironment', { EnvironmentName: 'shop-prod', VersionLabel: await anOlderVersion(world) });
      return { EnvironmentName: 'shop-prod' };
    },
    RequestEnvironmentInfo: { EnvironmentName: 'shop-dev', InfoType: 'tail' },
    RetrieveEnvironmentInfo: async (world) => {
      await world.aws.door('POST', 'speed', { speed: 300 });
      await world.ask('elasticbeanstalk', 'RequestEnvironmentInfo', { EnvironmentName: 'shop-dev', InfoType: 'tail' });
      const input = { EnvironmentName: 'shop-dev', InfoType: 'tail' };
      await eventually(async () => (await world.ask('elasticbeanstalk', 'RetrieveEnvironmentInfo', input)).EnvironmentInfo?.[0]);
      return input;
    },
  }),
  ...named('codebuild', {
    BatchGetBuilds: async (world) => ({ ids: [(await finishedBuild(world)).id] }),
    BatchGetReports: async (world) => ({ reportArns: (await finishedBuild(world)).reportArns }),
    DescribeTestCases: async (world) => ({ reportArn: (await finishedBuild(world)).reportArns[0] }),
  }),
  ...named('logs', {
    DescribeLogStreams: async (world) => ({ logGroupName: (await finishedBuild(world)).logs.groupName }),
    GetLogEvents: async (world) => {
      const { groupName, streamName } = (await finishedBuild(world)).logs;
      return { logGroupName: groupName, logStreamName: streamName, limit: 5 };
    },
    FilterLogEvents: async (world) => ({ logGroupName: (await finishedBuild(world)).logs.groupName, filterPattern: 'Entering', limit: 3 }),
  }),
  ...named('cloudwatch', {
    DescribeAlarms: { AlarmNamePrefix: 'shop-' },
    GetMetricData: { StartTime: hour(3), EndTime: hour(1), MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: metric, Period: 300, Stat: 'Sum' } }] },
    GetMetricWidgetImage: { MetricWidget: widget },
  }),
  ...named('sqs', {
    GetQueueAttributes: async (world) => ({ ...queue(world), AttributeNames: ['QueueArn', 'RedrivePolicy', 'ApproximateNumberOfMessages'] }),
    SendMessage: async (world) => ({ ...queue(world), MessageBody: '{"hello":"<world>"}' }),
    ReceiveMessage: async (world) => ({ ...queue(world), ...(await sent(world)), VisibilityTimeout: 0, AttributeNames: ['SentTimestamp'] }),
    DeleteMessage: async (world) => {
      await sent(world);
      const { Messages } = await world.ask('sqs', 'ReceiveMessage', queue(world));
      return { ...queue(world), ReceiptHandle: Messages[0].ReceiptHandle };
    },
  }),
  ...named('sts', { GetCallerIdentity: {}, AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/jack', RoleSessionName: 'U0ADA00001' } }),
  ...named('s3', {
    PutObject: { ...bucket, Key: 'a/ü b.txt', Body: 'hello', ContentType: 'text/plain', Metadata: { 'codepipeline-artifact-revision-summary': 'v1' } },
    HeadObject: async (world) => putFirst(world),
    GetObject: async (world) => putFirst(world),
  }),
  ...named('cloudformation', { DescribeStacks: {}, DescribeStackEvents: async (world) => ({ StackName: (await world.ask('cloudformation', 'DescribeStacks', {})).Stacks[0].StackName }) }),
  ...named('codecommit', {
    GetBranch: { repositoryName: 'shop', branchName: 'main' },
    GetCommit: async (world) => ({ repositoryName: 'shop', commitId: await headCommit(world) }),
    BatchGetCommits: async (world) => ({ repositoryName: 'shop', commitIds: [await headCommit(world), '0'.repeat(40)] }),
    GetDifferences: async (world) => ({ repositoryName: 'shop', afterCommitSpecifier: await headCommit(world) }),
  }),
  ...named('cloudtrail', {
    LookupEvents: async (world) => {
      await world.aws.door('POST', 'speed', { speed: 300_000 });
      await world.ask('codepipeline', 'DisableStageTransition', { ...prod, transitionType: 'Inbound', reason: 'frozen' });
      const input = { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'DisableStageTransition' }] };
      await eventually(async () => (await world.ask('cloudtrail', 'LookupEvents', input)).Events?.[0]);
      return input;
    },
  }),
];

function named(service: string, operations: Readonly<Record<string, Row['input']>>): readonly Row[] {
  return Object.entries(operations).map(([operation, input]) => ({ service, operation, input }));
}

async function pastExecution({ ask }: World, back = 0): Promise<string> {
  return (await ask('codepipeline', 'ListPipelineExecutions', shop)).pipelineExecutionSummaries[back].pipelineExecutionId;
}

async function started({ ask }: World): Promise<{ readonly pipelineExecutionId: string }> {
  return ask('codepipeline', 'StartPipelineExecution', { name: 'shop' });
}

/** Lets the rejected stage run again, up to its approval. */
async function approvalToken(world: World): Promise<string> {
  await world.ask('codepipeline', 'RetryStageExecution', { ...prod, pipelineExecutionId: await pastExecution(world), retryMode: 'FAILED_ACTIONS' });
  return eventually(async () => (await world.ask('codepipeline', 'GetPipelineState', { name: 'shop' })).stageStates[3].actionStates[0].latestExecution.token);
}

async function anOlderVersion({ ask }: World): Promise<string> {
  return (await ask('elasticbeanstalk', 'DescribeApplicationVersions', { ApplicationName: 'shop' })).ApplicationVersions.at(-1).VersionLabel;
}

async function finishedBuild({ aws, ask }: World): Promise<Answer> {
  await aws.door('POST', 'speed', { speed: 300 });
  await ask('codepipeline', 'StartPipelineExecution', { name: 'shop' });
  return eventually(async () => {
    const { ids } = await ask('codebuild', 'ListBuildsForProject', { projectName: 'shop-build' });
    const { builds } = await ask('codebuild', 'BatchGetBuilds', { ids });
    return builds.find((build: Answer) => build.buildComplete && build.startTime > Date.now() - 60_000);
  });
}

function queue({ aws }: World): { readonly QueueUrl: string } {
  return { QueueUrl: `${aws.running.awsUrl}/123456789012/jack-events` };
}

async function sent(world: World): Promise<object> {
  await world.ask('sqs', 'SendMessage', { ...queue(world), MessageBody: '{"hello":"<world>"}' });
  return {};
}

async function putFirst({ ask }: World): Promise<object> {
  await ask('s3', 'PutObject', { ...bucket, Key: 'a/ü b.txt', Body: 'hello', Metadata: { summary: 'v1' } });
  return { ...bucket, Key: 'a/ü b.txt' };
}

async function headCommit({ ask }: World): Promise<string> {
  return (await ask('codecommit', 'GetBranch', { repositoryName: 'shop', branchName: 'main' })).branch.commitId;
}
