import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { array, assert, boolean, constant, dictionary, double, integer, letrec, oneof, property, string } from 'fast-check';
import { decodeCbor, encodeCbor } from '../../../sandbox/aws/engine/dialects/cbor.ts';
import { decodeQuery } from '../../../sandbox/aws/engine/dialects/query-decode.ts';
import { encodeXml } from '../../../sandbox/aws/engine/dialects/xml.ts';
import { models } from '../../../sandbox/aws/engine/model.ts';
import type { Json } from '../../../sandbox/json.ts';
import { awsSandbox, type AwsSandbox } from '../support/aws-sandbox.ts';
import { sendRaw } from '../support/signed-request.ts';

let aws: AwsSandbox;

beforeAll(async () => {
  aws = await awsSandbox();
});

afterAll(() => aws.running.stop());

async function askQueue(fields: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly xml: string }> {
  const body = new URLSearchParams({ Version: '2012-11-05', QueueUrl: `${aws.running.awsUrl}/123456789012/jack-events`, ...fields }).toString();
  const { status, bytes } = await sendRaw({ aws, service: 'sqs', body, contentType: 'application/x-www-form-urlencoded; charset=utf-8', path: '/123456789012/jack-events' });
  return { status, xml: bytes.toString('utf8') };
}

describe('SQS still answers the query dialect', () => {
  it('sends, receives and deletes with the names that older clients use', async () => {
    const sent = await askQueue({ Action: 'SendMessage', MessageBody: 'a <b> & c', 'MessageAttribute.1.Name': 'kind', 'MessageAttribute.1.Value.DataType': 'String', 'MessageAttribute.1.Value.StringValue': 'x' });
    expect(sent.xml).toMatch(/<SendMessageResult><MessageId>[0-9a-f-]{36}<\/MessageId><MD5OfMessageBody>/);
    const received = await askQueue({ Action: 'ReceiveMessage', 'AttributeName.1': 'ApproximateReceiveCount', 'MessageAttributeName.1': 'All' });
    expect(received.xml).toContain('<Body>a &lt;b&gt; &amp; c</Body><Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
    expect(received.xml).toContain('<MessageAttribute><Name>kind</Name><Value><DataType>String</DataType><StringValue>x</StringValue></Value></MessageAttribute>');
    const receipt = /<ReceiptHandle>([^<]+)</.exec(received.xml)?.[1] ?? '';
    expect(await askQueue({ Action: 'DeleteMessageBatch', 'DeleteMessageBatchRequestEntry.1.Id': 'one', 'DeleteMessageBatchRequestEntry.1.ReceiptHandle': receipt })).toMatchObject({ status: 200, xml: expect.stringContaining('<DeleteMessageBatchResultEntry><Id>one</Id></DeleteMessageBatchResultEntry>') });
  });

  it('refuses with the codes of the query dialect', async () => {
    expect(await askQueue({ Action: 'ReceiveMessage', QueueUrl: 'http://x/1/nowhere' })).toMatchObject({ status: 400, xml: expect.stringContaining('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>') });
    expect(await askQueue({ Action: 'ReceiveMessage', Messages: '1' })).toMatchObject({ status: 400, xml: expect.stringContaining('<Code>MalformedQueryString</Code>') });
    expect(await askQueue({ Action: 'AddPermission' })).toMatchObject({ xml: expect.stringContaining('<Code>InvalidAction</Code>') });
  });
});

describe('CloudWatch answers rpc-v2-cbor', () => {
  it('with dates as dates and bytes as bytes', async () => {
    const to = { aws, service: 'monitoring', contentType: 'application/cbor' };
    const alarms = await sendRaw({ ...to, path: '/service/GraniteServiceVersion20100801/operation/DescribeAlarms', body: encodeCbor({ AlarmNames: ['shop-prod-5xx'] }) });
    expect(alarms.headers.get('smithy-protocol')).toBe('rpc-v2-cbor');
    expect(decodeCbor(alarms.bytes)).toMatchObject({ MetricAlarms: [{ AlarmName: 'shop-prod-5xx', StateUpdatedTimestamp: expect.any(Date) }] });
    const missing = await sendRaw({ ...to, path: '/service/GraniteServiceVersion20100801/operation/DescribeAlarmHistory', body: encodeCbor({ AlarmName: 'nope' }) });
    expect(missing.headers.get('x-amzn-query-error')).toBe('ResourceNotFound;Sender');
    expect(decodeCbor(missing.bytes)).toMatchObject({ __type: 'ResourceNotFound' });
  });

  it('with a codec that reads back what it wrote', () => {
    const leaf = oneof(string(), integer(), double({ noNaN: true }).filter((number) => !Object.is(number, -0)), boolean(), constant(null));
    const { value } = letrec<{ value: Json }>((tie) => ({ value: oneof({ depthSize: 'small' }, leaf, array(tie('value')), dictionary(string(), tie('value'), { noNullPrototype: true })) }));
    assert(property(value, (made) => expect(decodeCbor(Buffer.from(encodeCbor(made)))).toEqual(made)), { numRuns: 60 });
  });
});

describe('the query dialect', () => {
  const model = models()['elasticbeanstalk'];
  if (!model) throw new Error('the model is gone');

  it('reads lists, structures, numbers, booleans and times', () => {
    const fields = new URLSearchParams('Action=DescribeEvents&Version=2010-12-01&ApplicationName=shop&MaxRecords=7&StartTime=2026-01-02T03%3A04%3A05.678Z');
    expect(decodeQuery(model, { shape: 'DescribeEventsMessage' }, fields)).toEqual({ ApplicationName: 'shop', MaxRecords: 7, StartTime: new Date('2026-01-02T03:04:05.678Z') });
    const more = new URLSearchParams('EnvironmentName=e&OptionSettings.member.1.Namespace=n&OptionSettings.member.1.OptionName=o&OptionSettings.member.2.Value=v');
    expect(decodeQuery(model, { shape: 'UpdateEnvironmentMessage' }, more)).toEqual({ EnvironmentName: 'e', OptionSettings: [{ Namespace: 'n', OptionName: 'o' }, { Value: 'v' }] });
  });

  it('writes text that XML cannot carry without breaking the answer', () => {
    expect(encodeXml(model, { shape: 'EventDescription' }, { Message: 'a\u0000<\r\n"ü"' }, 'member', '')).toBe('<member><Message>a\ufffd&lt;&#xD;\n&quot;ü&quot;</Message></member>');
  });
});
