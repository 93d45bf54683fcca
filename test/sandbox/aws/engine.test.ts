import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CodePipelineClient, DisableStageTransitionCommand, GetPipelineCommand, ListPipelinesCommand, PutApprovalResultCommand, StartPipelineExecutionCommand, type ApprovalStatus } from '@aws-sdk/client-codepipeline';
import { DescribeEnvironmentsCommand, ElasticBeanstalkClient, UpdateEnvironmentCommand } from '@aws-sdk/client-elastic-beanstalk';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodePlain } from '../../../sandbox/aws/engine/dialects/encode-plain.ts';
import { models } from '../../../sandbox/aws/engine/model.ts';
import { awsSandbox, refusalOf, type AwsSandbox } from '../support/aws-sandbox.ts';
import { sendSigned } from '../support/signed-request.ts';

let aws: AwsSandbox;
let pipelines: CodePipelineClient;

beforeAll(async () => {
  aws = await awsSandbox();
  pipelines = new CodePipelineClient(aws.config);
});

afterAll(() => aws.running.stop());

describe('inputs are checked against AWS\'s models', () => {
  it('refuses a name outside its pattern in the words of AWS', async () => {
    expect(await refusalOf(pipelines.send(new GetPipelineCommand({ name: 'x y' })))).toEqual({
      name: 'ValidationException',
      message: "1 validation error detected: Value 'x y' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+",
      status: 400,
    });
  });

  it('counts all that is wrong: missing members, enums, lengths', async () => {
    const input = { pipelineName: 'shop', stageName: 'Prod', actionName: 'ApproveProd', token: undefined, result: { status: 'Yes' as ApprovalStatus, summary: 'x'.repeat(513) } };
    const { message } = await refusalOf(pipelines.send(new PutApprovalResultCommand(input)));
    expect(message).toContain('3 validation errors detected: ');
    expect(message).toContain("Value null at 'token' failed to satisfy constraint: Member must not be null");
    expect(message).toContain("Value 'Yes' at 'result.status' failed to satisfy constraint: Member must satisfy enum value set: [Approved, Rejected]");
    expect(message).toContain("at 'result.summary' failed to satisfy constraint: Member must have length less than or equal to 512");
  });

  it('refuses numbers out of range, and names list items by their place', async () => {
    const listing = await refusalOf(pipelines.send(new ListPipelinesCommand({ maxResults: 5000 })));
    expect(listing.message).toContain("Value '5000' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000");
    const started = await refusalOf(pipelines.send(new StartPipelineExecutionCommand({ name: 'shop', variables: [{ name: '', value: 'b' }] })));
    expect(started.message).toContain("Value '' at 'variables.1.member.name'");
  });

  it('refuses a reason with a comma for a disabled transition, which the SDK lets pass', async () => {
    const { name } = await refusalOf(pipelines.send(new DisableStageTransitionCommand({ pipelineName: 'shop', stageName: 'Prod', transitionType: 'Inbound', reason: 'a, b' })));
    expect(name).toBe('ValidationException');
  });

  it('calls the same mistake ValidationError in the query dialect', async () => {
    const { name, message } = await refusalOf(new ElasticBeanstalkClient(aws.config).send(new UpdateEnvironmentCommand({ EnvironmentName: 'abc' })));
    expect({ name, message }).toEqual({ name: 'ValidationError', message: "1 validation error detected: Value 'abc' at 'environmentName' failed to satisfy constraint: Member must have length greater than or equal to 4" });
  });

  it('refuses members that the model does not know, and values of the wrong type', async () => {
    const to = { aws, service: 'codepipeline', target: 'CodePipeline_20150709.GetPipeline' };
    expect(await sendSigned({ ...to, body: '{"name":"shop","nmae":1}' })).toMatchObject({ status: 400, body: { __type: 'SerializationException', message: "Unknown member 'nmae' (known: name, version)" } });
    expect(await sendSigned({ ...to, body: '{"name":7}' })).toMatchObject({ status: 400, body: { __type: 'SerializationException', message: 'NUMBER_VALUE can not be converted to a String' } });
    expect(await sendSigned({ ...to, body: '{"name":' })).toMatchObject({ status: 400, body: { __type: 'SerializationException' } });
  });

  it('answers an operation that it has no model of, and one that it does not play, without pretending', async () => {
    expect(await sendSigned({ aws, service: 'codepipeline', target: 'CodePipeline_20150709.PollForJobs', body: '{}' })).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } });
    const unplayed = new CloudWatchLogsClient(aws.config).send(new StartQueryCommand({ logGroupName: 'g', startTime: 0, endTime: 1, queryString: 'fields @message' }));
    expect(await refusalOf(unplayed)).toMatchObject({ name: 'NotImplemented', status: 501 });
  });

  it('throws where a handler answers what the model does not have', () => {
    const model = models()['codepipeline'];
    const output = model?.operations['StartPipelineExecution']?.output;
    if (!model || !output) throw new Error('the model is gone');
    expect(() => encodePlain(model, output, { executionId: 'x' }, 'json', 'StartPipelineExecution')).toThrow('StartPipelineExecution.executionId must be a modelled member');
    expect(() => encodePlain(model, output, { pipelineExecutionId: 5 }, 'json', 'StartPipelineExecution')).toThrow('must be a string, not 5');
  });
});

