import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { HttpTarget } from './http-carrier.ts';
import type { Ack, Carrier, Parcel, ParcelKind } from './parcel.ts';
import { DeliveryFaults } from './faults.ts';
import { HttpCarrier } from './http-carrier.ts';
import { Sockets } from './sockets.ts';

const MOST_LOGGED = 500;

/** One delivery and what came of it. */
type Delivered = { readonly at: number; readonly kind: ParcelKind; readonly payload: JsonObject; readonly attempt: number; readonly acked: boolean; readonly answer?: JsonObject; readonly error?: string };

/** Brings to the app what people do: over its sockets, or by HTTP to its request URL. */
export class Delivery {
  readonly sockets: Sockets;
  /** What was delivered, oldest first. */
  readonly log: Delivered[] = [];
  readonly faults = new DeliveryFaults();
  readonly #slack: Slack;
  #http: HttpCarrier | undefined;
  /** Which workspace an event belongs to: after a reset it is not repeated. */
  #era = 0;
  readonly #first = new Set<Promise<void>>();

  constructor(slack: Slack) {
    this.#slack = slack;
    this.sockets = new Sockets(slack);
  }

  get http(): HttpCarrier | undefined {
    return this.#http;
  }

  /** Over HTTP from now on; with no target, over sockets again. */
  useHttp(target: HttpTarget | undefined): HttpCarrier | undefined {
    this.#http = target === undefined ? undefined : new HttpCarrier(this.#slack, target);
    return this.#http;
  }

  /** A command, which is never repeated. */
  command(payload: JsonObject): Promise<Ack> {
    return this.#carry({ kind: 'slash_commands', payload, acceptsAnswer: true });
  }

  /** A click or a submission, which is never repeated. */
  interaction(payload: JsonObject): Promise<Ack> {
    const type = payload['type'];
    return this.#carry({ kind: 'interactive', payload, acceptsAnswer: type === 'view_submission' || type === 'block_suggestion' });
  }

  /** An event: repeated up to three times until it is acked. Returns at once. */
  event(payload: JsonObject): void {
    const first = this.#attempt(payload, 0, '');
    this.#first.add(first);
    void first.finally(() => this.#first.delete(first));
  }

  /** Resolves when every event sent so far was acked, or failed once. */
  async firstAttempts(): Promise<void> {
    await Promise.all(this.#first);
  }

  /** Delivers what a test made up, or repeats what it saw. */
  raw(kind: ParcelKind, payload: JsonObject): Promise<Ack> {
    const type = payload['type'];
    return this.#carry({ kind, payload, acceptsAnswer: kind === 'slash_commands' || type === 'view_submission' || type === 'block_suggestion' });
  }

  /** Faults, waits and targets go; sockets stay. */
  reset(): void {
    this.#era += 1;
    this.faults.clear();
    this.log.length = 0;
    this.sockets.abandon();
  }

  async #attempt(payload: JsonObject, attempt: number, reason: string): Promise<void> {
    const parcel: Parcel = { kind: 'events_api', payload, acceptsAnswer: false, ...(attempt === 0 ? {} : { retry: { attempt, reason } }) };
    const era = this.#era;
    const ack = await this.#carry(parcel);
    const wait = this.#slack.timing.eventRetryMs[attempt];
    if (ack.acked || ack.noRetry === true || wait === undefined || era !== this.#era) return;
    this.#slack.clock().afterReal(wait, () => void this.#attempt(payload, attempt + 1, retryReason(ack.error)));
  }

  async #carry(parcel: Parcel): Promise<Ack> {
    const carrier: Carrier = this.#http ?? this.sockets;
    const at = this.#slack.clock().now();
    const ack = await this.faults.carry(parcel, carrier);
    this.log.push({ at, kind: parcel.kind, payload: parcel.payload, attempt: parcel.retry?.attempt ?? 0, acked: ack.acked, ...(ack.acked ? { answer: ack.answer } : { error: ack.error }) });
    this.log.splice(0, Math.max(0, this.log.length - MOST_LOGGED));
    return ack;
  }
}

/** `X-Slack-Retry-Reason` and `retry_reason`: Slack's words for what went wrong. */
function retryReason(error: string): string {
  if (error === 'operation_timeout') return 'http_timeout';
  return error === 'dispatch_failed' ? 'connection_failed' : error;
}
