import type { Account } from '../account.ts';
import type { Identities } from '../engine/identities.ts';
import { AwsError } from '../engine/service.ts';
import { number, requiredText } from '../engine/values.ts';
import type { Part } from '../part.ts';
import type { Seed } from '../seed.ts';

/** STS: who one is, and the seed's roles for a session. */
export function sts(account: Account, seed: Seed, identities: Identities): Part {
  return {
    service: {
      name: 'sts',
      handlers: {
        GetCallerIdentity: (_input, caller) => ({ Account: account.id, Arn: caller.arn, UserId: identities.userIdOf(caller.arn) }),
        AssumeRole(input, caller) {
          const arn = requiredText(input, 'RoleArn');
          const role = arn.split('/').at(-1) ?? '';
          if (!arn.startsWith(`arn:aws:iam::${account.id}:role/`) || !seed.roles.includes(role)) {
            throw new AwsError('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`, 403);
          }
          const made = identities.assume(role, requiredText(input, 'RoleSessionName'), number(input, 'DurationSeconds') ?? 3600);
          return {
            Credentials: { AccessKeyId: made.accessKeyId, SecretAccessKey: made.secretAccessKey, SessionToken: made.sessionToken, Expiration: new Date(made.expires) },
            AssumedRoleUser: { AssumedRoleId: made.userId, Arn: made.arn },
          };
        },
      },
    },
  };
}
