import type { Clock } from '../clock.ts';
import type { CallGate } from '../control/gate.ts';
import type { RateLimits } from './api/rate-limits.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Timing } from './timing.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What every part of the sandbox's Slack works with. */
export interface Slack {
  /** The present workspace: another one after a reset. */
  readonly workspace: Workspace;
  readonly gate: CallGate;
  readonly delivery: Delivery;
  readonly limits: RateLimits;
  readonly timing: Timing;
  /** 'http://127.0.0.1:PORT', once it listens. */
  readonly origin: string;
  clock(): Clock;
  /** Tells pages and tests that something can be seen to have changed. */
  changed(): void;
}
