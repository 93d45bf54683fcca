import { createHash } from 'node:crypto';
import type { Slack } from '../ports.ts';
import type { SlackCalls } from './calls.ts';
import { faultOf } from './faults.ts';

/** Remembers what the last so many people see. */
const MOST_KEPT = 2000;

/** Publishes a person's App Home, and only when its content differs from what they see already. */
export function home(calls: SlackCalls): Slack['publishHome'] {
  const shown = new Map<string, string>();
  return async (user, view) => {
    const digest = createHash('sha256').update(JSON.stringify(view.blocks)).digest('hex');
    if (shown.get(user) === digest) return;
    try {
      await calls.once.apiCall('views.publish', { user_id: user, view: { type: 'home', blocks: view.blocks } });
    } catch (error) {
      throw faultOf(error, { method: 'views.publish' });
    }
    if (shown.size >= MOST_KEPT) shown.clear();
    shown.set(user, digest);
  };
}
