import type { JsonObject } from '../../json.ts';
import type { Account } from '../account.ts';
import { AwsError, type Caller, type Handler } from '../engine/service.ts';
import { number, object, objects, requiredText, text, texts } from '../engine/values.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import { asReceived } from './received.ts';
import { applyAttributes, attributesOf } from './attributes.ts';
import { idOf, md5, Queue } from './queue.ts';

/** The queues, for EventBridge's targets. */
export interface Queues {
  /** By name; undefined where there is none. */
  find(name: string): Queue | undefined;
  stop(): void;
}

/** SQS: standard queues with visibility, long polls, delays and dead letters. `endpoint` is where its queue URLs point. */
export function sqs(account: Account, seed: Seed, endpoint: () => string): Part & { readonly queues: Queues } {
  const queues = new Map(seed.queues.map(({ name }) => [name, new Queue(name)]));
  for (const { name, deadLetterQueue, maxReceiveCount } of seed.queues) {
    const [queue, dead] = [queues.get(name), queues.get(deadLetterQueue ?? '')];
    if (queue && dead) queue.settings.deadLetter = { queue: dead, maxReceiveCount: maxReceiveCount ?? 5 };
  }
  const urlOf = (queue: Queue): string => `${endpoint()}/${account.id}/${queue.name}`;
  const queueOf = (input: JsonObject): Queue => {
    const queue = queues.get(requiredText(input, 'QueueUrl').split('/').at(-1) ?? '');
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const handlers: Record<string, Handler> = {
    CreateQueue(input) {
      const name = requiredText(input, 'QueueName');
      const queue = queues.get(name) ?? new Queue(name);
      queues.set(name, queue);
      applyAttributes(queue, object(input, 'Attributes') ?? {}, queues);
      return { QueueUrl: urlOf(queue) };
    },
    GetQueueUrl(input) {
      const queue = queues.get(requiredText(input, 'QueueName'));
      if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
      return { QueueUrl: urlOf(queue) };
    },
    GetQueueAttributes: (input) => ({ Attributes: attributesOf(queueOf(input), account, texts(input, 'AttributeNames') ?? []) }),
    PurgeQueue: (input) => queueOf(input).purge(),
    SendMessage: (input, caller) => send(queueOf(input), input, caller),
    SendMessageBatch: (input, caller) => batch(input, (entry) => send(queueOf(input), entry, caller)),
    ReceiveMessage: (input, caller) => receive(queueOf(input), input, caller),
    DeleteMessage: (input) => remove(queueOf(input), input),
    DeleteMessageBatch: (input) => batch(input, (entry) => remove(queueOf(input), entry)),
    ChangeMessageVisibility: (input) => hide(queueOf(input), input),
    ChangeMessageVisibilityBatch: (input) => batch(input, (entry) => hide(queueOf(input), entry)),
  };
  return {
    service: { name: 'sqs', handlers },
    queues: {
      find: (name) => queues.get(name),
      stop: () => {
        for (const queue of queues.values()) queue.close();
      },
    },
  };
}

function send(queue: Queue, input: JsonObject, caller: Caller): JsonObject {
  const body = requiredText(input, 'MessageBody');
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) > 1_048_576) throw new AwsError('InvalidParameterValue', 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.');
  const delay = between(input, 'DelaySeconds', 0, 900);
  const message = queue.send(body, { attributes: object(input, 'MessageAttributes') ?? {}, senderId: caller.arn, ...(delay === undefined ? {} : { delay }) });
  return { MessageId: message.id, MD5OfMessageBody: md5(body) };
}

async function receive(queue: Queue, input: JsonObject, caller: Caller): Promise<JsonObject> {
  const most = between(input, 'MaxNumberOfMessages', 1, 10) ?? 1;
  const wait = between(input, 'WaitTimeSeconds', 0, 20) ?? queue.settings.wait;
  const visibility = between(input, 'VisibilityTimeout', 0, 43_200) ?? queue.settings.visibilityTimeout;
  const messages = await queue.receive(most, wait, visibility, caller.gone);
  return messages.length === 0 ? {} : { Messages: messages.map((message) => asReceived(message, input)) };
}

function remove(queue: Queue, input: JsonObject): JsonObject {
  queue.delete(receiptOf(input));
  return {};
}

function hide(queue: Queue, input: JsonObject): JsonObject {
  const receipt = receiptOf(input);
  if (!queue.hide(receipt, between(input, 'VisibilityTimeout', 0, 43_200) ?? 0)) {
    throw new AwsError('InvalidParameterValue', `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`);
  }
  return {};
}

function receiptOf(input: JsonObject): string {
  const receipt = requiredText(input, 'ReceiptHandle');
  if (idOf(receipt) === undefined) throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  return receipt;
}

function batch(input: JsonObject, each: (entry: JsonObject) => JsonObject): JsonObject {
  const entries = objects(input, 'Entries');
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There should be at least one SendMessageBatchRequestEntry in the request.');
  if (entries.length > 10) throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${entries.length}.`);
  const successful: JsonObject[] = [];
  const failed: JsonObject[] = [];
  for (const entry of entries) {
    const Id = text(entry, 'Id') ?? '';
    try {
      successful.push({ Id, ...each(entry) });
    } catch (problem) {
      if (!(problem instanceof AwsError)) throw problem;
      failed.push({ Id, SenderFault: true, Code: problem.code, Message: problem.message });
    }
  }
  return { Successful: successful, Failed: failed };
}

/** SQS checks its numbers itself: its model has no ranges. */
function between(input: JsonObject, name: string, least: number, most: number): number | undefined {
  const value = number(input, name);
  if (value !== undefined && (value < least || value > most)) {
    throw new AwsError('InvalidParameterValue', `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`);
  }
  return value;
}
