import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { countedApprovers, halfTime, isByAuthorsAlone, sameRevisions, verdictOf, withPresentVerdict, type ApprovalRequest, type Decision } from '../../src/domain/approvals/approval.ts';
import { whatChanged } from '../../src/domain/approvals/bound.ts';
import { withDecision } from '../../src/domain/approvals/deciding.ts';
import { authorsAreComing, authorsOf, authorsUnknown, fourEyesOf } from '../../src/domain/approvals/four-eyes.ts';
import type { Release } from '../../src/domain/release.ts';
import { takeInApprovals } from '../../src/reconciler/take-in/take-in-approvals.ts';
import { ADA, anApp, anApproval, anExecution, aRelease, commit, GRACE, LEADS, LINUS, OLIVE, T0, VIC } from '../support/world/builders.ts';
import { cases } from '../support/cases.ts';

const PEOPLE = [ADA, GRACE, LINUS, OLIVE, VIC] as const;
const people = fc.constantFrom<string>(...PEOPLE);
const some = fc.uniqueArray(people, { maxLength: 3 });
const clicks = fc.array(fc.record({ by: people, approves: fc.integer({ min: 0, max: 5 }).map((one) => one > 0) }), { maxLength: 8 });

interface Given {
  readonly requesters: readonly string[];
  readonly authors: readonly string[];
  readonly pushed: boolean;
  readonly count: number;
}

const given = fc.record<Given>({ requesters: some, authors: some, pushed: fc.boolean(), count: fc.integer({ min: 1, max: 3 }) });

function releaseOf({ requesters, authors, pushed, count }: Given): Release {
  const commits = authors.map((slackUser, at) => ({ id: commit(String(at + 2)), author: { name: slackUser, slackUser } }));
  return aRelease({
    status: 'waiting',
    requesters: requesters.map((user) => ({ user, at: T0 })),
    ...(pushed && { origin: { kind: 'push' } }),
    commits: { count: commits.length, commits, truncated: false },
    approvals: [anApproval({ policy: { from: [...PEOPLE], count } })],
  });
}

const requestOf = (release: Release): ApprovalRequest => release.approvals[0] ?? anApproval();
const yes = (by: string): Decision => ({ by, at: T0, approves: true });

/** Clicks one after the other, as they are written down; each with the state it left. */
function clicked(release: Release, all: readonly { readonly by: string; readonly approves: boolean }[]) {
  let current = release;
  const states = all.map(({ by, approves }, index) => {
    const answer = withDecision(current, 'approval-1', { by, approves, at: T0 + index });
    const before = current;
    if (answer.ok) current = answer.value;
    return { answer, before, after: current };
  });
  return { release: current, states };
}

