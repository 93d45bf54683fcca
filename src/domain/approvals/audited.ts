import type { AuditFact } from '../audit.ts';
import type { Time } from '../observation.ts';
import type { Release } from '../release.ts';
import { ranOut, type ApprovalRequest } from './approval.ts';

/**
 * What an audit has to say of the approvals that changed between two records of a release: each decision once, each
 * that was made elsewhere, each that ran out of time. Derived from the records alone, so it is written wherever they are.
 */
export function approvalFacts(before: Pick<Release, 'approvals'> | undefined, after: Release, now: Time): readonly AuditFact[] {
  return after.approvals.flatMap((request) => {
    const was = before?.approvals.find((one) => one.id === request.id);
    const on = { app: after.app, environment: request.environment, release: after.number, approval: request.id };
    return [...decided(was, request), ...brokenGlass(was, request), ...elsewhere(was, request, now), ...expired(was, request, now)].map((fact) => ({ ...fact, on }));
  });
}

type Fact = Omit<AuditFact, 'on'>;

function decided(was: ApprovalRequest | undefined, request: ApprovalRequest): readonly Fact[] {
  const fresh = request.decisions.filter((decision) => !was?.decisions.some((known) => known.by === decision.by && known.at === decision.at && known.approves === decision.approves));
  return fresh.map(({ at, by, approves, comment }) => ({
    at, who: by, what: approves ? 'approval.approve' : 'approval.reject', outcome: 'done', rule: 'approval.from', ...detail(comment),
  }));
}

function brokenGlass(was: ApprovalRequest | undefined, { brokenGlass: pass }: ApprovalRequest): readonly Fact[] {
  if (!pass || was?.brokenGlass || was?.refusedAt !== undefined) return [];
  return [{ at: pass.at, who: pass.by, what: 'approval.approve', outcome: 'done', rule: 'break-glass', ...detail(pass.reason) }];
}

/** Once when it is seen, and once more when AWS tells later who it was. */
function elsewhere(was: ApprovalRequest | undefined, { elsewhere: told, verdict }: ApprovalRequest, now: Time): readonly Fact[] {
  if (!told || (was?.elsewhere && was.elsewhere.who === told.who)) return [];
  return [{ at: told.at ?? now, who: told.who ?? 'unknown', what: 'approval.elsewhere', outcome: 'done', ...(verdict && { rule: verdict }), ...detail(told.summary) }];
}

/** The time of the policy, which Jack tells AWS, or AWS's own: once, though AWS may have to be told again. */
function expired(was: ApprovalRequest | undefined, request: ApprovalRequest, now: Time): readonly Fact[] {
  if (!isExpired(request) || (was && (isExpired(was) || was.refusedAt !== undefined))) return [];
  return [{ at: request.closedAt ?? now, who: 'jack', what: 'approval.expire', outcome: 'done' }];
}

function isExpired(request: ApprovalRequest): boolean {
  return request.state === 'expired' || (request.state === 'decided' && ranOut(request));
}

function detail(words: string | undefined): { readonly detail?: string } {
  return words === undefined || words === '' ? {} : { detail: words };
}
