import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import type { Slack } from '../slack.ts';
import type { Ack } from './parcel.ts';

/** Envelopes whose ack has not come, each until its deadline. */
export class PendingAcks {
  readonly #slack: Slack;
  readonly #waiting = new Map<string, (ack: Ack) => void>();

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  wait(): { readonly id: string; readonly ack: Promise<Ack> } {
    const id = randomUUID();
    const ack = new Promise<Ack>((resolve) => {
      const cancel = this.#slack.clock().afterReal(this.#slack.timing.ackMs, () => this.#end(id, { acked: false, error: 'operation_timeout' }));
      this.#waiting.set(id, (result) => {
        cancel();
        resolve(result);
      });
    });
    return { id, ack };
  }

  settle(id: string, answer: JsonObject): void {
    this.#end(id, { acked: true, answer });
  }

  abandon(): void {
    for (const id of this.#waiting.keys()) this.#end(id, { acked: false, error: 'operation_timeout' });
  }

  #end(id: string, ack: Ack): void {
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(ack);
  }
}
