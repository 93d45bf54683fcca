import type { GateName } from '../../domain/gates/gate.ts';

/** What was passed, in words. */
export const PASSED: Readonly<Record<GateName, string>> = {
  role: 'the role',
  lock: 'the lock',
  'foreign-lock': 'the transition that somebody disabled in AWS',
  freeze: 'the freeze',
  queue: 'the queue',
  environment: 'the environment’s state',
  promotion: 'the order of promotion',
  alarms: 'the alarms',
  approval: 'the approval',
};
