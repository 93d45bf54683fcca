import { Clock } from '../../../sandbox/clock.ts';

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** The sandbox's clock, moved by hand: nothing happens between two calls of `pass`. Speed 1 unless said otherwise. */
export class ManualClock extends Clock {
  #now = Date.UTC(2026, 10, 22, 9, 0, 0);
  readonly #due = new Set<Due>();

  override now(): number {
    return Math.round(this.#now);
  }

  override after(ms: number, then: () => void): () => void {
    return this.#add(ms / this.speed, then);
  }

  override afterReal(ms: number, then: () => void): () => void {
    return this.#add(ms, then);
  }

  override stop(): void {
    this.#due.clear();
  }

  /** Lets this much time go by, with everything that falls due in it, in order. */
  pass(seconds: number): void {
    const until = this.#now + seconds * 1000;
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#due.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = until;
  }

  #next(until: number): Due | undefined {
    return [...this.#due].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }

  #add(ms: number, then: () => void): () => void {
    const due = { at: this.#now + ms, run: then };
    this.#due.add(due);
    return () => this.#due.delete(due);
  }
}
