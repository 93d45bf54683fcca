import type { JsonObject } from '../../json.ts';
import { texts } from '../engine/values.ts';
import { md5, type Message } from './queue.ts';

/** A message as ReceiveMessage gives it: system and message attributes only as far as they are asked for. */
export function asReceived(message: Message, input: JsonObject): JsonObject {
  const wanted = [...(texts(input, 'AttributeNames') ?? []), ...(texts(input, 'MessageSystemAttributeNames') ?? [])];
  const system = Object.entries(systemAttributes(message)).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  const names = texts(input, 'MessageAttributeNames') ?? [];
  const own = Object.entries(message.attributes).filter(([name]) => names.some((wish) => wish === 'All' || wish === '.*' || wish === name));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(own.length === 0 ? {} : { MessageAttributes: Object.fromEntries(own) }),
  };
}

function systemAttributes(message: Message): Readonly<Record<string, string>> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  };
}
