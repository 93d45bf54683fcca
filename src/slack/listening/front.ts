import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { SpokenEvent } from './said.ts';

/**
 * Stands before Bolt's app. Bolt acks every event before its listeners run, but a mention may only be acked once it is
 * recorded: here it is recorded first, and when that fails it is not acked, so that Slack delivers it again.
 */
export function front(behind: Receiver, spoken: (event: SpokenEvent) => Promise<boolean>): Receiver {
  return {
    init(app) {
      const ear: Pick<App, 'processEvent'> = {
        async processEvent(delivery: ReceiverEvent) {
          const event: unknown = delivery.body['event'];
          if (isSpoken(event) && !(await spoken(event))) throw new Error('a mention could not be recorded; Slack will deliver it again');
          await app.processEvent(delivery);
        },
      };
      behind.init(ear as App);
    },
    start: () => behind.start(),
    stop: () => behind.stop(),
  };
}

function isSpoken(event: unknown): event is SpokenEvent {
  if (typeof event !== 'object' || event === null || !('type' in event)) return false;
  return event.type === 'app_mention' || event.type === 'message';
}
