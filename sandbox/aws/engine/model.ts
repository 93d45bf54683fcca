import { readFileSync } from 'node:fs';
import { isObject } from './values.ts';

/** A shape of a botocore `service-2.json`; where it is referred to, members of the reference win over the shape's own. */
export interface Shape {
  readonly type?: string;
  readonly shape?: string;
  readonly members?: Readonly<Record<string, Shape>>;
  readonly member?: Shape;
  readonly key?: Shape;
  readonly value?: Shape;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly locationName?: string;
  readonly location?: 'header' | 'headers' | 'uri' | 'querystring' | 'statusCode';
  readonly flattened?: boolean;
  readonly payload?: string;
  readonly streaming?: boolean;
  readonly timestampFormat?: string;
  readonly resultWrapper?: string;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean };
}

export interface Operation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: Shape;
  readonly output?: Shape;
  readonly errors?: readonly Shape[];
}

export interface ServiceModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly endpointPrefix: string;
    readonly signingName?: string;
    readonly protocol: string;
    readonly jsonVersion?: string;
    readonly targetPrefix?: string;
    readonly xmlNamespace?: string;
    readonly awsQueryCompatible?: object;
  };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const file = new URL('../models/aws-models.json', import.meta.url);
let read: Readonly<Record<string, ServiceModel>> | undefined;

/** All models by service name ('codepipeline', 'cloudwatch', …). The file is trusted: it is cut from botocore by hand and checked in. */
export function models(): Readonly<Record<string, ServiceModel>> {
  read ??= parse(readFileSync(file, 'utf8'));
  return read;
}

function parse(text: string): Readonly<Record<string, ServiceModel>> {
  const all: Record<string, ServiceModel> = JSON.parse(text);
  return Object.fromEntries(Object.entries(all).filter(([, model]) => isObject(model)).map(([name, model]) => [name, name === 'sqs' ? asSqsIs(model) : model]));
}

/** SQS takes names of message attributes where its model says names of queue attributes: ReceiveMessage's (deprecated) AttributeNames. */
function asSqsIs(model: ServiceModel): ServiceModel {
  const request = model.shapes['ReceiveMessageRequest'];
  const members = { ...request?.members, AttributeNames: { shape: 'MessageSystemAttributeList' } };
  return { ...model, shapes: { ...model.shapes, ReceiveMessageRequest: { ...request, members } } };
}

/** The shape that a reference stands for, with the reference's own traits on top. */
export function shapeOf(model: ServiceModel, reference: Shape | undefined): Shape {
  if (!reference) return { type: 'structure', members: {} };
  const target = reference.shape === undefined ? undefined : model.shapes[reference.shape];
  return target ? { ...target, ...reference } : reference;
}

/** 'monitoring' for CloudWatch; what a request's credential scope must name. */
export function signingName(model: ServiceModel): string {
  return model.metadata.signingName ?? model.metadata.endpointPrefix;
}