function configWith(credentials: object, more: object = {}): object {
  return { ...aws.config, ...more, credentials: { ...aws.config.credentials, ...credentials } };
}

describe('signatures are checked', () => {
  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'InvalidSignatureException', 'The request signature we calculated does not match'],
    ['an unknown key', { accessKeyId: 'AKIANOBODY0000000000' }, 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
  ])('refuses %s with a JSON service', async (_case, credentials, name, words) => {
    const refusal = await refusalOf(new CodePipelineClient(configWith(credentials)).send(new ListPipelinesCommand({})));
    expect(refusal).toMatchObject({ name, message: expect.stringContaining(words) });
  });

  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'AKIANOBODY0000000000' }, 'InvalidClientTokenId'],
  ])('refuses %s with a query service', async (_case, credentials, name) => {
    expect(await refusalOf(new ElasticBeanstalkClient(configWith(credentials)).send(new DescribeEnvironmentsCommand({})))).toMatchObject({ name, status: 403 });
  });

  it('refuses another region', async () => {
    const refusal = await refusalOf(new CodePipelineClient(configWith({}, { region: 'eu-west-1' })).send(new ListPipelinesCommand({})));
    expect(refusal).toMatchObject({ name: 'InvalidSignatureException', message: 'Credential should be scoped to a valid region. ' });
  });

  it('refuses a clock that is six minutes off, and takes one that is four off', async () => {
    const late = new CodePipelineClient(configWith({}, { systemClockOffset: -6 * 60_000 }));
    expect((await refusalOf(late.send(new ListPipelinesCommand({})))).message).toMatch(/^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/);
    const near = new CodePipelineClient(configWith({}, { systemClockOffset: -4 * 60_000 }));
    expect((await near.send(new ListPipelinesCommand({}))).pipelines).toHaveLength(2);
  });

  it('refuses a request that is not signed, and one whose body was changed', async () => {
    const to = { aws, service: 'codepipeline', target: 'CodePipeline_20150709.ListPipelines', body: '{}' };
    expect(await sendSigned({ ...to, unsigned: true })).toMatchObject({ body: { __type: 'MissingAuthenticationTokenException' } });
    expect(await sendSigned({ ...to, sentBody: '{"maxResults":1}' })).toMatchObject({ body: { __type: 'InvalidSignatureException' } });
    expect(await sendSigned(to)).toMatchObject({ status: 200 });
  });

  it('knows who calls: a user, or a session of a role that needs its token', async () => {
    const sts = new STSClient(aws.config);
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:iam::123456789012:user/jack');
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/jack', RoleSessionName: 'U0ADA' }));
    if (!keys?.AccessKeyId || !keys.SecretAccessKey || !keys.SessionToken) throw new Error('no keys');
    const session = { accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.SessionToken };
    expect((await new STSClient({ ...aws.config, credentials: session }).send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:sts::123456789012:assumed-role/jack/U0ADA');
    const { sessionToken: _gone, ...bare } = session;
    expect(await refusalOf(new STSClient({ ...aws.config, credentials: bare }).send(new GetCallerIdentityCommand({})))).toMatchObject({ name: 'InvalidClientTokenId' });
    expect(await refusalOf(sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/nobody', RoleSessionName: 'xx' })))).toMatchObject({ name: 'AccessDenied', status: 403 });
  });

  it('lets actions be denied on demand, in the words of IAM', async () => {
    await aws.door('POST', 'aws/denied', { actions: ['codepipeline:List*'] });
    expect(await refusalOf(pipelines.send(new ListPipelinesCommand({})))).toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('is not authorized to perform: codepipeline:ListPipelines') });
    await aws.door('POST', 'aws/denied', { actions: [] });
    expect((await pipelines.send(new ListPipelinesCommand({}))).pipelines).toHaveLength(2);
  });
});

