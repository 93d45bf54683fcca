import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ0123456789';

/** An id as Slack writes them: a letter for the kind, then ten capitals and digits. */
export function newId(kind: string): string {
  return `${kind}0${[...randomBytes(9)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}

/** A short random word, as Slack gives to a block without a `block_id`. */
export function newBlockId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

/** Timestamps of a workspace: `seconds.micros`, strictly increasing, so that each names one message. */
export class Timestamps {
  #last = 0;

  next(nowMs: number): string {
    this.#last = Math.max(nowMs * 1000, this.#last + 1);
    return formatTs(this.#last);
  }
}

/** `ts` for a number of microseconds since the epoch. */
function formatTs(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** Milliseconds since the epoch of a `ts`. */
export function millisOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}

/** Orders two `ts` by time. */
export function compareTs(a: string, b: string): number {
  if (a === b) return 0;
  const [aSeconds = '0', aMicros = '0'] = a.split('.');
  const [bSeconds = '0', bMicros = '0'] = b.split('.');
  return Number(aSeconds) - Number(bSeconds) || Number(aMicros.padEnd(6, '0')) - Number(bMicros.padEnd(6, '0'));
}
