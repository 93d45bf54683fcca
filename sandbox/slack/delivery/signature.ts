import { createHmac } from 'node:crypto';

/** `X-Slack-Signature` of a body: v0=hex(hmac_sha256(secret, "v0:" + timestamp + ":" + body)). */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}