async function alarm(): Promise<string | undefined> {
  return (await new CloudWatchClient(aws.config).send(new DescribeAlarmsCommand({ AlarmNames: ['api-prod-5xx'] }))).MetricAlarms?.[0]?.StateValue;
}

async function set(state: 'OK' | 'ALARM'): Promise<void> {
  await new CloudWatchClient(aws.config).send(new SetAlarmStateCommand({ AlarmName: 'api-prod-5xx', StateValue: state, StateReason: 'a test' }));
}

describe('calls can be held and made to fail', () => {
  it('holds a call before its effect, and lets it go on', async () => {
    const { id } = await aws.door('POST', 'holds', { service: 'cloudwatch', operation: 'SetAlarmState', when: 'before' });
    const call = set('ALARM');
    expect(await aws.door('GET', `holds/${id}?wait=3000`)).toMatchObject({ state: 'held', call: { operation: 'SetAlarmState', input: { AlarmName: 'api-prod-5xx' }, mutates: true } });
    expect(await alarm()).toBe('OK');
    await aws.door('POST', `holds/${id}/release`);
    await call;
    expect(await alarm()).toBe('ALARM');
  });

  it('holds a call after its effect, and can lose the answer', async () => {
    await set('OK');
    const { id } = await aws.door('POST', 'holds', { service: 'any', operation: '*mutating*', when: 'after', nth: 2 });
    await set('OK');
    const refused = refusalOf(set('ALARM'));
    expect(await aws.door('GET', `holds/${id}?wait=3000`)).toMatchObject({ state: 'held' });
    expect(await alarm()).toBe('ALARM');
    await aws.door('POST', `holds/${id}/release`, { fault: { kind: 'drop' } });
    expect((await refused).status).toBe(0);
    await aws.door('DELETE', `holds/${id}`);
    await expect(aws.door('GET', `holds/${id}`)).rejects.toThrow('404 There is no hold');
  });

  it.each([
    ['an error of AWS', { kind: 'error', code: 'ThrottlingException', message: 'Rate exceeded' }, { name: 'ThrottlingException', message: 'Rate exceeded', status: 400 }],
    ['a bare status', { kind: 'status', status: 503 }, { status: 503 }],
  ])('fails the next call with %s, once', async (_case, fault, refusal) => {
    await aws.door('POST', 'faults', { service: 'codepipeline', operation: 'ListPipelines', when: 'before', fault });
    expect(await refusalOf(pipelines.send(new ListPipelinesCommand({})))).toMatchObject(refusal);
    expect((await pipelines.send(new ListPipelinesCommand({}))).pipelines).toHaveLength(2);
  });

  it('writes every call down, with who called and what came of it', async () => {
    const { calls: before } = await aws.door('GET', 'calls');
    await refusalOf(new SQSClient(aws.config).send(new GetQueueAttributesCommand({ QueueUrl: `${aws.running.awsUrl}/123456789012/nowhere` })));
    const { calls } = await aws.door('GET', `calls?since=${before.at(-1).n}`);
    expect(calls).toEqual([
      expect.objectContaining({ service: 'sqs', operation: 'GetQueueAttributes', caller: 'arn:aws:iam::123456789012:user/jack', mutates: false, status: 400, error: 'QueueDoesNotExist: The specified queue does not exist.' }),
    ]);
  });

  it('forgets holds, faults and effects with a reset', async () => {
    await set('ALARM');
    await aws.door('POST', 'faults', { service: 'any', operation: '*', when: 'before', fault: { kind: 'drop' }, times: 99 });
    await aws.door('POST', 'reset', { speed: 2 });
    expect(await alarm()).toBe('OK');
    expect(await aws.door('GET', 'speed')).toEqual({ speed: 2 });
  });
});
