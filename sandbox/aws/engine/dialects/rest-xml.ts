import type { Json, JsonObject } from '../../../json.ts';
import { decodeXml } from './xml-decode.ts';
import { misfit } from './misfit.ts';
import { shapeOf, type Operation, type ServiceModel, type Shape } from '../model.ts';
import { s3Place } from './rest-recognise.ts';
import type { WireAnswer, WireRequest } from '../wire.ts';
import { asText, isObject } from '../values.ts';
import { element, members } from './xml.ts';

const rootNames: Readonly<Record<string, string>> = { ListObjectsV2: 'ListBucketResult', ListObjectVersions: 'ListVersionsResult', GetBucketVersioning: 'VersioningConfiguration' };

/** Reads an S3 request: members from path, query, headers and body. */
export function decodeRest(model: ServiceModel, operation: Operation, request: WireRequest): JsonObject {
  const shape = shapeOf(model, operation.input);
  const decoded: Record<string, Json> = {};
  for (const [name, reference] of Object.entries(shape.members ?? {})) {
    const value = member(model, shape, name, reference, request);
    if (value !== undefined) decoded[name] = value;
  }
  return decoded;
}

function member(model: ServiceModel, shape: Shape, name: string, reference: Shape, request: WireRequest): Json {
  const place = s3Place(request);
  const wireName = reference.locationName ?? name;
  switch (reference.location) {
    case 'uri':
      return name === 'Bucket' ? place.bucket : place.key;
    case 'querystring':
      return leaf(model, reference, new URLSearchParams(request.query).get(wireName) ?? undefined);
    case 'header':
      return leaf(model, reference, request.headers[wireName.toLowerCase()]);
    case 'headers':
      return prefixed(request, wireName.toLowerCase());
    default:
      if (shape.payload !== name || request.body.length === 0) return undefined;
      return reference.streaming ? content(request) : decodeXml(model, reference, request.body.toString('utf8'));
  }
}

function prefixed(request: WireRequest, prefix: string): Json {
  const found = Object.entries(request.headers).filter(([name]) => name.startsWith(prefix));
  return found.length === 0 ? undefined : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

function leaf(model: ServiceModel, reference: Shape, value: string | undefined): Json {
  if (value === undefined) return undefined;
  const { type } = shapeOf(model, reference);
  if (type === 'boolean') return value === 'true';
  if (type === 'integer' || type === 'long') return Number(value);
  if (type === 'list') return value.split(',').map((item) => item.trim());
  return type === 'timestamp' ? new Date(value) : value;
}

/** The bytes of an object; newer clients send them in 'aws-chunked' pieces with a trailing checksum. */
function content(request: WireRequest): Uint8Array {
  if (!(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')) return request.body;
  const pieces: Buffer[] = [];
  for (let at = 0; at < request.body.length; ) {
    const end = request.body.indexOf('\r\n', at);
    const size = Number.parseInt(request.body.toString('latin1', at, end), 16);
    if (!(size > 0)) break;
    pieces.push(request.body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(pieces);
}

/** Writes an S3 answer: headers, and bytes or XML. */
export function encodeRest(model: ServiceModel, operation: Operation, value: JsonObject): WireAnswer {
  const shape = shapeOf(model, operation.output);
  const headers: Record<string, string> = {};
  for (const [name, item] of Object.entries(value)) {
    const reference = shape.members?.[name];
    if (!reference) throw misfit(`${operation.name}.${name}`, 'a modelled member', item);
    if (item !== undefined && item !== null) Object.assign(headers, headerOf(reference, name, item));
  }
  const status = value['ContentRange'] === undefined ? (operation.http.responseCode ?? 200) : 206;
  const payload = shape.payload === undefined ? undefined : value[shape.payload];
  if (payload instanceof Uint8Array) return { status, headers: { 'content-type': 'binary/octet-stream', ...headers }, body: payload };
  const inside = members(model, shape, value, operation.name);
  if (inside === '' && rootNames[operation.name] === undefined) return { status, headers, body: '' };
  const root = element(rootNames[operation.name] ?? `${operation.name}Result`, inside);
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${root}` };
}

function headerOf(reference: Shape, name: string, value: Json): Record<string, string> {
  const wireName = (reference.locationName ?? name).toLowerCase();
  if (reference.location === 'headers' && isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [wireName + key, asText(item)]));
  if (reference.location !== 'header') return {};
  return { [wireName]: value instanceof Date ? value.toUTCString() : asText(value) };
}