describe('four eyes', () => {
  it('no approval counts for its requester or, of what nobody typed, for its authors alone', () => {
    fc.assert(
      fc.property(given, clicks, (facts, all) => {
        const { release } = clicked(releaseOf(facts), all);
        const { verdict, decisions } = requestOf(release);
        const entitled = new Set(decisions.filter((decision) => decision.approves && !facts.requesters.includes(decision.by)).map((decision) => decision.by));
        const isTyped = !facts.pushed && facts.requesters.length > 0;
        const isEnough = entitled.size >= facts.count && (isTyped || [...entitled].some((by) => !facts.authors.includes(by)));
        const isRefused = decisions.some((decision) => !decision.approves);
        expect(verdict).toBe(isRefused ? 'rejected' : isEnough ? 'approved' : undefined);
      }),
      { numRuns: cases(4000) },
    );
  });

  it('a quorum is met exactly once, and what is decided is not changed by any click', () => {
    fc.assert(
      fc.property(given, clicks, (facts, all) => {
        const { states } = clicked(releaseOf(facts), all);
        const met = states.filter(({ before, after }) => requestOf(before).state === 'open' && requestOf(after).state === 'decided');
        expect(met.length).toBeLessThan(2);
        expect(states.filter(({ answer, before }) => answer.ok && requestOf(before).state !== 'open')).toEqual([]);
        const refusals = states.flatMap(({ answer }) => (answer.ok ? [] : [answer.refusal.kind]));
        expect(refusals.filter((kind) => !['already-decided', 'approval-over', 'own-release'].includes(kind))).toEqual([]);
        expect(states.every(({ before, after, answer }) => (after === before) === !answer.ok)).toBe(true);
      }),
      { numRuns: cases(3000) },
    );
  });

  it('the same yeses come to the same verdict in every order', () => {
    fc.assert(
      fc.property(given, fc.uniqueArray(people, { maxLength: 5 }), fc.nat(), (facts, all, seed) => {
        const turned = all.map((_one, index) => all[(index + seed) % all.length] ?? ADA);
        const verdicts = [all, turned, all.toReversed()].map((order) => requestOf(clicked(releaseOf(facts), order.map((by) => ({ by, approves: true }))).release).verdict);
        expect(new Set(verdicts).size).toBe(1);
      }),
      { numRuns: cases(2000) },
    );
  });

  it('a yes does not outlive that its giver comes to ask, or turns out to have written it', () => {
    fc.assert(
      fc.property(given, fc.uniqueArray(people, { maxLength: 4 }), people, fc.boolean(), (facts, all, late, asks) => {
        const { release } = clicked(releaseOf(facts), all.map((by) => ({ by, approves: true })));
        const later = asks ? { ...facts, requesters: [...facts.requesters, late] } : { ...facts, authors: [...facts.authors, late] };
        const eyes = fourEyesOf(releaseOf({ ...later, pushed: facts.pushed || facts.requesters.length === 0 }));
        const standing = withPresentVerdict(requestOf(release), eyes);
        if (standing.state !== 'decided') return;
        const counted = countedApprovers(standing, eyes);
        expect(counted.length).toBeGreaterThanOrEqual(facts.count);
        expect(counted.every((one) => eyes.authors.includes(one))).toBe(false);
      }),
      { numRuns: cases(2000) },
    );
  });

  it.each([
    ['who asked', { requesters: [ADA], authors: [] }, [ADA], undefined],
    ['an author of a push alone', { requesters: [], authors: [LINUS] }, [LINUS], undefined],
    ['an author and somebody else', { requesters: [], authors: [LINUS] }, [LINUS, GRACE], 'approved'],
    ['two authors', { requesters: [], authors: [LINUS, GRACE] }, [LINUS, GRACE], undefined],
    ['somebody else', { requesters: [], authors: [LINUS] }, [GRACE], 'approved'],
  ] as const)('of one needed, given by %s', (_who, eyes, approvers, verdict) => {
    expect(verdictOf({ policy: { from: [LEADS], count: 1 }, decisions: approvers.map(yes) }, eyes)).toBe(verdict);
    expect(isByAuthorsAlone({ decisions: approvers.map(yes) }, eyes)).toBe(approvers.length > 0 && approvers.every((one) => (eyes.authors as readonly string[]).includes(one)));
  });

  it('do not look at authors where somebody typed it, nor of a way back', () => {
    const wrote = { commits: { count: 1, commits: [{ author: { name: 'Linus', slackUser: LINUS } }], truncated: false } };
    expect(fourEyesOf(aRelease(wrote))).toEqual({ requesters: [ADA], authors: [] });
    expect(fourEyesOf(aRelease({ ...wrote, requesters: [], purpose: 'rollback', origin: { kind: 'console' } })).authors).toEqual([]);
    expect(fourEyesOf(aRelease({ ...wrote, requesters: [] })).authors).toEqual([LINUS]);
    expect(fourEyesOf(aRelease({ ...wrote, origin: { kind: 'push' } })).authors).toEqual([LINUS]);
  });
});

describe('who wrote what ships', () => {
  const author = { name: 'Linus', email: 'linus@example.com', slackUser: LINUS };

  it('is each once, of all commits that were read and of the newest', () => {
    const more = { name: 'Ada', email: 'Ada@example.com' };
    expect(authorsOf(aRelease({ revision: { id: commit('a'), author }, commits: { count: 3, commits: [{ author }, { author: more }, { author: { ...more, email: 'ada@EXAMPLE.com' } }], truncated: false } }))).toEqual([author, more]);
    expect(authorsOf(aRelease({ commits: { count: 30, commits: [{ author: more }], authors: [author], truncated: false } }))).toEqual([author]);
  });

  it('is not known where the range was not read to its end, or a commit names nobody', () => {
    expect(authorsUnknown(aRelease())).toBe(true);
    expect(authorsUnknown(aRelease({ commits: { count: 1, commits: [{ author }], truncated: false } }))).toBe(false);
    expect(authorsUnknown(aRelease({ commits: { count: 1, commits: [{ author }], truncated: true } }))).toBe(true);
    expect(authorsUnknown(aRelease({ commits: { count: 1, commits: [{}], truncated: false } }))).toBe(true);
  });

  it('is waited for only where it can be told and a yes hangs on it', () => {
    const pushed = aRelease({ requesters: [], previous: { id: commit('b') } });
    expect(authorsAreComing(pushed)).toBe(true);
    for (const settled of [aRelease({ previous: { id: commit('b') } }), { ...pushed, commits: { count: 0, commits: [], truncated: true } }, { ...pushed, previous: { id: commit('a') } }, aRelease({ requesters: [] })]) expect(authorsAreComing(settled)).toBe(false);
  });
});

