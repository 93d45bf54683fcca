import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import type { CallGate, Fault } from '../../control/gate.ts';
import type { Account } from '../account.ts';
import { authenticate } from './authenticate.ts';
import { decodeInput, encodeOutput } from './dialects/answers.ts';
import { encodeError } from './dialects/errors.ts';
import { failureOf, perform } from './perform.ts';
import type { Identities } from './identities.ts';
import { models } from './model.ts';
import { mutates } from './mutates.ts';
import { operationOf, recognise, type Recognised } from './recognise.ts';
import { AwsError, type AwsService } from './service.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** One finished mutating call, for CloudTrail. */
export interface TrailEntry {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly output?: JsonObject;
  readonly arn: string;
  readonly requestId: string;
  readonly at: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** What answers calls at the moment: a reset puts another in its place. */
export interface AwsSide {
  readonly account: Account;
  readonly services: ReadonlyMap<string, AwsService>;
  readonly identities: Identities;
  record(entry: TrailEntry): void;
  /** Throws where the caller may not do this; `status` is the HTTP status of the service's refusals. */
  authorize(action: string, arn: string, status: number): void;
}

/** Answers one request over the wire; undefined says that the connection is to be cut. */
export async function answer(side: AwsSide, gate: CallGate, request: WireRequest, gone: AbortSignal): Promise<WireAnswer | undefined> {
  const requestId = randomUUID();
  const requested = understood(request);
  const recognised = requested === 'unreadable' ? undefined : requested;
  const answered = recognised
    ? await gated(side, gate, recognised, request, requestId, gone)
    : requested === 'unreadable'
      ? encodeError(models()['s3'], 'rest-xml', invalidUri(), requestId)
      : encodeError(undefined, 'json', new AwsError('UnknownOperationException', 'No service of the sandbox speaks like this request'), requestId);
  return answered && { ...answered, headers: { 'x-amzn-requestid': requestId, ...(recognised?.service === 's3' ? { 'x-amz-request-id': requestId, 'x-amz-id-2': 'sandbox' } : {}), ...answered.headers } };
}

/** A path that cannot be decoded is S3's to refuse. */
function understood(request: WireRequest): Recognised | 'unreadable' | undefined {
  try {
    return recognise(models(), request);
  } catch (problem) {
    if (problem instanceof URIError) return 'unreadable';
    throw problem;
  }
}

function invalidUri(): AwsError {
  return new AwsError('InvalidURI', "Couldn't parse the specified URI.");
}

async function gated(side: AwsSide, gate: CallGate, recognised: Recognised, request: WireRequest, requestId: string, gone: AbortSignal): Promise<WireAnswer | undefined> {
  const read = readCall(side, recognised, request);
  const { ticket, fault } = await gate.before({
    service: recognised.service,
    operation: recognised.operation,
    input: read.input,
    caller: read.arn,
    mutates: mutates(recognised.operation),
  });
  if (fault) return faulty(recognised, fault, requestId);
  const { reply, error } = read.refusal ? refused(recognised, read.refusal, requestId) : await performed(side, recognised, read, requestId, gone);
  const late = await gate.after(ticket, { status: reply.status, ...(error === undefined ? {} : { error }) });
  return late ? faulty(recognised, late, requestId) : reply;
}

interface ReadCall {
  readonly arn: string;
  readonly input: JsonObject;
  readonly refusal?: AwsError;
}

/** Who calls with what; what the front end refuses, before the service is asked, is the refusal. */
function readCall(side: AwsSide, recognised: Recognised, request: WireRequest): ReadCall {
  let arn = 'anonymous';
  try {
    const operation = operationOf(recognised);
    arn = authenticate(request, { model: recognised.model, dialect: recognised.dialect, region: side.account.region, identities: side.identities }).arn;
    return { arn, input: decodeInput(recognised, operation, request) };
  } catch (problem) {
    return { arn, input: {}, refusal: problem instanceof URIError ? invalidUri() : failureOf(problem) };
  }
}

async function performed(side: AwsSide, recognised: Recognised, read: ReadCall, requestId: string, gone: AbortSignal): Promise<{ readonly reply: WireAnswer; readonly error?: string }> {
  try {
    const operation = operationOf(recognised);
    const output = await perform(side, { ...recognised, input: read.input, arn: read.arn, requestId, gone });
    return { reply: encodeOutput(recognised, operation, output, requestId) };
  } catch (problem) {
    return refused(recognised, failureOf(problem), requestId);
  }
}

function refused(recognised: Recognised, refusal: AwsError, requestId: string): { readonly reply: WireAnswer; readonly error: string } {
  return { reply: encodeError(recognised.model, recognised.dialect, refusal, requestId), error: `${refusal.code}: ${refusal.message}` };
}

function faulty(recognised: Recognised, fault: Fault, requestId: string): WireAnswer | undefined {
  switch (fault.kind) {
    case 'drop':
      return undefined;
    case 'status':
      return { status: fault.status, headers: { ...fault.headers }, body: fault.body ?? '' };
    default:
      return encodeError(recognised.model, recognised.dialect, new AwsError(fault.code, fault.message ?? fault.code, fault.status), requestId);
  }
}
