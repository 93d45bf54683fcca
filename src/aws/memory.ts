/** Answers worth keeping for a while. A failed look-up is not kept; simultaneous ones share one call. */
export interface Memory<Value> {
  of(key: string, look: () => Promise<Value>): Promise<Value>;
  forget(key: string): void;
}

/** `ms` is how long an answer stays good (a function where it depends on the answer); beyond `limit` answers the oldest goes. */
export function remember<Value>(ms: number | ((value: Value) => number), limit = 500): Memory<Value> {
  const kept = new Map<string, { readonly value: Promise<Value>; goodUntil: number }>();
  return {
    of(key, look) {
      const known = kept.get(key);
      if (known && known.goodUntil > performance.now()) return known.value;
      const entry = { value: look(), goodUntil: Number.POSITIVE_INFINITY };
      kept.delete(key);
      kept.set(key, entry);
      dropOldest(kept, limit);
      entry.value.then(
        (value) => { entry.goodUntil = performance.now() + (typeof ms === 'number' ? ms : ms(value)); },
        () => { if (kept.get(key) === entry) kept.delete(key); },
      );
      return entry.value;
    },
    forget(key) {
      kept.delete(key);
    },
  };
}

function dropOldest(kept: Map<string, unknown>, limit: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(key);
  }
}
