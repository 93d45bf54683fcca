import { randomBytes } from 'node:crypto';

/** One access key and whom it stands for. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** With keys of AssumeRole. */
  readonly sessionToken?: string;
  readonly arn: string;
  /** 'AIDA…' or 'AROA…:session'. */
  readonly userId: string;
  /** Epoch ms. */
  readonly expires?: number;
}

/** The access keys that the account knows: those of the seed's users, and those that AssumeRole hands out. */
export class Identities {
  readonly #keys = new Map<string, Credential>();
  readonly #accountId: string;

  constructor(accountId: string, keys: readonly { readonly accessKeyId: string; readonly secretAccessKey: string; readonly user: string }[]) {
    this.#accountId = accountId;
    for (const { accessKeyId, secretAccessKey, user } of keys) {
      this.#add({ accessKeyId, secretAccessKey, arn: `arn:aws:iam::${accountId}:user/${user}`, userId: accessKeyId.replace(/^AKIA/, 'AIDA') });
    }
  }

  find(accessKeyId: string): Credential | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** A user's id without a key is made up from the name. */
  userIdOf(arn: string): string {
    for (const credential of this.#keys.values()) if (credential.arn === arn) return credential.userId;
    return `AIDASANDBOX${(arn.split('/').at(-1) ?? '').toUpperCase()}`;
  }

  /** New temporary keys for a role's session. `seconds` is their life. */
  assume(role: string, session: string, seconds: number): Credential & { readonly sessionToken: string; readonly expires: number } {
    const credential = {
      accessKeyId: `ASIA${letters(16)}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(120).toString('base64'),
      arn: `arn:aws:sts::${this.#accountId}:assumed-role/${role}/${session}`,
      userId: `AROASANDBOX${role.toUpperCase().replace(/[^A-Z0-9]/g, '').padEnd(10, 'X').slice(0, 10)}:${session}`,
      expires: Date.now() + seconds * 1000,
    };
    this.#add(credential);
    return credential;
  }

  #add(credential: Credential): void {
    this.#keys.set(credential.accessKeyId, credential);
  }
}

function letters(count: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return [...randomBytes(count)].map((byte) => alphabet.charAt(byte % 32)).join('');
}
