import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, GetMetricDataCommand, GetMetricWidgetImageCommand } from '@aws-sdk/client-cloudwatch';
import { CodeCommitClient, GetBranchCommand, GetCommitCommand, GetDifferencesCommand } from '@aws-sdk/client-codecommit';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { presignedUrl } from '../../../sandbox/aws/s3/presign.ts';
import { awsSandbox, eventually, refusalOf, type AwsSandbox } from '../support/aws-sandbox.ts';

let aws: AwsSandbox;
let sqs: SQSClient;
let queue: { readonly QueueUrl: string };

beforeAll(async () => {
  aws = await awsSandbox();
  sqs = new SQSClient(aws.config);
  queue = { QueueUrl: `${aws.running.awsUrl}/123456789012/jack-events` };
});

beforeEach(() => aws.door('POST', 'reset', { speed: 300 }));

afterAll(() => aws.running.stop());

async function receive(more: object = {}): Promise<readonly Message[]> {
  return (await sqs.send(new ReceiveMessageCommand({ ...queue, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
}

describe('queues', () => {
  it('hide a received message for its visibility timeout, and give it again', async () => {
    await sqs.send(new SendMessageCommand({ ...queue, MessageBody: 'one' }));
    expect(await receive({ VisibilityTimeout: 1 })).toHaveLength(1);
    expect(await receive()).toHaveLength(0);
    const again = await receive({ WaitTimeSeconds: 3 });
    expect(again.map(({ Body }) => Body)).toEqual(['one']);
    await sqs.send(new DeleteMessageCommand({ ...queue, ReceiptHandle: again[0]?.ReceiptHandle }));
    expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(0);
  });

  it('wait for a message with a long poll, and keep it when the poller hangs up', async () => {
    const aborting = new AbortController();
    const lost = sqs.send(new ReceiveMessageCommand({ ...queue, WaitTimeSeconds: 20 }), { abortSignal: aborting.signal });
    await eventually(async () => (await aws.door('GET', 'calls?service=sqs')).calls.find((call: { status?: number }) => call.status === undefined));
    aborting.abort();
    await expect(lost).rejects.toThrow();
    const polling = receive({ WaitTimeSeconds: 10 });
    await sqs.send(new SendMessageCommand({ ...queue, MessageBody: 'late' }));
    expect((await polling).map(({ Body }) => Body)).toEqual(['late']);
  });

  it('put what was received too often into the dead letter queue', async () => {
    await sqs.send(new SendMessageCommand({ ...queue, MessageBody: 'poison' }));
    for (let time = 0; time < 5; time += 1) expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    expect(await receive()).toHaveLength(0);
    expect((await receive({ QueueUrl: `${queue.QueueUrl}-dead` })).map(({ Body }) => Body)).toEqual(['poison']);
  });

  it('delay a message, and refuse numbers out of range in words of SQS', async () => {
    await sqs.send(new SendMessageCommand({ ...queue, MessageBody: 'slow', DelaySeconds: 1 }));
    expect(await receive()).toHaveLength(0);
    expect(await receive({ WaitTimeSeconds: 3 })).toHaveLength(1);
    expect((await refusalOf(receive({ MaxNumberOfMessages: 11 }))).message).toBe('Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.');
  });
});

async function setAlarm(state: string): Promise<void> {
  await aws.door('POST', 'aws/alarm', { name: 'shop-prod-5xx', state });
}

/** The events in the queue, as soon as there are so many. */
async function events(count: number): Promise<readonly { id: string; detail: { state: { value: string } } }[]> {
  const found: Message[] = [];
  await eventually(async () => {
    found.push(...(await receive({ WaitTimeSeconds: 1 })));
    return found.length >= count ? true : undefined;
  });
  return found.map(({ Body }) => JSON.parse(Body ?? ''));
}

describe('events', () => {
  it('go through the rules into the queue, in AWS\'s envelope', async () => {
    await setAlarm('ALARM');
    const [event] = await events(1);
    expect(event).toMatchObject({ version: '0', source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change', account: '123456789012', region: 'us-east-1', time: expect.stringMatching(/:\d\dZ$/), detail: { alarmName: 'shop-prod-5xx', state: { value: 'ALARM' }, previousState: { value: 'OK' } } });
  });

  it('come twice with the same id when told so', async () => {
    await aws.door('POST', 'aws/events', { duplicate: true });
    await setAlarm('ALARM');
    const [one, other] = await events(2);
    expect(one?.id).toBe(other?.id);
  });

  it('come out of order when told so, and none is lost', async () => {
    await aws.door('POST', 'aws/events', { shuffle: true });
    const states = ['ALARM', 'OK', 'ALARM', 'OK', 'ALARM', 'OK', 'ALARM', 'OK', 'ALARM', 'OK', 'ALARM', 'OK'];
    for (const state of states) await setAlarm(state);
    const seen = (await events(states.length)).map(({ detail }) => detail.state.value);
    expect(seen.toSorted()).toEqual(states.toSorted());
    expect(seen).not.toEqual(states);
  });

  it('cannot be put in the name of AWS', async () => {
    const answer = await new EventBridgeClient(aws.config).send(new PutEventsCommand({ Entries: [{ Source: 'aws.codepipeline', DetailType: 'x', Detail: '{}' }, { Source: 'mine', DetailType: 'x', Detail: '{}' }] }));
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }, { EventId: expect.any(String) }] });
  });
});

describe('objects', () => {
  const at = { Bucket: 'codepipeline-us-east-1-123456789012', Key: 'a/b c+d.txt' };

  it('keep their versions, and are hidden by a delete marker', async () => {
    const s3 = new S3Client(aws.config);
    const { VersionId: first } = await s3.send(new PutObjectCommand({ ...at, Body: 'one', Metadata: { note: 'hi' } }));
    await s3.send(new PutObjectCommand({ ...at, Body: 'two' }));
    expect(await (await s3.send(new GetObjectCommand(at))).Body?.transformToString()).toBe('two');
    expect(await (await s3.send(new GetObjectCommand({ ...at, VersionId: first }))).Body?.transformToString()).toBe('one');
    expect((await s3.send(new DeleteObjectCommand(at))).DeleteMarker).toBe(true);
    expect(await refusalOf(s3.send(new GetObjectCommand(at)))).toMatchObject({ name: 'NoSuchKey', status: 404 });
    expect(await refusalOf(s3.send(new HeadObjectCommand(at)))).toMatchObject({ name: 'NotFound', status: 404 });
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: at.Bucket, Prefix: 'a/' }));
    expect([Versions?.length, DeleteMarkers?.length]).toEqual([2, 1]);
  });

  it('can be had by a presigned address until it expires, and by no changed one', async () => {
    await new S3Client(aws.config).send(new PutObjectCommand({ ...at, Body: 'log lines' }));
    const to = { endpoint: aws.running.awsUrl, region: 'us-east-1', bucket: at.Bucket, key: at.Key, signer: aws.config.credentials };
    const good = presignedUrl({ ...to, seconds: 900 });
    expect(await (await fetch(good)).text()).toBe('log lines');
    expect((await fetch(good.replace('b%20c', 'b%20d'))).status).toBe(403);
    const expired = await fetch(presignedUrl({ ...to, seconds: -1 }));
    expect([expired.status, await expired.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  });
});

describe('repositories', () => {
  it('take a push, and tell what changed', async () => {
    const codecommit = new CodeCommitClient(aws.config);
    const repositoryName = 'shop';
    const before = (await codecommit.send(new GetBranchCommand({ repositoryName, branchName: 'main' }))).branch?.commitId;
    const { commit } = await aws.door('POST', 'aws/push', { repository: 'shop', author: { name: 'Linus', email: 'linus@acme.test' }, message: 'Two files', files: { 'a.txt': 'a', 'server.js': 'changed' } });
    expect((await codecommit.send(new GetCommitCommand({ repositoryName, commitId: commit }))).commit).toMatchObject({ parents: [before], message: 'Two files\n', author: { name: 'Linus' } });
    const { differences } = await codecommit.send(new GetDifferencesCommand({ repositoryName, beforeCommitSpecifier: before, afterCommitSpecifier: commit }));
    expect(differences?.map(({ changeType, afterBlob }) => [changeType, afterBlob?.path])).toEqual([['A', 'a.txt'], ['M', 'server.js']]);
    expect(await refusalOf(codecommit.send(new GetBranchCommand({ repositoryName: 'nope', branchName: 'main' })))).toMatchObject({ name: 'RepositoryDoesNotExistException' });
  });
});

describe('metrics', () => {
  const metric = { Namespace: 'AWS/ElasticBeanstalk', MetricName: 'ApplicationRequests5xx', Dimensions: [{ Name: 'EnvironmentName', Value: 'shop-prod' }] };
  const ask = async (): Promise<readonly number[]> => {
    const input = { StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 60_000), MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } }] };
    return (await new CloudWatchClient(aws.config).send(new GetMetricDataCommand(input))).MetricDataResults?.[0]?.Values ?? [];
  };

  it('follow their alarm: beyond its threshold while it is in ALARM', async () => {
    expect(Math.max(...(await ask()))).toBeLessThanOrEqual(5);
    await aws.door('POST', 'aws/alarm', { name: 'shop-prod-5xx', state: 'ALARM' });
    expect((await ask())[0]).toBeGreaterThan(5);
  });

  it('are drawn as a PNG of the asked size, with the mark of a deployment', async () => {
    const widget = { metrics: [['AWS/ElasticBeanstalk', 'ApplicationRequests2xx', 'EnvironmentName', 'shop-prod']], width: 320, height: 200, start: '2026-03-01T00:00:00Z', end: '2026-03-01T03:00:00Z' };
    const draw = async (more: object): Promise<Buffer> => Buffer.from((await new CloudWatchClient(aws.config).send(new GetMetricWidgetImageCommand({ MetricWidget: JSON.stringify({ ...widget, ...more }) }))).MetricWidgetImage ?? []);
    const plain = await draw({});
    expect([plain.subarray(1, 4).toString(), plain.readUInt32BE(16), plain.readUInt32BE(20)]).toEqual(['PNG', 320, 200]);
    expect((await draw({ annotations: { vertical: [{ value: '2026-03-01T01:00:00Z', label: 'v42' }] } })).equals(plain)).toBe(false);
    expect(await refusalOf(draw({ view: 'pie' }))).toMatchObject({ name: 'ValidationException', message: expect.stringContaining('not "pie"') });
  });
});

describe('CloudTrail', () => {
  it('tells a while later who changed what by hand', async () => {
    await aws.door('POST', 'aws/console', { service: 'codepipeline', operation: 'DisableStageTransition', input: { pipelineName: 'shop', stageName: 'Prod', transitionType: 'Inbound', reason: 'by hand' } });
    const event = await eventually(async () => (await new CloudTrailClient(aws.config).send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'shop' }] }))).Events?.[0]);
    expect(event).toMatchObject({ EventName: 'DisableStageTransition', Username: 'olive', EventSource: 'codepipeline.amazonaws.com' });
    expect(JSON.parse(event.CloudTrailEvent ?? '')).toMatchObject({ userIdentity: { arn: 'arn:aws:iam::123456789012:user/olive' }, requestParameters: { reason: 'by hand' } });
  });
});
