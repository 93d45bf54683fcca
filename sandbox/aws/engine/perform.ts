import type { JsonObject } from '../../json.ts';
import type { AwsSide } from './call.ts';
import type { ServiceModel } from './model.ts';
import { mutates } from './mutates.ts';
import { AwsError } from './service.ts';
import { sentence, violations } from './validate.ts';
import type { Dialect } from './wire.ts';

export interface Performance {
  readonly dialect: Dialect;
  readonly service: string;
  readonly model: ServiceModel;
  readonly operation: string;
  readonly input: JsonObject;
  readonly arn: string;
  readonly requestId: string;
  readonly gone?: AbortSignal;
}

/** Checks the input as AWS does, and lets the service have the call; throws `AwsError` where either refuses. */
export async function perform(side: AwsSide, call: Performance): Promise<JsonObject> {
  const output = await attempt(side, call).catch((problem: unknown) => {
    const { code, message } = failureOf(problem);
    record(side, call, { error: { code, message } });
    throw problem;
  });
  record(side, call, { output });
  return output;
}

async function attempt(side: AwsSide, call: Performance): Promise<JsonObject> {
  side.authorize(actionOf(call), call.arn, call.dialect === 'json' || call.dialect === 'cbor' ? 400 : 403);
  const input = call.model.operations[call.operation]?.input;
  const found = input ? violations(call.model, input, call.input) : [];
  if (found.length > 0) throw new AwsError(validationCode(call), sentence(found));
  const handler = side.services.get(call.service)?.handlers[call.operation];
  if (!handler) throw new AwsError('NotImplemented', `The sandbox knows ${call.service} ${call.operation} but does not play it: nothing has happened`, 501);
  const caller = { accountId: side.account.id, arn: call.arn, region: side.account.region, requestId: call.requestId };
  return (await handler(call.input, call.gone ? { ...caller, gone: call.gone } : caller)) ?? {};
}

function record(side: AwsSide, call: Performance, outcome: Pick<Parameters<AwsSide['record']>[0], 'output' | 'error'>): void {
  if (!mutates(call.operation)) return;
  const { service, operation, input, arn, requestId } = call;
  side.record({ service, operation, input, arn, requestId, at: Date.now(), ...outcome });
  side.account.changed({ area: 'aws' });
}

/** Anything thrown, as AWS would say it. What is not an `AwsError` is a mistake of the sandbox, and is told on stderr. */
export function failureOf(problem: unknown): AwsError {
  if (problem instanceof AwsError) return problem;
  console.error(problem);
  return new AwsError('InternalFailure', `sandbox: ${problem instanceof Error ? problem.message : String(problem)}`, 500);
}

/** The IAM action of an operation: some of S3's have other names. */
function actionOf({ service, operation }: Performance): string {
  const named: Readonly<Record<string, string>> = { HeadObject: 'GetObject', HeadBucket: 'ListBucket', ListObjectsV2: 'ListBucket', ListObjectVersions: 'ListBucketVersions' };
  return `${service}:${named[operation] ?? operation}`;
}

/** What a service calls an input that breaks its model: the exception that it models, or its dialect's general one. */
function validationCode(call: Performance): string {
  if (call.dialect === 'rest-xml') return 'InvalidArgument';
  if (call.dialect === 'query') return 'ValidationError';
  const modelled = ['ValidationException', 'InvalidParameterException', 'InvalidInputException'];
  return modelled.find((name) => call.model.operations[call.operation]?.errors?.some((error) => error.shape === name)) ?? 'ValidationException';
}