const asks = (token: string, revision: string, status: 'InProgress' | 'Succeeded' = 'InProgress') => anExecution({ 'Prod/Approve': { status, token } }, { revisions: [{ id: commit(revision), sourceAction: 'Source' }] });

describe('a question is bound to what was seen', () => {
  it.each<readonly [string, ReturnType<typeof asks> | undefined, string | undefined]>([
    ['the same', asks('token-1', 'a'), undefined],
    ['nothing', undefined, 'execution'],
    ['another execution', { ...asks('token-1', 'a'), id: 'execution-2' }, 'execution'],
    ['one that ended', { ...asks('token-1', 'a'), status: 'Stopped' }, 'execution'],
    ['an action that is not reached any more', anExecution(), 'execution'],
    ['another token', asks('token-2', 'a'), 'token'],
    ['no token', anExecution({ 'Prod/Approve': { status: 'InProgress' } }), 'token'],
    ['another revision', asks('token-1', 'b'), 'revisions'],
    ['an answer', asks('token-1', 'a', 'Succeeded'), 'answered'],
  ])('AWS shows %s', (_what, seen, changed) => {
    expect(whatChanged(anApproval(), aRelease(), seen)).toBe(changed);
  });

  it('names the newer one only while it waits behind', () => {
    const seen = { ...asks('token-1', 'a'), behind: ['execution-3', 'execution-2'] };
    expect(whatChanged(anApproval(), aRelease(), seen, 'execution-3')).toBeUndefined();
    expect(whatChanged(anApproval(), aRelease(), seen, 'execution-9')).toBe('behind');
  });

  it('of Jack’s own, to the revision of the release', () => {
    const { approvalAction: _none, ...own } = anApproval({ revisionIds: [commit('a')] });
    expect(whatChanged(own, aRelease(), undefined)).toBeUndefined();
    expect(whatChanged(own, aRelease({ revision: { id: commit('b') } }), undefined)).toBe('revisions');
  });

  it('after a change of revision or token no old approval counts, whatever was said before', () => {
    const looks = fc.array(fc.record({ token: fc.constantFrom('token-1', 'token-2', 'token-3'), revision: fc.constantFrom('a', 'b'), by: people, approves: fc.boolean() }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(looks, fc.integer({ min: 1, max: 2 }), (all, count) => {
        const app = anApp({ environments: anApp().environments.map((one) => (one.name === 'prod' ? { ...one, approval: { from: [...PEOPLE], count } } : one)) });
        let made = 0;
        let release = aRelease({ requesters: [], status: 'waiting' });
        for (const { token, revision, by, approves } of all) {
          const seen = asks(token, revision);
          release = takeInApprovals(release, seen, { app, now: T0, newId: () => `approval-${(made += 1)}` });
          const live = release.approvals.filter((request) => request.state === 'open' || request.state === 'decided');
          expect(live.length).toBeLessThan(2);
          for (const request of live) {
            expect(request.approvalAction?.token).toBe(token);
            expect(sameRevisions(request.revisionIds, [commit(revision)])).toBe(true);
          }
          for (const old of release.approvals) if (!live.includes(old)) expect(withDecision(release, old.id, { by, approves, at: T0 }).ok).toBe(false);
          const answer = live[0] && withDecision(release, live[0].id, { by, approves, at: T0 });
          if (answer?.ok) release = answer.value;
        }
      }),
      { numRuns: cases(2000) },
    );
  });
});

describe('half of the time to answer', () => {
  it('is in the middle, and nowhere without an end', () => {
    expect(halfTime({ askedAt: T0, expiresAt: T0 + 1001 })).toBe(T0 + 500);
    expect(halfTime({ askedAt: T0 })).toBeUndefined();
  });
});
