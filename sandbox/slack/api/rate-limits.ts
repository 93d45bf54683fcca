/** Slack's tiers 1 to 4 (a minute: 1, 20, 50, 100); 'post' is chat.postMessage's own rule; 'free' allows hundreds a minute. */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'free';

const PER_MINUTE: Readonly<Record<'1' | '2' | '3' | '4' | 'free', number>> = { 1: 1, 2: 20, 3: 50, 4: 100, free: 600 };

export type RateSettings = {
  /** False: nothing is limited but what a test forces. */
  on: boolean;
  /** Messages a second into one channel, once the burst is used. */
  postPerSecond: number;
  postBurst: number;
  /** How many times more than Slack's each tier allows. */
  tierScale: number;
};

/** The next calls of a method (into one channel) that are refused whatever their rate. */
export type ForcedLimit = { readonly method: string; readonly channel?: string; readonly retryAfter: number; times: number };

type Bucket = { tokens: number; at: number };

const DEFAULTS: RateSettings = { on: true, postPerSecond: 1, postBurst: 5, tierScale: 1 };

/** Token buckets by method, and by channel for posting. */
export class RateLimits {
  settings: RateSettings = { ...DEFAULTS };
  #forced: ForcedLimit[] = [];
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  reset(): void {
    this.settings = { ...DEFAULTS };
    this.#forced = [];
    this.#buckets.clear();
  }

  force(limit: ForcedLimit): void {
    this.#forced.push(limit);
  }

  /** Seconds to wait when the call is refused; undefined when it may go on (which counts it). */
  take(method: string, tier: Tier, channel: string | undefined): number | undefined {
    const forced = this.#forced.find((limit) => limit.times > 0 && limit.method === method && (limit.channel === undefined || limit.channel === channel));
    if (forced !== undefined) {
      forced.times -= 1;
      return forced.retryAfter;
    }
    if (!this.settings.on) return undefined;
    if (tier === 'post') return this.#takeFrom(`post ${channel ?? ''}`, this.settings.postPerSecond, this.settings.postBurst);
    const perMinute = PER_MINUTE[tier] * this.settings.tierScale;
    return this.#takeFrom(method, perMinute / 60, perMinute);
  }

  #takeFrom(key: string, perSecond: number, capacity: number): number | undefined {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, at: now };
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return undefined;
  }
}
