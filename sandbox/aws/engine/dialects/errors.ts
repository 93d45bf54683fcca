import { encodeCbor } from './cbor.ts';
import type { ServiceModel, Shape } from '../model.ts';
import { sqsErrorCodes } from './query-names.ts';
import { AwsError } from '../service.ts';
import type { Dialect, WireAnswer } from '../wire.ts';
import { escapeXml } from './xml.ts';

interface Said {
  /** The exception's name in the model. */
  readonly name: string;
  /** What query clients see: often another one. */
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** An error in the form that clients of this dialect read. */
export function encodeError(model: ServiceModel | undefined, dialect: Dialect, error: AwsError, requestId: string): WireAnswer {
  const said = resolve(model, error);
  const type = said.status < 500 ? 'Sender' : 'Receiver';
  switch (dialect) {
    case 'query':
      return { status: said.status, headers: { 'content-type': 'text/xml' }, body: queryError(model, said, type, requestId) };
    case 'rest-xml':
      return { status: said.status, headers: { 'content-type': 'application/xml' }, body: s3Error(said, requestId) };
    default: {
      const compatible = model?.metadata.awsQueryCompatible ? { 'x-amzn-query-error': `${said.code};${type}` } : {};
      const answer = { __type: said.name, message: said.message };
      if (dialect === 'cbor') return { status: said.status, headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', ...compatible }, body: encodeCbor(answer) };
      return { status: said.status, headers: { 'content-type': `application/x-amz-json-${model?.metadata.jsonVersion ?? '1.1'}`, ...compatible }, body: JSON.stringify(answer) };
    }
  }
}

function resolve(model: ServiceModel | undefined, error: AwsError): Said {
  const shapes = Object.entries(model?.shapes ?? {}).filter(([, shape]) => shape.exception);
  const found = shapes.find(([name]) => name === error.code) ?? shapes.find(([, shape]) => shape.error?.code === error.code);
  const [name, shape]: readonly [string, Shape | undefined] = found ?? [error.code, undefined];
  const general = model?.metadata.awsQueryCompatible !== undefined && /^Validation(Error|Exception)$/.test(name);
  return {
    name: general ? 'ValidationException' : name,
    code: general ? 'ValidationError' : (shape?.error?.code ?? sqsErrorCodes[name] ?? name),
    status: error.status === 400 ? (shape?.error?.httpStatusCode ?? (shape?.fault ? 500 : 400)) : error.status,
    message: error.message,
  };
}

function queryError(model: ServiceModel | undefined, said: Said, type: string, requestId: string): string {
  const namespace = model?.metadata.xmlNamespace ?? '';
  return `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${escapeXml(said.code)}</Code><Message>${escapeXml(said.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function s3Error(said: Said, requestId: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(said.code)}</Code><Message>${escapeXml(said.message)}</Message><RequestId>${requestId}</RequestId><HostId>sandbox</HostId></Error>`;
}
