import { Fault } from '../domain/faults.ts';
import type { Clock } from '../ports.ts';

/** Channels in which Slack asked Jack to wait. One slow channel must not hold up the others. */
export interface Pauses {
  /** Throws a fault with the time left while the channel is paused. */
  refuseWhilePaused(channel: string): void;
  /** Posts nothing there for so long. */
  pause(channel: string, ms: number): void;
}

/** Starts with no channel paused. */
export function pauses(clock: Clock): Pauses {
  const until = new Map<string, number>();
  return {
    refuseWhilePaused(channel) {
      const left = (until.get(channel) ?? 0) - clock.now();
      if (left <= 0) until.delete(channel);
      else throw new Fault(`Slack asked to wait before posting in ${channel}`, { retryable: true, retryAfterMs: left });
    },
    pause(channel, ms) {
      until.set(channel, clock.now() + ms);
    },
  };
}
