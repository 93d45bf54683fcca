import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from './wire.ts';

/** What a request says of its own signing, from the Authorization header or, presigned, from its query. */
export interface Signing {
  readonly accessKeyId: string;
  /** 'YYYYMMDD'. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** 'YYYYMMDDTHHMMSSZ'. */
  readonly date: string;
  readonly sessionToken?: string;
  /** Seconds; only presigned requests have it. */
  readonly expires?: number;
}

const header = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;
const scope = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/;

/** Undefined where the request is not signed, or not in a way that Signature Version 4 knows. */
export function readSigning(request: WireRequest): Signing | undefined {
  const found = header.exec(request.headers['authorization'] ?? '');
  if (!found) return readPresigned(new URLSearchParams(request.query));
  const [, accessKeyId = '', day = '', region = '', service = '', names = '', signature = ''] = found;
  const token = request.headers['x-amz-security-token'];
  return {
    accessKeyId,
    day,
    region,
    service,
    signedHeaders: names.split(';'),
    signature,
    date: request.headers['x-amz-date'] ?? '',
    ...(token === undefined ? {} : { sessionToken: token }),
  };
}

function readPresigned(query: URLSearchParams): Signing | undefined {
  const found = scope.exec(query.get('X-Amz-Credential') ?? '');
  if (!found || query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') return undefined;
  const [, accessKeyId = '', day = '', region = '', service = ''] = found;
  const token = query.get('X-Amz-Security-Token');
  return {
    accessKeyId,
    day,
    region,
    service,
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    date: query.get('X-Amz-Date') ?? '',
    expires: Number(query.get('X-Amz-Expires') ?? '0'),
    ...(token === null ? {} : { sessionToken: token }),
  };
}

/** Whether the signature is the one that this secret gives. */
export function signatureHolds(request: WireRequest, signing: Signing, secret: string): boolean {
  const calculated = Buffer.from(sign(request, signing, secret));
  const given = Buffer.from(signing.signature);
  return calculated.length === given.length && timingSafeEqual(calculated, given);
}

/** The signature, 64 hex digits, that the request must carry. */
export function sign(request: WireRequest, signing: Omit<Signing, 'signature' | 'accessKeyId'>, secret: string): string {
  const place = `${signing.day}/${signing.region}/${signing.service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', signing.date, place, sha256(canonical(request, signing))].join('\n');
  const key = [signing.day, signing.region, signing.service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

function canonical(request: WireRequest, signing: Omit<Signing, 'signature' | 'accessKeyId'>): string {
  const headers = signing.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  return [
    request.method,
    canonicalPath(request.path, signing.service),
    canonicalQuery(request.query),
    headers.join(''),
    signing.signedHeaders.join(';'),
    payloadHash(request, signing),
  ].join('\n');
}

/** S3 signs the path as it is; all others sign it encoded once more. */
function canonicalPath(path: string, service: string): string {
  const once = path.split('/').map((segment) => encode(decodeURIComponent(segment)));
  return (service === 's3' ? once : once.map(encode)).join('/');
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query.replaceAll('+', '%2B'))]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
}

function payloadHash(request: WireRequest, signing: Omit<Signing, 'signature' | 'accessKeyId'>): string {
  const given = request.headers['x-amz-content-sha256'];
  if (given !== undefined && signing.signedHeaders.includes('x-amz-content-sha256')) return given;
  return signing.expires !== undefined && signing.service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256(request.body);
}

/** RFC 3986, as SigV4 wants it. */
export function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}

function hmac(key: string | Buffer, value: string): Buffer {
  return createHmac('sha256', key).update(value).digest();
}
