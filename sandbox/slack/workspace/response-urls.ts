import { randomBytes } from 'node:crypto';

/** Slack's: five uses within thirty minutes. */
const USES = 5;
const LIFE_MS = 30 * 60_000;

/** Where a response URL leads: the command or click it belongs to. */
export type ResponseTarget = {
  readonly channel: string;
  readonly user: string;
  /** The message that was clicked: what `replace_original` replaces. */
  readonly original?: { readonly ts: string; readonly ephemeral: boolean };
  readonly threadTs?: string;
};

type Known = { readonly target: ResponseTarget; readonly expires: number; uses: number };

/** Addresses that were handed out with commands and clicks, by path. */
export class ResponseUrls {
  readonly #known = new Map<string, Known>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A path such as '/commands/T0ACME0001/4312/xYz'. */
  make(kind: 'commands' | 'actions', team: string, target: ResponseTarget): string {
    const path = `/${kind}/${team}/${this.#known.size + 4_000_000_000}/${randomBytes(18).toString('base64url')}`;
    this.#known.set(path, { target, expires: this.#now() + LIFE_MS, uses: 0 });
    return path;
  }

  /** Counts one use. 'expired_url' and 'used_url' are Slack's words for the two ends of its life. */
  use(path: string): ResponseTarget | 'expired_url' | 'used_url' {
    const known = this.#known.get(path);
    if (known === undefined || this.#now() > known.expires) return 'expired_url';
    if (known.uses >= USES) return 'used_url';
    known.uses += 1;
    return known.target;
  }
}
