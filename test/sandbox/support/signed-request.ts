import { sign } from '../../../sandbox/aws/engine/signature.ts';
import type { AwsSandbox, Answer } from './aws-sandbox.ts';

export interface RawRequest {
  readonly aws: AwsSandbox;
  readonly service: string;
  readonly body: string | Uint8Array;
  /** JSON's header; without it the path or the body say what is asked for. */
  readonly target?: string;
  readonly path?: string;
  readonly contentType?: string;
  /** Sent in place of what was signed. */
  readonly sentBody?: string;
  readonly unsigned?: boolean;
}

/** A request as none of the SDKs at hand would send it. */
export async function sendRaw(request: RawRequest): Promise<{ readonly status: number; readonly bytes: Buffer; readonly headers: Headers }> {
  const { aws, service, body, target, path = '/', contentType } = request;
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const sent: Record<string, string> = { 'x-amz-date': date, ...(target === undefined ? {} : { 'x-amz-target': target }), ...(contentType === undefined ? {} : { 'content-type': contentType }) };
  const headers = { ...sent, host: new URL(aws.running.awsUrl).host };
  const signedHeaders = Object.keys(headers).toSorted();
  const signing = { day: date.slice(0, 8), region: 'us-east-1', service, signedHeaders, date };
  const signature = sign({ method: 'POST', path, query: '', headers, body: Buffer.from(body) }, signing, aws.config.credentials.secretAccessKey);
  const authorization = `AWS4-HMAC-SHA256 Credential=${aws.config.credentials.accessKeyId}/${signing.day}/us-east-1/${service}/aws4_request, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  const response = await fetch(`${aws.running.awsUrl}${path}`, { method: 'POST', body: request.sentBody ?? Buffer.from(body), headers: { ...sent, ...(request.unsigned ? {} : { authorization }) } });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}

/** The same, answered in JSON. */
export async function sendSigned(request: RawRequest): Promise<{ readonly status: number; readonly body: Answer }> {
  const { status, bytes } = await sendRaw(request);
  return { status, body: JSON.parse(bytes.toString('utf8')) };
}
