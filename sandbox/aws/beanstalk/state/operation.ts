import type { Clock } from '../../../clock.ts';

export type OperationKind = 'deploy' | 'configure' | 'managed-update' | 'launch' | 'terminate' | 'rebuild';

/** Thrown out of `wait` when AbortEnvironmentUpdate ends it. */
export class Aborted extends Error {
  constructor() {
    super('The operation was aborted');
    this.name = 'Aborted';
  }
}

/** Something that takes Beanstalk time and keeps an environment from being Ready. Its events carry `requestId`. */
export class Operation {
  readonly kind: OperationKind;
  readonly requestId: string;
  /** The version label that it brings. */
  readonly label: string | undefined;
  readonly startedAt: number;
  /** False in the clean-up at the end, where AbortEnvironmentUpdate comes too late. */
  abortable = true;
  /** How many instances are done, for the health's cause. */
  done = 0;
  #aborted = false;
  #wake: (() => void) | undefined;
  #end: (() => void) | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock, kind: OperationKind, requestId: string, label?: string) {
    this.#clock = clock;
    this.kind = kind;
    this.requestId = requestId;
    this.label = label;
    this.startedAt = clock.now();
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  /** AWS seconds since the start. */
  get seconds(): number {
    return Math.round(((this.#clock.now() - this.startedAt) * this.#clock.speed) / 1000);
  }

  /** Resolves after so many AWS seconds; rejects with `Aborted` as soon as the operation is aborted. */
  wait(seconds: number): Promise<void> {
    if (this.#aborted) return Promise.reject(new Aborted());
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(seconds * 1000, resolve);
      this.#wake = () => {
        cancel();
        reject(new Aborted());
      };
    });
  }

  /** As `wait`, until `end` is called. */
  untilEnded(): Promise<void> {
    if (this.#aborted) return Promise.reject(new Aborted());
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#wake = () => reject(new Aborted());
    });
  }

  end(): void {
    this.#end?.();
  }

  /** As `wait`, for what goes on after an abort. */
  pause(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(seconds * 1000, resolve);
    });
  }

  abort(): void {
    this.#aborted = true;
    this.abortable = false;
    this.#wake?.();
  }
}
