import { encode, sign } from '../engine/signature.ts';

/** An address that answers with the object to anyone who has it, for `seconds`; signed with one of the account's own keys. */
export function presignedUrl(to: { readonly endpoint: string; readonly region: string; readonly bucket: string; readonly key: string; readonly seconds: number; readonly signer: { readonly accessKeyId: string; readonly secretAccessKey: string } }): string {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const path = `/${to.bucket}/${to.key.split('/').map(encode).join('/')}`;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${to.signer.accessKeyId}/${day}/${to.region}/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(to.seconds),
    'X-Amz-SignedHeaders': 'host',
  }).toString();
  const request = { method: 'GET', path, query, headers: { host: new URL(to.endpoint).host }, body: Buffer.alloc(0) };
  const signature = sign(request, { day, region: to.region, service: 's3', signedHeaders: ['host'], date, expires: to.seconds }, to.signer.secretAccessKey);
  return `${to.endpoint}${path}?${query}&X-Amz-Signature=${signature}`;
}
