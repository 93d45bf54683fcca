import type { ServiceModel, Shape } from '../model.ts';

/**
 * SQS is modelled for JSON only since 2023; its query dialect keeps the names below, which older clients still speak.
 * Source: SQS's API reference of that time.
 */
const sqsMembers: Readonly<Record<string, string>> = {
  Attributes: 'Attribute',
  AttributeNames: 'AttributeName',
  MessageAttributes: 'MessageAttribute',
  MessageAttributeNames: 'MessageAttributeName',
  MessageSystemAttributeNames: 'MessageSystemAttributeName',
  MessageSystemAttributes: 'MessageSystemAttribute',
  Messages: 'Message',
  Failed: 'BatchResultErrorEntry',
  tags: 'Tag',
};

const sqsEntries: Readonly<Record<string, string>> = {
  ChangeMessageVisibilityBatchRequestEntryList: 'ChangeMessageVisibilityBatchRequestEntry',
  ChangeMessageVisibilityBatchResultEntryList: 'ChangeMessageVisibilityBatchResultEntry',
  DeleteMessageBatchRequestEntryList: 'DeleteMessageBatchRequestEntry',
  DeleteMessageBatchResultEntryList: 'DeleteMessageBatchResultEntry',
  SendMessageBatchRequestEntryList: 'SendMessageBatchRequestEntry',
  SendMessageBatchResultEntryList: 'SendMessageBatchResultEntry',
};

/** What a member is called in the query dialect. */
export function queryName(model: ServiceModel, name: string, reference: Shape): string {
  if (reference.locationName !== undefined) return reference.locationName;
  if (model.metadata.endpointPrefix !== 'sqs') return name;
  const entry = reference.shape === undefined ? undefined : sqsEntries[reference.shape];
  return entry ?? sqsMembers[name] ?? name;
}

/** What a map's key and value are called: SQS says Name and Value, the others key and value. */
export function mapNames(model: ServiceModel, shape: Shape): { readonly key: string; readonly value: string } {
  const sqs = model.metadata.endpointPrefix === 'sqs';
  return {
    key: shape.key?.locationName ?? (sqs ? (shape.key?.shape === 'TagKey' ? 'Key' : 'Name') : 'key'),
    value: shape.value?.locationName ?? (sqs ? 'Value' : 'value'),
  };
}

/** SQS's query error codes, where they differ from the exceptions' names. Source: the service model as it was when SDKs were generated from it (SmokeAWS, amazonka). */
export const sqsErrorCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
  QueueNameExists: 'QueueAlreadyExists',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};
