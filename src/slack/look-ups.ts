import type { Clock } from '../ports.ts';

/** Answers that are asked for again once they are too old for the question. Failures are never kept. */
export interface LookUps<T> {
  /** `maxAgeMs` 0: always asks. Equal questions at the same moment share one call, unless they want a fresh answer. */
  get(key: string, maxAgeMs: number): Promise<T>;
  forget(key: string): void;
}

/** Remembers at most so many answers; the oldest go first. */
const MOST_KEPT = 5000;

/** Starts empty. */
export function lookUps<T>(clock: Clock, ask: (key: string) => Promise<T>): LookUps<T> {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();
  return {
    get(key, maxAgeMs) {
      const known = kept.get(key);
      if (known && maxAgeMs > 0 && clock.now() - known.at < maxAgeMs) return known.answer;
      const entry = { at: clock.now(), answer: ask(key) };
      kept.delete(key);
      kept.set(key, entry);
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? key);
      return entry.answer.catch((error: unknown) => {
        if (kept.get(key) === entry) kept.delete(key);
        throw error;
      });
    },
    forget: (key) => void kept.delete(key),
  };
}
