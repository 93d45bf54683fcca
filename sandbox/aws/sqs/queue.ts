import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: JsonObject;
  readonly sentAt: number;
  readonly senderId: string;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Epoch ms from which it can be received. */
  visibleAt: number;
  /** Of its last receipt. */
  receipt?: string;
}

export interface QueueSettings {
  /** Seconds. */
  visibilityTimeout: number;
  delay: number;
  wait: number;
  retention: number;
  deadLetter?: { readonly queue: Queue; readonly maxReceiveCount: number };
}

/** One standard queue. All times are real ones: neither visibility nor long polls run faster with the sandbox's speed. */
export class Queue {
  readonly name: string;
  readonly createdAt = Date.now();
  readonly settings: QueueSettings = { visibilityTimeout: 30, delay: 0, wait: 0, retention: 345_600 };
  #messages: Message[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(name: string) {
    this.name = name;
  }

  send(body: string, more: { readonly delay?: number; readonly attributes?: JsonObject; readonly senderId?: string } = {}): Message {
    const now = Date.now();
    const message: Message = {
      id: randomUUID(),
      body,
      attributes: more.attributes ?? {},
      sentAt: now,
      senderId: more.senderId ?? 'AIDAIT2UOQQY3AUEKVGXU',
      receiveCount: 0,
      visibleAt: now + (more.delay ?? this.settings.delay) * 1000,
    };
    this.#messages.push(message);
    this.#wake();
    return message;
  }

  /** Up to `most` messages; waits up to `seconds` for the first, and takes nothing once `gone` has ended. */
  async receive(most: number, seconds: number, visibility: number, gone?: AbortSignal): Promise<readonly Message[]> {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      if (gone?.aborted) return [];
      const taken = this.#take(most, visibility);
      const left = until - Date.now();
      if (taken.length > 0 || left <= 0) return taken;
      await this.#nextChance(left, gone);
    }
  }

  /** Whether the receipt was one of this queue's messages; deleting twice is no error. */
  delete(receipt: string): void {
    const id = idOf(receipt);
    this.#messages = this.#messages.filter((message) => message.id !== id);
  }

  /** False where the message is not in flight. */
  hide(receipt: string, seconds: number): boolean {
    const message = this.#messages.find((candidate) => candidate.id === idOf(receipt));
    if (!message || message.receiveCount === 0 || message.visibleAt <= Date.now()) return false;
    message.visibleAt = Date.now() + seconds * 1000;
    this.#wake();
    return true;
  }

  purge(): void {
    this.#messages = [];
  }

  /** For a reset: polls that wait are answered empty. */
  close(): void {
    this.purge();
    this.settings.wait = 0;
    this.#wake();
  }

  count(): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    const now = Date.now();
    const visible = this.#messages.filter((message) => message.visibleAt <= now).length;
    const inFlight = this.#messages.filter((message) => message.visibleAt > now && message.receiveCount > 0).length;
    return { visible, inFlight, delayed: this.#messages.length - visible - inFlight };
  }

  #take(most: number, visibility: number): readonly Message[] {
    const now = Date.now();
    this.#messages = this.#messages.filter((message) => now - message.sentAt < this.settings.retention * 1000);
    const taken: Message[] = [];
    for (const message of this.#messages.filter((candidate) => candidate.visibleAt <= now)) {
      if (taken.length === most) break;
      if (this.#buries(message)) continue;
      message.receiveCount += 1;
      message.firstReceivedAt ??= now;
      message.visibleAt = now + visibility * 1000;
      message.receipt = `${Buffer.from(message.id).toString('base64')}.${randomBytes(24).toString('base64')}`;
      taken.push(message);
    }
    return taken;
  }

  #buries(message: Message): boolean {
    const grave = this.settings.deadLetter;
    if (!grave || message.receiveCount < grave.maxReceiveCount) return false;
    this.#messages = this.#messages.filter((candidate) => candidate !== message);
    grave.queue.send(message.body, { attributes: message.attributes, senderId: message.senderId, delay: 0 });
    return true;
  }

  /** The next message to arrive or to become visible, the end of the wait, or the client's leaving. */
  async #nextChance(left: number, gone?: AbortSignal): Promise<void> {
    const now = Date.now();
    const next = Math.min(left, ...this.#messages.map((message) => Math.max(1, message.visibleAt - now)));
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        gone?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, next);
      this.#waiting.add(done);
      gone?.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const done of Array.from(this.#waiting)) done();
  }
}

/** The message id that a receipt was made from; undefined where it is no receipt of ours. */
export function idOf(receipt: string): string | undefined {
  const id = Buffer.from(receipt.split('.')[0] ?? '', 'base64').toString('utf8');
  return /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
