import type { Json, JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Ack, Carrier, Parcel } from './parcel.ts';
import { objectOf, textOf } from '../values.ts';
import { signatureOf } from './signature.ts';

/** How one delivery is spoiled on demand. */
export type SignatureFault = 'bad-signature' | 'old-timestamp' | 'future-timestamp';

export type HttpTarget = { readonly url: string; readonly signingSecret: string };

/** The Events API and interactivity over HTTP: one signed POST a parcel, and the answer is the ack. */
export class HttpCarrier implements Carrier {
  readonly target: HttpTarget;
  readonly #slack: Slack;
  #fault: SignatureFault | undefined;

  constructor(slack: Slack, target: HttpTarget) {
    this.#slack = slack;
    this.target = target;
  }

  spoilNext(fault: SignatureFault): void {
    this.#fault = fault;
  }

  async carry(parcel: Parcel): Promise<Ack> {
    const { body, contentType } = encode(parcel);
    const retry: Record<string, string> = parcel.retry === undefined ? {} : { 'x-slack-retry-num': String(parcel.retry.attempt), 'x-slack-retry-reason': parcel.retry.reason };
    return this.#post(body, { 'content-type': contentType, ...retry });
  }

  /** Slack saves a request URL only after it has answered this. */
  async verify(): Promise<boolean> {
    const challenge = '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P';
    const ack = await this.#post(JSON.stringify({ type: 'url_verification', token: 'sandbox', challenge }), { 'content-type': 'application/json' });
    return ack.acked && (ack.answer['challenge'] === challenge || ack.answer['text'] === challenge);
  }

  async #post(body: string, headers: Record<string, string>): Promise<Ack> {
    try {
      const response = await fetch(this.target.url, { method: 'POST', body, headers: { ...headers, ...this.#signed(body) }, signal: AbortSignal.timeout(this.#slack.timing.ackMs), redirect: 'manual' });
      const text = await response.text();
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      if (!response.ok) return { acked: false, error: 'http_error', noRetry };
      return { acked: true, answer: readAnswer(text) };
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return { acked: false, error: 'operation_timeout' };
      return { acked: false, error: 'connection_failed' };
    }
  }

  #signed(body: string): Record<string, string> {
    const fault = this.#fault;
    this.#fault = undefined;
    const shift = fault === 'old-timestamp' ? -600 : fault === 'future-timestamp' ? 3600 : 0;
    const timestamp = Math.floor(this.#slack.clock().now() / 1000) + shift;
    const secret = fault === 'bad-signature' ? 'somebody else' : this.target.signingSecret;
    return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': signatureOf(secret, timestamp, body), 'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)' };
  }
}

/** Events are JSON; commands are forms; interactions are one form field. Never with a charset: Bolt 5 refuses that. */
function encode(parcel: Parcel): { readonly body: string; readonly contentType: string } {
  if (parcel.kind === 'events_api') return { body: JSON.stringify(parcel.payload), contentType: 'application/json' };
  const form = new URLSearchParams();
  if (parcel.kind === 'interactive') form.set('payload', JSON.stringify(parcel.payload));
  else for (const [name, value] of Object.entries(parcel.payload)) form.set(name, textOf(value) ?? JSON.stringify(value));
  return { body: form.toString(), contentType: 'application/x-www-form-urlencoded' };
}

function readAnswer(text: string): JsonObject {
  if (text === '') return {};
  try {
    return objectOf(JSON.parse(text) as Json) ?? { text };
  } catch (error) {
    if (error instanceof SyntaxError) return { text };
    throw error;
  }
}
