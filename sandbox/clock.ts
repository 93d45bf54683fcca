/**
 * Time in the sandbox. Timestamps are the machine's own (Slack and AWS clients compare them with theirs); only how
 * long AWS's operations *take* is shortened, by `speed`. Every timer is known here, so that a reset leaves none behind.
 */
export class Clock {
  #speed: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(speed = 1) {
    this.#speed = speed;
  }

  /** How many times faster than AWS operations run. */
  get speed(): number {
    return this.#speed;
  }

  /** Holds for timers set from now on. */
  setSpeed(speed: number): void {
    if (!(speed > 0)) throw new RangeError(`speed must be above 0, not ${speed}`);
    this.#speed = speed;
  }

  /** Epoch milliseconds. */
  now(): number {
    return Date.now();
  }

  /** Runs `then` after what takes AWS `ms` milliseconds; returns a function that cancels it. */
  after(ms: number, then: () => void): () => void {
    return this.#set(ms / this.#speed, then);
  }

  /** Runs `then` after `ms` real milliseconds: for Slack's three seconds and its like, which nothing shortens. */
  afterReal(ms: number, then: () => void): () => void {
    return this.#set(ms, then);
  }

  /** Cancels everything that has not run yet; what a late call still begins never goes on. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #set(ms: number, then: () => void): () => void {
    if (this.#stopped) return () => undefined;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }
}
