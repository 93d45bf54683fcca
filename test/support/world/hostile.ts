import * as fc from 'fast-check';
import type { ApprovalRequest } from '../../../src/domain/approvals/approval.ts';
import type { Release, ReleaseStatus } from '../../../src/domain/release.ts';
import { aDeploy, ADA, anApproval, anExecution, aRelease, commit, GRACE, LEADS, LINUS, T0 } from './builders.ts';

/** What people may write into a commit message, a reason or a stage's name: markup, mentions, fences, and far too much. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('<!channel>', '<!here|x> <!everyone>', '<@U0HOSTILE1>', '<!subteam^S0HOSTILE>', '&lt;!channel&gt;', '```<!channel>```', '*_~`', 'x\n\n> y', '<https://evil.example|click>', '<!channel', '\u202e\u0000', '🚀'.repeat(400), '<'.repeat(1200), '&'.repeat(1200), ' ', 'x'),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const STATUSES: readonly ReleaseStatus[] = ['requested', 'waiting', 'running', 'verifying', 'live', 'live-not-verified', 'failed', 'mixed-versions', 'rolled-back-by-beanstalk', 'rejected', 'expired', 'superseded', 'cancelled', 'lost'];
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const approvals: fc.Arbitrary<ApprovalRequest> = fc
  .record({
    state: fc.constantFrom<ApprovalRequest['state']>('open', 'decided', 'confirmed', 'overtaken', 'expired', 'withdrawn'),
    verdict: fc.constantFrom('approved' as const, 'rejected' as const),
    from: fc.constantFrom<readonly string[] | undefined>([GRACE, LEADS], [], undefined),
    comment: hostile,
    who: optional(hostile),
    approves: fc.boolean(),
    more: fc.constantFrom<Partial<ApprovalRequest>>({}, { since: { kind: 'retried' }, absent: [LINUS] }, { absent: [LINUS], next: { kind: 'newest', executionId: 'execution-2' } }, { since: { kind: 'policy' }, withdrawn: 'policy' }),
    glass: optional(hostile),
    before: optional(hostile),
  })
  .map(({ state, verdict, from, comment, who, approves, more, glass, before }) => {
    const { policy: _default, ...request } = anApproval({ state, decisions: [{ by: GRACE, at: T0, approves, comment }], closedAt: T0, newerBehind: 2 });
    return { ...request, ...(from && { policy: { from, count: 1 } }), ...(state !== 'open' && { verdict }), ...(who !== undefined && { elsewhere: { who, summary: comment } }), ...more,
      ...(before !== undefined && { since: { kind: 'revisions', from: [before, ''] }, next: { kind: 'next', executionId: before, number: 7, revisionId: before } }),
      ...(glass !== undefined && state !== 'open' && { brokenGlass: { gate: 'approval', by: LINUS, at: T0, reason: glass } }),
    };
  });

/** Releases in every status, with hostile words wherever somebody else's words stand. */
export const releases: fc.Arbitrary<Release> = fc
  .record({ status: fc.constantFrom(...STATUSES), words: fc.array(hostile, { minLength: 12, maxLength: 12 }), approval: approvals, purpose: fc.constantFrom('deploy' as const, 'rollback' as const), route: fc.boolean(), failed: fc.boolean(), typed: fc.boolean(), touched: fc.boolean() })
  .map(({ status, words, approval, purpose, route, failed, typed, touched }) => {
    const word = (at: number): string => words[at] ?? 'x';
    const stages = anExecution({ 'Build/Build': { status: 'Failed', error: { code: word(0), message: word(1) } } }).stages.map((stage) => ({ ...stage, name: `${stage.name}${word(2)}` }));
    return aRelease({
      status, purpose, stages,
      app: word(3), environment: word(4),
      route: route ? { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1' } : { kind: 'version', label: word(5) },
      revision: { id: commit('a'), label: word(5), summary: word(6), author: { name: word(7) } },
      requesters: typed ? [{ user: ADA, at: T0, reason: word(8) }] : [],
      origin: { kind: 'console', who: word(7) },
      outcome: `x${word(9)}`,
      approvals: [approval],
      commits: { count: 2, truncated: true, compareUrl: 'https://example.com/<a|b>', commits: [{ id: commit('b'), summary: word(6), author: { name: word(7), slackUser: LINUS } }] },
      deploys: touched ? [aDeploy({ environment: word(4), label: word(5), verdict: { outcome: 'failed', because: word(9) } })] : [],
      ...(status === 'waiting' && { waiting: { for: 'transition', stage: word(2), reason: word(10), by: word(7) } }),
      ...(failed && { failure: { cause: word(1), stage: word(2), action: word(0), logTail: words, events: words.map((message) => ({ at: T0, severity: word(0), message })), links: [{ label: word(11), url: `https://example.com/${word(11)}` }] } }),
      trouble: { since: T0, text: word(10), faultId: 'f-7Q2K' },
      notes: [
        { key: 'adopted', at: T0, what: { kind: 'adopted', by: GRACE, reason: word(8) } },
        { key: 'approval', at: T0, what: { kind: 'approval-asked', approvalId: approval.id } },
        { key: 'reminder', at: T0, what: { kind: 'reminder', approvalId: approval.id } },
        { key: 'elsewhere', at: T0, what: { kind: 'decided-elsewhere', approvalId: approval.id } },
        { key: 'not-asked', at: T0, what: { kind: 'not-asked', environment: word(4) } },
        { key: 'deploy', at: T0, what: { kind: 'deploy-verdict', environment: word(4) } },
        { key: 'cancel', at: T0, what: { kind: 'cancel-asked', by: ADA } },
        { key: 'differs', at: T0, what: { kind: 'revision-differs', asked: word(10), found: word(11) } },
        { key: 'refused', at: T0, what: { kind: 'refused-by-aws', what: 'approval', text: word(10) } },
        { key: 'outcome', at: T0, what: { kind: 'outcome' } },
      ],
    });
  });
