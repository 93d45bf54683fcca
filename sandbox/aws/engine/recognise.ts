import { signingName, type Operation, type ServiceModel } from './model.ts';
import { s3Operation } from './dialects/rest-recognise.ts';
import { AwsError } from './service.ts';
import { readSigning } from './signature.ts';
import type { Dialect, WireRequest } from './wire.ts';

/** Which service a request is for, in which dialect, and which operation it names (it may not exist). */
export interface Recognised {
  readonly dialect: Dialect;
  /** Key in the models. */
  readonly service: string;
  readonly model: ServiceModel;
  readonly operation: string;
  /** With the query dialect. */
  readonly form?: URLSearchParams;
}

type Models = Readonly<Record<string, ServiceModel>>;

/** Undefined where no modelled service speaks like this. */
export function recognise(models: Models, request: WireRequest): Recognised | undefined {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return byTarget(models, 'json', target.slice(0, target.lastIndexOf('.')), target.slice(target.lastIndexOf('.') + 1));
  const rpc = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path);
  if (rpc) return byTarget(models, 'cbor', rpc[1] ?? '', rpc[2] ?? '');
  return byForm(models, request) ?? byPath(models, request);
}

/** The modelled operation, or AWS's refusal of a name that it does not know. */
export function operationOf(recognised: Recognised): Operation {
  const operation = recognised.model.operations[recognised.operation];
  if (operation) return operation;
  if (recognised.dialect === 'query') {
    throw new AwsError('InvalidAction', `The action ${recognised.operation} is not valid for this web service (or is not among the operations that this sandbox has the model of).`);
  }
  throw new AwsError('UnknownOperationException', `The sandbox has no model of ${recognised.service} ${recognised.operation}`, recognised.dialect === 'rest-xml' ? 501 : 400);
}

function byTarget(models: Models, dialect: Dialect, prefix: string, operation: string): Recognised | undefined {
  const last = lastWord(prefix);
  const found = Object.entries(models).find(([, model]) => lastWord(model.metadata.targetPrefix ?? '') === last);
  return found && { dialect, service: found[0], model: found[1], operation };
}

/** CloudTrail's target is 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101' to some clients, its last word to others. */
function lastWord(prefix: string): string {
  return prefix.slice(prefix.lastIndexOf('.') + 1);
}

function byForm(models: Models, request: WireRequest): Recognised | undefined {
  const text = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? request.body.toString('utf8') : '';
  const form = new URLSearchParams(text === '' && request.method === 'GET' ? request.query : text);
  const operation = form.get('Action');
  if (operation === null) return undefined;
  const signedFor = readSigning(request)?.service;
  const found =
    Object.entries(models).find(([, model]) => signingName(model) === signedFor) ??
    Object.entries(models).find(([, model]) => model.metadata.apiVersion === form.get('Version') && model.operations[operation] !== undefined);
  return found && { dialect: 'query', service: found[0], model: found[1], operation, form };
}

function byPath(models: Models, request: WireRequest): Recognised | undefined {
  const model = models['s3'];
  return model && { dialect: 'rest-xml', service: 's3', model, operation: s3Operation(model, request) };
}
