import { sign } from '../../../sandbox/aws/engine/signature.ts';
import type { AwsSandbox, Answer } from './aws-sandbox.ts';

export interface RawRequest {
  readonly aws: AwsSandbox;
  readonly service: string;
  readonly target: string;
  readonly body: string;
  /** Sent in place of what was signed. */
  readonly sentBody?: string;
  readonly unsigned?: boolean;
}

/** A JSON request as no SDK would send it. */
export async function sendSigned({ aws, service, target, body, sentBody, unsigned }: RawRequest): Promise<{ readonly status: number; readonly body: Answer }> {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = { host: new URL(aws.running.awsUrl).host, 'x-amz-date': date, 'x-amz-target': target };
  const signedHeaders = Object.keys(headers);
  const signing = { day: date.slice(0, 8), region: 'us-east-1', service, signedHeaders, date };
  const signature = sign({ method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) }, signing, aws.config.credentials.secretAccessKey);
  const authorization = `AWS4-HMAC-SHA256 Credential=${aws.config.credentials.accessKeyId}/${signing.day}/us-east-1/${service}/aws4_request, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  const { host: _host, ...sent } = headers;
  const response = await fetch(aws.running.awsUrl, { method: 'POST', body: sentBody ?? body, headers: { ...sent, ...(unsigned ? {} : { authorization }) } });
  return { status: response.status, body: await response.json() };
}
