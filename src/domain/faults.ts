/** We or the network broke. Thrown; only the loop, the listeners, the command line and `main` catch it. */
export class Fault extends Error {
  /** Trying again later can help. */
  readonly retryable: boolean;
  /** The call may have had its effect: look before repeating it. */
  readonly unknownOutcome: boolean;
  /** When to try again at the earliest, milliseconds from now (rate limits). */
  readonly retryAfterMs?: number;
  /** People have to mend it, as the message says: whoever waits for an answer is told at once, and all other work is tried again until they have. */
  readonly needsPeople: boolean;

  constructor(message: string, facts: { readonly cause?: unknown; readonly retryable: boolean; readonly unknownOutcome?: boolean; readonly retryAfterMs?: number; readonly needsPeople?: boolean }) {
    super(message, { cause: facts.cause });
    this.name = 'Fault';
    this.retryable = facts.retryable;
    this.unknownOutcome = facts.unknownOutcome ?? false;
    this.needsPeople = facts.needsPeople ?? false;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
  }
}

/** The audit takes no line until somebody has looked: what needs one is not recorded. */
export class AuditBroken extends Fault {
  constructor(what: string) {
    super(`The audit takes no more lines, and nothing is decided without one: ${what}. Run \`jack audit verify\`, then mend it as docs/operating/audit.md says.`, { retryable: false });
    this.name = 'AuditBroken';
  }
}

/** Somebody else saved first: read again. */
export class Stale extends Error {
  constructor(what: string) {
    super(`${what} was changed by somebody else meanwhile`);
    this.name = 'Stale';
  }
}

/** The lease was lost: this run may write nothing more. */
export class Fenced extends Error {
  constructor(key: string) {
    super(`the lease of ${key} was lost`);
    this.name = 'Fenced';
  }
}
