import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import { optionalFlag, optionalNumber } from '../../control/arguments.ts';
import type { ControlRoute } from '../../control/route.ts';
import type { Account, EventBus } from '../account.ts';
import { isObject, objects, text, texts } from '../engine/values.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';
import type { Queues } from '../sqs/index.ts';
import { takes } from './pattern.ts';

/** How events travel from now on; times are AWS milliseconds. */
interface Delivery {
  late: number;
  duplicate: boolean;
  shuffle: boolean;
}

/** What EventBridge needs even on a good day. */
const usualDelay = 400;

/** EventBridge: the default bus with the seed's rules into queues. Deliveries can be late, doubled and shuffled on demand. */
export function events(account: Account, seed: Seed, queues: Queues): Part & { readonly bus: EventBus } {
  const delivery: Delivery = { late: 0, duplicate: false, shuffle: false };
  const send = (body: string, names: readonly string[], delay: number): void => {
    account.clock.after(delay, () => {
      for (const name of names) queues.find(name)?.send(body);
    });
  };
  const put = (event: JsonObject): void => {
    const names = seed.rules.filter((rule) => takes(rule.pattern, event)).flatMap((rule) => rule.queues);
    if (names.length === 0) return;
    const body = JSON.stringify(event);
    const delay = usualDelay + delivery.late + (delivery.shuffle ? Math.random() * 10_000 : 0);
    send(body, names, delay);
    if (delivery.duplicate) send(body, names, delay + Math.random() * 5000);
  };
  const envelope = (event: { readonly source: string; readonly detailType: string; readonly resources: readonly string[]; readonly detail: JsonObject }): JsonObject => ({
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source: event.source,
    account: account.id,
    time: new Date().toISOString().replace(/\.\d{3}/, ''),
    region: account.region,
    resources: event.resources,
    detail: event.detail,
  });
  return {
    service: { name: 'events', handlers: { PutEvents: (input) => putEvents(input, (event) => put(envelope(event))) } },
    control: [deliveryRoute(delivery)],
    bus: { emit: (event) => put(envelope(event)) },
  };
}

function putEvents(input: JsonObject, put: (event: Parameters<EventBus['emit']>[0]) => void): JsonObject {
  const results = objects(input, 'Entries').map((entry): JsonObject => {
    const [source, detailType, detail] = [text(entry, 'Source'), text(entry, 'DetailType'), text(entry, 'Detail')];
    const refusal = refusalOf(source, detailType, detail);
    if (refusal) return refusal;
    put({ source: source ?? '', detailType: detailType ?? '', resources: texts(entry, 'Resources') ?? [], detail: parsed(detail ?? '') ?? {} });
    return { EventId: randomUUID() };
  });
  return { FailedEntryCount: results.filter((result) => result['ErrorCode'] !== undefined).length, Entries: results };
}

function refusalOf(source: string | undefined, detailType: string | undefined, detail: string | undefined): JsonObject | undefined {
  const missing = Object.entries({ Source: source, DetailType: detailType, Detail: detail }).find(([, value]) => value === undefined || value === '');
  if (missing) return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${missing[0]} is not valid. Reason: ${missing[0]} is a required argument.` };
  if (source?.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  return parsed(detail ?? '') ? undefined : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function parsed(detail: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(detail);
    return isObject(value) ? value : undefined;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

function deliveryRoute(delivery: Delivery): ControlRoute {
  return {
    method: 'POST',
    path: '/aws/events',
    summary: '`{late?, duplicate?, shuffle?}`: how EventBridge delivers from now on (`late` in AWS ms)',
    run: (args) => {
      delivery.late = optionalNumber(args, 'late') ?? delivery.late;
      delivery.duplicate = optionalFlag(args, 'duplicate') ?? delivery.duplicate;
      delivery.shuffle = optionalFlag(args, 'shuffle') ?? delivery.shuffle;
      return { ...delivery };
    },
  };
}
