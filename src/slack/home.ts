import { createHash } from 'node:crypto';
import type { Clock, Slack } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import { faultOf } from './faults.ts';

/** Remembers what the last so many people see. */
const MOST_KEPT = 2000;
/** Another replica may have published since. */
const KEEP_MS = 30_000;

/** Publishes a person's App Home, and only when its content differs from what they were just shown. */
export function home(calls: SlackCalls, clock: Clock): Slack['publishHome'] {
  const shown = new Map<string, { readonly digest: string; readonly at: number }>();
  return async (user, view) => {
    const now = clock.now();
    const digest = createHash('sha256').update(JSON.stringify(view.blocks)).digest('hex');
    const last = shown.get(user);
    if (last?.digest === digest && now - last.at < KEEP_MS) return;
    try {
      await calls.once.apiCall('views.publish', { user_id: user, view: { type: 'home', blocks: view.blocks } });
    } catch (error) {
      throw faultOf(error, { method: 'views.publish' });
    }
    if (shown.size >= MOST_KEPT) shown.clear();
    shown.set(user, { digest, at: now });
  };
}
