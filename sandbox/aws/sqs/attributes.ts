import type { JsonObject } from '../../json.ts';
import type { Account } from '../account.ts';
import { AwsError } from '../engine/service.ts';
import { asText } from '../engine/values.ts';
import type { Queue } from './queue.ts';

/** GetQueueAttributes: those asked for by name, or all. */
export function attributesOf(queue: Queue, account: Account, names: readonly string[]): JsonObject | undefined {
  const found = Object.entries(all(queue, account)).filter(([name]) => names.includes('All') || names.includes(name));
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function all(queue: Queue, account: Account): Readonly<Record<string, string>> {
  const { visible, inFlight, delayed } = queue.count();
  const { settings } = queue;
  const created = String(Math.floor(queue.createdAt / 1000));
  const arn = (name: string): string => `arn:aws:sqs:${account.region}:${account.id}:${name}`;
  return {
    QueueArn: arn(queue.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    VisibilityTimeout: String(settings.visibilityTimeout),
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: String(settings.retention),
    DelaySeconds: String(settings.delay),
    ReceiveMessageWaitTimeSeconds: String(settings.wait),
    SqsManagedSseEnabled: 'true',
    ...(settings.deadLetter ? { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(settings.deadLetter.queue.name), maxReceiveCount: settings.deadLetter.maxReceiveCount }) } : {}),
  };
}

/** CreateQueue's attributes; those that change nothing here are refused, not forgotten. */
export function applyAttributes(queue: Queue, attributes: JsonObject, queues: ReadonlyMap<string, Queue>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'VisibilityTimeout') queue.settings.visibilityTimeout = Number(value);
    else if (name === 'DelaySeconds') queue.settings.delay = Number(value);
    else if (name === 'ReceiveMessageWaitTimeSeconds') queue.settings.wait = Number(value);
    else if (name === 'MessageRetentionPeriod') queue.settings.retention = Number(value);
    else if (name === 'RedrivePolicy') redrive(queue, asText(value), queues);
    else throw new AwsError('InvalidAttributeName', `The sandbox's queues do not have the attribute ${name}`);
  }
}

function redrive(queue: Queue, policy: string, queues: ReadonlyMap<string, Queue>): void {
  const { deadLetterTargetArn, maxReceiveCount }: { deadLetterTargetArn?: string; maxReceiveCount?: number | string } = JSON.parse(policy);
  const dead = queues.get(deadLetterTargetArn?.split(':').at(-1) ?? '');
  if (!dead) throw new AwsError('InvalidParameterValue', `Value ${policy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`);
  queue.settings.deadLetter = { queue: dead, maxReceiveCount: Number(maxReceiveCount) };
}
