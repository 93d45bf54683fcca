import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { countedApprovers, verdictOf } from '../../src/domain/approvals/approval.ts';
import { barrierReason } from '../../src/domain/barriers/barriers.ts';
import { holdReason } from '../../src/domain/effect.ts';
import { nearest } from '../../src/domain/nearest.ts';
import { aheadOf, occupies, queues } from '../../src/domain/occupancy.ts';
import { isOver, withNote, withStatus, type Release, type ReleaseStatus } from '../../src/domain/release.ts';
import { aDeploy, anApproval, aRelease, aVersionRelease, ADA, GRACE, LINUS, T0 } from '../support/world/builders.ts';

const FINAL: readonly ReleaseStatus[] = ['live', 'live-not-verified', 'failed', 'mixed-versions', 'rolled-back-by-beanstalk', 'rejected', 'expired', 'superseded', 'cancelled', 'lost'];
const ALL: readonly ReleaseStatus[] = ['requested', 'waiting', 'running', 'verifying', ...FINAL];
const approvalWait = { for: 'approval', approvalId: 'approval-1' } as const;

describe('the status of a release', () => {
  it('is over for what is final and for nothing else', () => {
    expect(ALL.filter((status) => isOver({ status }))).toEqual(FINAL);
  });

  it('is never left once it is final', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FINAL), fc.constantFrom(...ALL), fc.nat(), (status, next, now) => {
        const release = aRelease({ status });
        expect(withStatus(release, next, now)).toBe(release);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its first time in a repeat, so that reconciling settles', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.constantFrom(...ALL), fc.nat(), fc.nat(), (status, next, now, later) => {
        const once = withStatus(aRelease({ status }), next, now, approvalWait);
        expect(withStatus(once, next, later, approvalWait)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('names what is waited for only while it waits', () => {
    const waits = withStatus(aRelease(), 'waiting', T0 + 1, approvalWait);
    expect(waits).toMatchObject({ status: 'waiting', statusAt: T0 + 1, waiting: approvalWait });
    expect(withStatus(waits, 'running', T0 + 2, approvalWait)).not.toHaveProperty('waiting');
  });

  it('keeps the time it began to wait when what it waits for changes', () => {
    const waits = withStatus(aRelease(), 'waiting', T0 + 1, approvalWait);
    expect(withStatus(waits, 'waiting', T0 + 9, { for: 'stage', stage: 'Prod' })).toMatchObject({ statusAt: T0 + 1, waiting: { for: 'stage' } });
  });
});

describe('a note', () => {
  it('is taken once, with the time of the first', () => {
    const once = withNote(aRelease(), 'outcome', T0, { kind: 'outcome' });
    expect(withNote(once, 'outcome', T0 + 1, { kind: 'cancel-asked', by: ADA })).toBe(once);
    expect(withNote(once, 'cancel', T0 + 1, { kind: 'cancel-asked', by: ADA }).notes.map((note) => note.key)).toEqual(['outcome', 'cancel']);
  });
});

const LOCK = { id: '00000000-0000-4000-8000-00000000beef', kind: 'lock' } as const;
const atTransition = (reason: string) => ({ for: 'transition', stage: 'Prod', reason }) as const;
const onTheWay = (changes: Parameters<typeof anApproval>[0]) => anApproval({ id: 'on-the-way', environment: 'dev', verdict: 'approved', ...changes });

describe('an environment', () => {
  const confirmed = anApproval({ state: 'confirmed', verdict: 'approved' });
  it.each<readonly [string, Partial<Release>, boolean]>([
    ['is free of a release that waits for approval', { status: 'waiting', approvals: [anApproval()], deploys: [aDeploy({ status: 'pending' })] }, false],
    ['is taken by a deploy that runs', { deploys: [aDeploy()] }, true],
    ['is taken by a deploy that is being verified', { deploys: [aDeploy({ status: 'verifying' })] }, true],
    ['is free after the truth check', { deploys: [aDeploy({ status: 'done' })] }, false],
    ['is taken from the written decision to update on', { intent: { effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v2' }, t0: T0 } }, true],
    ['is taken between a yes that AWS took and the deploy', { approvals: [confirmed], deploys: [aDeploy({ status: 'pending' })] }, true],
    ['is free of what a lock holds at a transition after the yes', { status: 'waiting', waiting: atTransition(barrierReason(LOCK, 'prod')), approvals: [confirmed], deploys: [aDeploy({ status: 'pending' })] }, false],
    ['is free of a yes that has still to be told', { approvals: [anApproval({ state: 'decided', verdict: 'approved' })], deploys: [aDeploy({ status: 'pending' })] }, false],
    ['is free after a no', { approvals: [anApproval({ state: 'confirmed', verdict: 'rejected' })], deploys: [aDeploy({ status: 'pending' })] }, false],
    ['is free of what is over', { status: 'cancelled', deploys: [aDeploy()] }, false],
    ['is free of a deploy to another one', { deploys: [aDeploy({ environment: 'dev' })] }, false],
  ])('%s', (_what, changes, taken) => {
    expect(occupies(aRelease(changes), 'prod')).toBe(taken);
  });

  it('is taken by a release that only passes it', () => {
    expect(occupies(aRelease({ deploys: [aDeploy({ environment: 'dev' })] }), 'dev')).toBe(true);
  });

  it.each<readonly [string, Partial<Release>, 'dev' | 'prod']>([
    ['whose approval is being answered', { approvals: [confirmed, onTheWay({ state: 'decided' })], intent: { effect: { kind: 'answer-approval', approvalId: 'on-the-way', pipeline: 'shop-pipeline', stage: 'Dev', action: 'Approve', token: 't', approved: true, summary: '' }, t0: T0 } }, 'dev'],
    ['whose approval AWS took', { approvals: [onTheWay({ state: 'confirmed' })], deploys: [aDeploy({ environment: 'dev', status: 'pending' }), aDeploy({ status: 'pending' })] }, 'dev'],
    ['that it updates itself, whatever was answered before', { approvals: [onTheWay({ state: 'confirmed' })], intent: { effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v2' }, t0: T0 } }, 'prod'],
  ])('is entered by a release: the one %s', (_what, changes, entered) => {
    expect((['dev', 'prod'] as const).filter((environment) => occupies(aRelease(changes), environment))).toEqual([entered]);
  });

  it('has in its queue who waits there to be let in on the way, and nobody on the way to another one', () => {
    const me = aRelease({ status: 'waiting', waiting: { for: 'queue', behind: 1, place: 1, environment: 'dev' }, approvals: [onTheWay({ state: 'decided' })] });
    expect([queues(me, 'dev'), queues(me, 'prod')]).toEqual([true, false]);
    const inDev = aVersionRelease({ id: 'in-dev', number: 9, environment: 'dev', deploys: [aDeploy({ environment: 'dev' })] });
    const inProd = aVersionRelease({ id: 'in-prod', number: 8, deploys: [aDeploy()] });
    expect(aheadOf(me, [me, inDev, inProd], 0).map(({ id }) => id)).toEqual(['in-dev']);
  });

  it.each<readonly [string, Partial<Release>, { readonly open: boolean; readonly shut: boolean }]>([
    ['who was let in, outside Slack too', { approvals: [anApproval({ state: 'overtaken', verdict: 'approved' })] }, { open: true, shut: true }],
    ['nobody whom somebody rejected outside Slack', { approvals: [anApproval({ state: 'overtaken', verdict: 'rejected' })] }, { open: false, shut: false }],
    ['who was let in and waits at a transition, but for while the lock that holds it is in force', { status: 'waiting', waiting: atTransition(barrierReason(LOCK, 'prod')), approvals: [confirmed] }, { open: true, shut: false }],
    ['who waits at a transition that another release holds', { status: 'waiting', waiting: atTransition(holdReason(aVersionRelease(), 'shop-prod')), approvals: [confirmed] }, { open: true, shut: true }],
    ['who waits at a transition that somebody closed in Jack’s words', { status: 'waiting', waiting: { ...atTransition(barrierReason(LOCK, 'prod')), foreign: true }, approvals: [confirmed] }, { open: true, shut: true }],
  ])('lets pass first %s', (_what, changes, isAhead) => {
    const other = aRelease({ id: 'other', number: 20, deploys: [aDeploy({ status: 'pending' })], ...changes });
    const me = aVersionRelease({ id: 'me', number: 10 });
    const ahead = (isShut: boolean) => aheadOf(me, [me, other], 0, isShut).length > 0;
    expect({ open: ahead(false), shut: ahead(true) }).toEqual(isAhead);
  });

  it('lets those pass first that are inside, and those that queued earlier', () => {
    const queued = { status: 'waiting', waiting: { for: 'queue', behind: 1, place: 1 } } as const;
    const inside = aRelease({ id: 'inside', number: 9, deploys: [aDeploy()] });
    const earlier = aVersionRelease({ id: 'earlier', number: 2, ...queued });
    const later = aVersionRelease({ id: 'later', number: 20, ...queued });
    const elsewhere = aRelease({ id: 'elsewhere', number: 1, app: 'blog', deploys: [aDeploy()] });
    const me = aVersionRelease({ id: 'me', number: 10, ...queued });
    expect(queues(me, 'prod')).toBe(true);
    expect(queues(aRelease({ status: 'waiting', waiting: approvalWait }), 'prod')).toBe(false);
    expect(aheadOf(me, [later, inside, elsewhere, me, earlier], 0).map((release) => release.id)).toEqual(['earlier', 'inside']);
  });
});

const yes = (by: string) => ({ by, at: T0, approves: true });
const no = (by: string) => ({ by, at: T0, approves: false });

describe('approvals', () => {
  it.each([
    ['nobody has spoken', 1, [], undefined],
    ['one of one', 1, [yes(GRACE)], 'approved'],
    ['one of two', 2, [yes(GRACE)], undefined],
    ['the same person twice', 2, [yes(GRACE), yes(GRACE)], undefined],
    ['two of two', 2, [yes(GRACE), yes(LINUS)], 'approved'],
    ['one no ends it', 2, [yes(GRACE), no(LINUS)], 'rejected'],
    ['who asks does not count', 1, [yes(ADA)], undefined],
    ['who asks may say no', 1, [no(ADA)], 'rejected'],
  ])('come to a verdict: %s', (_what, count, decisions, verdict) => {
    expect(verdictOf({ policy: { from: [], count }, decisions }, { requesters: [ADA], authors: [] })).toBe(verdict);
  });

  it('come to nothing without a policy', () => {
    expect(verdictOf({ decisions: [yes(GRACE), yes(LINUS)] }, { requesters: [], authors: [] })).toBeUndefined();
  });

  it('never count who asks, nor anybody twice', () => {
    const people = fc.constantFrom<string>(ADA, GRACE, LINUS);
    fc.assert(
      fc.property(fc.array(people), fc.array(people), fc.integer({ min: 1, max: 4 }), (approvers, requesters, count) => {
        const counted = countedApprovers({ decisions: approvers.map(yes) }, { requesters });
        expect(new Set(counted).size).toBe(counted.length);
        expect(counted.filter((one) => requesters.includes(one))).toEqual([]);
        expect(verdictOf({ policy: { from: [], count }, decisions: approvers.map(yes) }, { requesters, authors: [] }) === 'approved').toBe(counted.length >= count);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the nearest word', () => {
  it.each([
    ['prd', 'prod'],
    ['production', undefined],
    ['pro', 'prod'],
    ['DEV', 'dev'],
    ['xyz', undefined],
  ])('to “%s” is %s', (asked, found) => {
    expect(nearest(asked, ['dev', 'prod'])).toBe(found);
  });

  it('is nothing when nothing is known', () => {
    expect(nearest('prod', [])).toBeUndefined();
  });
});
