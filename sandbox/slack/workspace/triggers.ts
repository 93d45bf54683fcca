import { randomBytes } from 'node:crypto';
import { SlackRefusal } from '../refusal.ts';

/** Slack's: a trigger opens one view, within three seconds (`expired_trigger_id`, `exchanged_trigger_id`). */
const LIFE_MS = 3000;

export type Trigger = {
  readonly id: string;
  readonly user: string;
  /** The modal it was made in, if any: what `views.push` pushes upon. */
  readonly viewId?: string;
  readonly expires: number;
  used: boolean;
};

/** Trigger ids that were handed out. */
export class Triggers {
  readonly #known = new Map<string, Trigger>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  make(user: string, viewId?: string): string {
    const id = `${numbers(10)}.${numbers(12)}.${randomBytes(16).toString('hex')}`;
    this.#known.set(id, { id, user, expires: this.#now() + LIFE_MS, used: false, ...(viewId === undefined ? {} : { viewId }) });
    return id;
  }

  /** Uses it up. Throws Slack's refusal when it is unknown, used or too old. */
  exchange(id: string): Trigger {
    const trigger = this.#known.get(id);
    if (trigger === undefined) throw new SlackRefusal('invalid_trigger_id');
    if (trigger.used) throw new SlackRefusal('exchanged_trigger_id');
    if (this.#now() > trigger.expires) throw new SlackRefusal('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}

function numbers(count: number): string {
  return [...randomBytes(count)].map((byte) => byte % 10).join('');
}
