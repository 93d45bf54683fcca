import type { Json, JsonObject } from '../../../json.ts';
import type { Operation } from '../model.ts';
import type { Recognised } from '../recognise.ts';
import type { WireAnswer, WireRequest } from '../wire.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { decodePlain, unreadable } from './decode-plain.ts';
import { encodePlain } from './encode-plain.ts';
import { decodeQuery } from './query-decode.ts';
import { decodeRest, encodeRest } from './rest-xml.ts';
import { element, encodeXml } from './xml.ts';

/** The input of a call, whichever dialect it came in. */
export function decodeInput({ dialect, model, form }: Recognised, operation: Operation, request: WireRequest): JsonObject {
  switch (dialect) {
    case 'json':
      return decodePlain(model, operation.input, parseJson(request.body), 'json');
    case 'cbor':
      return decodePlain(model, operation.input, request.body.length === 0 ? {} : decodeCbor(request.body), 'cbor');
    case 'query':
      return decodeQuery(model, operation.input, form ?? new URLSearchParams());
    default:
      return decodeRest(model, operation, request);
  }
}

/** The answer to a call, in the dialect that it came in; throws where it does not fit the model. */
export function encodeOutput({ dialect, model }: Recognised, operation: Operation, output: JsonObject, requestId: string): WireAnswer {
  switch (dialect) {
    case 'json': {
      const body = operation.output ? JSON.stringify(encodePlain(model, operation.output, output, 'json', operation.name)) : '';
      return { status: 200, headers: { 'content-type': `application/x-amz-json-${model.metadata.jsonVersion ?? '1.1'}` }, body };
    }
    case 'cbor': {
      const body = encodeCbor(operation.output ? encodePlain(model, operation.output, output, 'cbor', operation.name) : {});
      return { status: 200, headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' }, body };
    }
    case 'query': {
      const wrapper = operation.output?.resultWrapper ?? `${operation.name}Result`;
      const result = operation.output ? encodeXml(model, operation.output, output, wrapper, operation.name) : '';
      const inside = result + element('ResponseMetadata', element('RequestId', requestId));
      const name = `${operation.name}Response`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body: `<${name} xmlns="${model.metadata.xmlNamespace ?? ''}">${inside}</${name}>` };
    }
    default:
      return encodeRest(model, operation, output);
  }
}

function parseJson(body: Buffer): Json {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (problem) {
    if (problem instanceof SyntaxError) throw unreadable('Unable to parse the request body: it is not JSON');
    throw problem;
  }
}
