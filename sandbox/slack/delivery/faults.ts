import { setTimeout as sleep } from 'node:timers/promises';
import type { Ack, Carrier, Parcel } from './parcel.ts';

/** What goes wrong with one delivery: it comes twice, late or never, or its ack is lost on the way. */
export type DeliveryFault = { readonly kind: 'duplicate' | 'lose' | 'lose-ack' | 'delay'; readonly ms: number; times: number; readonly only?: Parcel['kind'] };

const LOST: Ack = { acked: false, error: 'operation_timeout' };

/** Faults that wait for the deliveries they will spoil. */
export class DeliveryFaults {
  #armed: DeliveryFault[] = [];

  arm(fault: DeliveryFault): void {
    this.#armed.push(fault);
  }

  clear(): void {
    this.#armed = [];
  }

  async carry(parcel: Parcel, carrier: Carrier): Promise<Ack> {
    const fault = this.#armed.find((armed) => armed.times > 0 && (armed.only === undefined || armed.only === parcel.kind));
    if (fault === undefined) return carrier.carry(parcel);
    fault.times -= 1;
    switch (fault.kind) {
      case 'lose':
        return LOST;
      case 'lose-ack':
        await carrier.carry(parcel);
        return LOST;
      case 'duplicate':
        return (await Promise.all([carrier.carry(parcel), carrier.carry(parcel)]))[0];
      case 'delay':
        break;
    }
    await sleep(fault.ms);
    return carrier.carry(parcel);
  }
}
