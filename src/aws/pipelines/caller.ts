import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Logger } from 'pino';
import type { Account } from '../clients.ts';
import { isDenied } from '../faults.ts';
import type { Read } from '../reads.ts';

/** A call of the API that is looked for in CloudTrail. */
export interface FindCall {
  readonly operation: string;
  readonly since: number;
  readonly until?: number;
  /** Of those that AWS took, the one that is meant; newest first. */
  readonly choose: (taken: readonly Event[]) => Event | undefined;
  /** What it is about, for the log. */
  readonly about: Readonly<Record<string, string>>;
}

/**
 * Who made the call: an ARN or a user's name; undefined where CloudTrail does not tell (it may take 15 minutes). Knowing
 * it is a courtesy, and CloudTrail often is closed to Jack: a failed look-up is logged, not thrown.
 */
export async function callerInCloudTrail(read: Read, log: Logger, account: Account, { operation, since, until, choose, about }: FindCall): Promise<string | undefined> {
  const input = {
    LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: operation }],
    StartTime: new Date(since),
    ...(until !== undefined && { EndTime: new Date(until) }),
    MaxResults: 50,
  };
  try {
    const answer = await read(account, 'cloudtrail:LookupEvents', input, ({ cloudtrail }, input) => cloudtrail.send(new LookupEventsCommand(input)));
    const event = choose((answer.Events ?? []).filter(isTaken));
    return event && callerOf(event);
  } catch (error) {
    log[isDenied(error) ? 'debug' : 'warn']({ err: error, operation, ...about }, 'CloudTrail did not tell who made a call');
    return undefined;
  }
}

/** Refused calls are recorded too. */
function isTaken({ CloudTrailEvent: told = '' }: Event): boolean {
  return !told.includes('"errorCode"');
}

function callerOf(event: Event): string | undefined {
  const arn = /"userIdentity"\s*:\s*\{[^}]*"arn"\s*:\s*"([^"]+)"/.exec(event.CloudTrailEvent ?? '')?.[1];
  return arn ?? event.Username;
}
