import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Logger } from 'pino';
import type { ObservedExecution } from '../../domain/observation.ts';
import { accountKey } from '../clients.ts';
import type { Account } from '../clients.ts';
import { isDenied } from '../faults.ts';
import { remember } from '../memory.ts';
import type { Read } from '../reads.ts';

/** Who stopped the execution: an ARN or a user's name. Undefined where CloudTrail does not tell (it may take 15 minutes). */
export type StoppedBy = (account: Account, execution: ObservedExecution) => Promise<string | undefined>;

const EARLIER_MS = 3_600_000;

/** CloudTrail allows two look-ups a second per account: one execution is asked for again only after `againMs`. */
export function createStoppedBy(read: Read, log: Logger, againMs: number): StoppedBy {
  const known = remember<string | undefined>((who) => (who === undefined ? againMs : Number.POSITIVE_INFINITY));
  return async (account, execution) => {
    if (execution.status !== 'Stopped' && execution.status !== 'Stopping') return undefined;
    return known.of(`${accountKey(account)} ${execution.id}`, () => lookUp(read, log, { account, execution }));
  };
}

/** Knowing who it was is a courtesy, and CloudTrail often is closed to Jack: a failed look-up is logged, not thrown. */
async function lookUp(read: Read, log: Logger, { account, execution }: { readonly account: Account; readonly execution: ObservedExecution }): Promise<string | undefined> {
  const since = execution.startedAt ?? (execution.updatedAt ?? 0) - EARLIER_MS;
  const input = {
    LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: 'StopPipelineExecution' }],
    StartTime: new Date(since),
    MaxResults: 50,
  };
  try {
    const answer = await read(account, 'cloudtrail:LookupEvents', input, ({ cloudtrail }, input) => cloudtrail.send(new LookupEventsCommand(input)));
    const stop = (answer.Events ?? []).find((event) => isStopOf(event, execution.id));
    return stop && callerOf(stop);
  } catch (error) {
    log[isDenied(error) ? 'debug' : 'warn']({ err: error, execution: execution.id }, 'CloudTrail did not tell who stopped the execution');
    return undefined;
  }
}

/** Refused calls are recorded too. */
function isStopOf({ CloudTrailEvent: told = '' }: Event, executionId: string): boolean {
  return told.includes(executionId) && !told.includes('"errorCode"');
}

export function callerOf(event: Event): string | undefined {
  const arn = /"userIdentity"\s*:\s*\{[^}]*"arn"\s*:\s*"([^"]+)"/.exec(event.CloudTrailEvent ?? '')?.[1];
  return arn ?? event.Username;
}
