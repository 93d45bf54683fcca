import { randomUUID } from 'node:crypto';
import type { Book } from '../pipeline.ts';
import type { ActionJob, Runner } from './job.ts';

const sevenDays = 7 * 24 * 3600 * 1000;
/** What setTimeout can hold. */
const longest = 2 ** 31 - 1;

/** An open request for somebody's yes or no. */
export interface OpenApproval {
  answer(status: 'Approved' | 'Rejected', summary: string, by: string): void;
}

const open = new WeakMap<Book, Map<string, OpenApproval | 'answered' | 'gone'>>();

function register(book: Book): Map<string, OpenApproval | 'answered' | 'gone'> {
  const tokens = open.get(book) ?? new Map<string, OpenApproval | 'answered' | 'gone'>();
  open.set(book, tokens);
  return tokens;
}

/** The open request; 'answered' or 'gone' (expired, abandoned, cancelled); undefined for a token that never was. The key keeps a token to its own action. */
export function approvalFor(book: Book, at: { readonly pipeline: string; readonly stage: string; readonly action: string; readonly token: string }): OpenApproval | 'answered' | 'gone' | undefined {
  return register(book).get(keyOf(at));
}

const keyOf = (at: { readonly pipeline: string; readonly stage: string; readonly action: string; readonly token: string }): string =>
  [at.pipeline, at.stage, at.action, at.token].join('/');

/** People are not faster in a sandbox: the time to answer is real, whatever the speed. */
function expireAfter(book: Book, ms: number, expire: () => void): () => void {
  let cancel = book.account.clock.afterReal(Math.min(ms, longest), () => {
    if (ms > longest) cancel = expireAfter(book, ms - longest, expire);
    else expire();
  });
  return () => cancel();
}

function timeoutOf(job: ActionJob): number {
  const { timeoutInMinutes } = job.action.declaration;
  return job.pipeline.approvalTimeoutMs ?? (timeoutInMinutes ? timeoutInMinutes * 60_000 : sevenDays);
}

/** Waits for `PutApprovalResult`. In a PARALLEL pipeline the token is the external execution id and nothing else. */
export const approve: Runner = (job) => {
  const { book, action, execution } = job;
  const token = randomUUID();
  const key = keyOf({ pipeline: execution.pipeline, stage: action.stage, action: action.declaration.name, token });
  const ms = timeoutOf(job);
  if (execution.declaration.executionMode === 'PARALLEL') action.externalId = token;
  else action.token = token;
  action.expiresAt = book.account.clock.now() + ms;
  const cancel = expireAfter(book, ms, () => {
    register(book).set(key, 'gone');
    if (!book.account.assumptions.expiredApprovalNamesRole) delete action.updatedBy;
    job.fail('JobFailed', 'The approval request expired.');
  });
  register(book).set(key, {
    answer: (status, summary, by) => {
      cancel();
      register(book).set(key, 'answered');
      const result = { updatedBy: by, ...(summary ? { summary } : {}) };
      if (status === 'Approved') job.succeed(result);
      else if (book.account.assumptions.rejectionIsAnError) job.fail('JobFailed', `The approval was rejected by ${by}: ${summary}`, result);
      else job.reject(result);
    },
  });
  return () => {
    cancel();
    register(book).set(key, 'gone');
  };
};
