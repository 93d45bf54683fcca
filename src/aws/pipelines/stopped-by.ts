import type { Logger } from 'pino';
import type { ObservedExecution } from '../../domain/observation.ts';
import { accountKey } from '../clients.ts';
import type { Account } from '../clients.ts';
import { remember } from '../memory.ts';
import type { Read } from '../reads.ts';
import { callerInCloudTrail } from './caller.ts';

/** Who stopped the execution: an ARN or a user's name. Undefined where CloudTrail does not tell (it may take 15 minutes). */
export type StoppedBy = (account: Account, execution: ObservedExecution) => Promise<string | undefined>;

const EARLIER_MS = 3_600_000;

/** CloudTrail allows two look-ups a second per account: one execution is asked for again only after `againMs`. */
export function createStoppedBy(read: Read, log: Logger, againMs: number): StoppedBy {
  const known = remember<string | undefined>((who) => (who === undefined ? againMs : Number.POSITIVE_INFINITY));
  return async (account, execution) => {
    if (execution.status !== 'Stopped' && execution.status !== 'Stopping') return undefined;
    return known.of(`${accountKey(account)} ${execution.id}`, () => lookUp(read, log, account, execution));
  };
}

function lookUp(read: Read, log: Logger, account: Account, { id, startedAt, updatedAt = 0 }: ObservedExecution): Promise<string | undefined> {
  return callerInCloudTrail(read, log, account, {
    operation: 'StopPipelineExecution',
    since: startedAt ?? updatedAt - EARLIER_MS,
    choose: (taken) => taken.find(({ CloudTrailEvent: told = '' }) => told.includes(id)),
    about: { execution: id },
  });
}
