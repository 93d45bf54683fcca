import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { accountKey } from './clients.ts';
import type { Account } from './clients.ts';
import { remember } from './memory.ts';
import type { Read } from './reads.ts';

/** Who AWS takes Jack for. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

const KNOWN_MS = 3_600_000;

export type WhoAmI = (account: Account) => Promise<Identity>;

export function createWhoAmI(read: Read): WhoAmI {
  const known = remember<Identity>(KNOWN_MS);
  return (account) =>
    known.of(accountKey(account), async () => {
      const answer = await read(account, 'sts:GetCallerIdentity', {}, ({ sts }, input) => sts.send(new GetCallerIdentityCommand(input)));
      return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
    });
}

/**
 * Whether a caller's ARN, as `triggerDetail` and `updatedBy` show it, is Jack's. With a role of its own the session's
 * name tells the person and the release, so it must be equal; without one the session (a task's id) changes at each start.
 */
export function isOwnCall(callerArn: string, own: { readonly identity: Identity; readonly roleArn?: string; readonly sessionName: string }): boolean {
  const caller = parseCaller(callerArn);
  if (own.roleArn !== undefined) {
    const role = own.roleArn.split('/').at(-1);
    return caller.role === role && caller.account === own.roleArn.split(':')[4] && caller.session === own.sessionName;
  }
  const self = parseCaller(own.identity.arn);
  return self.role === undefined ? callerArn === own.identity.arn : caller.role === self.role && caller.account === self.account;
}

/** 'arn:aws:sts::<account>:assumed-role/<role>/<session>'; anything else has no role. */
function parseCaller(arn: string): { readonly account?: string; readonly role?: string; readonly session?: string } {
  const parts = /^arn:[\w-]+:sts::(\d+):assumed-role\/([^/]+)\/(.+)$/.exec(arn);
  const [, account, role, session] = parts ?? [];
  return account && role && session ? { account, role, session } : {};
}
