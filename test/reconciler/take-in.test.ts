import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ObservedAction, ObservedExecution } from '../../src/domain/observation.ts';
import type { Release } from '../../src/domain/release.ts';
import { takeInDeploys } from '../../src/reconciler/take-in/take-in-deploys.ts';
import { takeInExecution } from '../../src/reconciler/take-in/take-in-execution.ts';
import { aDeploy, anApp, anApproval, anExecution, anInstance, anObservedEnvironment, anOperation, aRelease, aVersionRelease, GRACE, MINUTE, T0 } from '../support/world/builders.ts';

const APP = anApp();
const FACTS = { app: APP, now: T0, newId: () => 'approval-new' };
const asks = { 'Prod/Approve': { status: 'InProgress', token: 'token-1', startedAt: T0 } } as const;
const take = (release: Release, seen: ObservedExecution): Release => takeInExecution(release, seen, FACTS);

describe('taking in an execution', () => {
  const status = fc.option(fc.constantFrom('InProgress' as const, 'Succeeded' as const, 'Failed' as const, 'Abandoned' as const), { nil: undefined });
  const action: fc.Arbitrary<Partial<ObservedAction>> = fc
    .record({ status, token: fc.option(fc.constantFrom('token-1', 'token-2'), { nil: undefined }), label: fc.option(fc.constantFrom('v2'), { nil: undefined }), updatedAt: fc.constantFrom(T0, T0 + MINUTE), startedAt: fc.constant(T0) })
    .map(({ status, token, label, ...times }) => (status ? { status, ...times, ...(token !== undefined && { token }), ...(label !== undefined && { label }) } : {}));
  const executions = fc
    .record({
      told: fc.dictionary(fc.constantFrom('Source/Source', 'Build/Build', 'Dev/Deploy', 'Prod/Approve', 'Prod/Deploy'), action),
      status: fc.constantFrom<ObservedExecution['status']>('InProgress', 'Succeeded', 'Failed', 'Stopping', 'Stopped', 'Superseded', 'Cancelled'),
      behind: fc.array(fc.constantFrom('execution-2'), { maxLength: 1 }),
    })
    .map(({ told, status, behind }) => anExecution(told, { status, behind }));
  const releases = fc.constantFrom(aRelease(), aRelease({ approvals: [anApproval()] }), aRelease({ approvals: [anApproval({ state: 'decided', verdict: 'approved', decisions: [{ by: GRACE, at: T0, approves: true }] })] }));

  it('twice changes nothing', () => {
    fc.assert(
      fc.property(releases, executions, (release, seen) => {
        const once = take(release, seen);
        expect(takeInExecution(once, seen, { ...FACTS, now: T0 + MINUTE })).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('never opens a closed approval again, and never has two open ones of the same action', () => {
    fc.assert(
      fc.property(releases, fc.array(executions, { maxLength: 5 }), (release, seen) => {
        let current = release;
        let made = 0;
        for (const one of seen) {
          const before = current;
          current = takeInExecution(current, one, { ...FACTS, newId: () => `approval-${(made += 1)}-new` });
          const reopened = before.approvals.filter((request) => request.state !== 'open' && current.approvals.some((now) => now.id === request.id && now.state === 'open'));
          expect(reopened).toEqual([]);
          expect(current.approvals.filter((request) => request.state === 'open').length).toBeLessThan(2);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('records the deploys on the way up to its own environment', () => {
    const seen = anExecution({ 'Dev/Deploy': { status: 'Succeeded', startedAt: T0, updatedAt: T0 + 9, label: 'v2' } });
    expect(take(aRelease(), seen).deploys).toMatchObject([{ environment: 'dev', status: 'verifying', operationOutcome: 'succeeded', operationEndedAt: T0 + 9, label: 'v2' }, { environment: 'prod', status: 'pending' }]);
    expect(take(aRelease({ environment: 'dev' }), seen).deploys.map((deploy) => deploy.environment)).toEqual(['dev']);
  });

  it('keeps tokens out of what the thread is made from', () => {
    const taken = take(aRelease(), anExecution(asks));
    expect(JSON.stringify(taken.stages)).not.toContain('token-1');
    expect(taken.approvals[0]?.approvalAction?.token).toBe('token-1');
  });
});

describe('an approval of CodePipeline', () => {
  it('becomes a question with the policy of the environment behind it, and one reply', () => {
    const taken = take(aRelease(), anExecution(asks));
    expect(taken.approvals).toMatchObject([{ id: 'approval-new', environment: 'prod', state: 'open', policy: { count: 1 }, askedAt: T0 }]);
    expect(taken.notes.map((note) => note.key)).toEqual(['approval:approval-new']);
  });

  it('ends when the policy says, or when AWS says, whichever is first', () => {
    const policy = { from: [GRACE], count: 1, expiresMs: MINUTE };
    const environments = APP.environments.map((environment) => (environment.name === 'prod' ? { ...environment, approval: policy } : environment));
    const ends = (expiresAt: number) => takeInExecution(aRelease(), anExecution({ 'Prod/Approve': { ...asks['Prod/Approve'], expiresAt } }), { ...FACTS, app: anApp({ environments }) }).approvals[0]?.expiresAt;
    expect([ends(T0 + 10 * MINUTE), ends(T0 + 5)]).toEqual([T0 + MINUTE, T0 + 5]);
  });

  it.each<readonly [string, Partial<ObservedAction>, object]>([
    ['approved elsewhere', { status: 'Succeeded', updatedBy: 'arn:aws:iam::1:user/olive', summary: 'fine', updatedAt: T0 + 5 }, { state: 'overtaken', verdict: 'approved', closedAt: T0 + 5, elsewhere: { who: 'arn:aws:iam::1:user/olive', summary: 'fine' } }],
    ['rejected elsewhere', { status: 'Failed', updatedBy: 'arn:aws:iam::1:user/olive' }, { state: 'overtaken', verdict: 'rejected' }],
    ['timed out', { status: 'Failed', updatedAt: T0 + 60 * MINUTE }, { state: 'expired', verdict: 'rejected' }],
    ['abandoned', { status: 'Abandoned' }, { state: 'withdrawn' }],
    ['asked again under another token', { status: 'InProgress', token: 'token-2' }, { state: 'withdrawn' }],
  ])('is closed when it was %s', (_how, action, closed) => {
    const release = aRelease({ approvals: [anApproval({ expiresAt: T0 + 60 * MINUTE })] });
    expect(take(release, anExecution({ 'Prod/Approve': action })).approvals[0]).toMatchObject(closed);
  });

  it('that ran out with one yes of two has expired, also when AWS names the pipeline’s role', () => {
    const one = anApproval({ expiresAt: T0 + 60 * MINUTE, policy: { from: [GRACE], count: 2 }, decisions: [{ by: GRACE, at: T0, approves: true }] });
    const failed = { status: 'Failed', updatedAt: T0 + 60 * MINUTE, updatedBy: 'arn:aws:iam::1:role/pipeline' } as const;
    expect(take(aRelease({ approvals: [one] }), anExecution({ 'Prod/Approve': failed })).approvals[0]).toMatchObject({ state: 'expired', verdict: 'rejected' });
    expect(take(aRelease({ approvals: [one] }), anExecution({ 'Prod/Approve': { ...failed, summary: 'no' } })).approvals[0]).toMatchObject({ state: 'overtaken' });
  });

  it('is withdrawn, and not told as a rejection, when it was stopped before our answer came', () => {
    const late = anApproval({ state: 'overtaken', verdict: 'approved' });
    expect(take(aRelease({ approvals: [late] }), anExecution({ 'Prod/Approve': { status: 'Abandoned', updatedAt: T0 + 5 } })).approvals[0]?.state).toBe('withdrawn');
  });

  it('is asked anew under a new token, as a question of its own', () => {
    const taken = take(aRelease({ approvals: [anApproval()] }), anExecution({ 'Prod/Approve': { status: 'InProgress', token: 'token-2' } }));
    expect(taken.approvals.map((request) => [request.id, request.state])).toEqual([['approval-1', 'withdrawn'], ['approval-new', 'open']]);
  });

  it('that was confirmed here stays so when AWS shows it answered', () => {
    const confirmed = anApproval({ state: 'confirmed', verdict: 'approved', closedAt: T0 });
    expect(take(aRelease({ approvals: [confirmed] }), anExecution({ 'Prod/Approve': { status: 'Succeeded' } })).approvals).toEqual([confirmed]);
  });

  it('is withdrawn when the execution ends', () => {
    expect(take(aRelease({ approvals: [anApproval()] }), anExecution({ 'Prod/Approve': { token: 'token-1' } }, { status: 'Stopped' })).approvals[0]?.state).toBe('withdrawn');
  });

  it('shows how many newer executions wait behind it', () => {
    const behind = take(aRelease({ approvals: [anApproval()] }), anExecution(asks, { behind: ['execution-3', 'execution-2'] }));
    expect(behind.approvals[0]?.newerBehind).toBe(2);
    expect(take(behind, anExecution(asks)).approvals[0]).not.toHaveProperty('newerBehind');
  });
});

const at = (minutes: number) => ({ app: APP, now: T0 + minutes * MINUTE });

describe('taking in what Beanstalk says', () => {
  const ended = anOperation({ outcome: 'succeeded', endedAt: T0 + MINUTE });
  const there = anObservedEnvironment({ label: 'v2', instances: [anInstance('i-1', 'v2'), anInstance('i-2', 'v2')] });
  const running = aVersionRelease({ deploys: [aDeploy()] });

  it('follows an operation, instance by instance', () => {
    const midway = anObservedEnvironment({ status: 'Updating', instances: [anInstance('i-1', 'v2'), anInstance('i-2', 'v2', { deployment: 'In Progress' })] });
    expect(takeInDeploys(running, { prod: { environment: midway, operation: anOperation() } }, at(0)).deploys[0]).toMatchObject({ status: 'running', instances: { updated: 1, total: 2 } });
  });

  it('verifies after the operation, and judges when the time of verify is over', () => {
    const verifying = takeInDeploys(running, { prod: { environment: there, operation: ended } }, at(1));
    expect(verifying.deploys[0]).toMatchObject({ status: 'verifying', operationOutcome: 'succeeded', operationEndedAt: T0 + MINUTE });
    expect(takeInDeploys(verifying, { prod: { environment: there, operation: ended } }, at(2)).deploys[0]).toMatchObject({ status: 'done', verdict: { outcome: 'live' }, endedAt: T0 + 2 * MINUTE });
  });

  it('twice changes nothing', () => {
    const seen = fc.record({ minutes: fc.nat({ max: 20 }), outcome: fc.constantFrom('running' as const, 'succeeded' as const, 'failed' as const), status: fc.constantFrom('Ready' as const, 'Updating' as const), second: fc.constantFrom('v1', 'v2') });
    fc.assert(
      fc.property(seen, ({ minutes, outcome, status, second }) => {
        const environment = anObservedEnvironment({ label: 'v2', status, instances: [anInstance('i-1', 'v2'), anInstance('i-2', second)] });
        const told = { prod: { environment, operation: anOperation({ outcome, ...(outcome !== 'running' && { endedAt: T0 + MINUTE }) }) } };
        const once = takeInDeploys(running, told, at(minutes));
        expect(takeInDeploys(once, told, at(minutes))).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('names the release whose deploy is there instead', () => {
    const verifying = aVersionRelease({ deploys: [aDeploy({ status: 'verifying', operationOutcome: 'succeeded', operationEndedAt: T0 })] });
    const seen = { environment: anObservedEnvironment(), operation: ended, replacedBy: { number: 413, purpose: 'rollback' as const } };
    expect(takeInDeploys(verifying, { prod: seen }, at(0)).deploys[0]?.verdict).toMatchObject({ outcome: 'live-not-verified', replaced: { by: 413, rolledBack: true } });
  });

  it('tells of an environment on the way in a reply of its own', () => {
    const passing = aRelease({ deploys: [aDeploy({ environment: 'dev', status: 'verifying', operationOutcome: 'succeeded', operationEndedAt: T0 })] });
    expect(takeInDeploys(passing, { dev: { environment: there, operation: ended } }, at(9)).notes.map((note) => note.key)).toEqual(['deploy:dev']);
  });

  it.each([
    ['failed before Beanstalk heard of it', 'failed', 1, 'failed'],
    ['succeeded with a label that cannot be found', 'succeeded', 9, 'live-not-verified'],
    ['succeeded a moment ago', 'succeeded', 1, undefined],
  ] as const)('without a label, when the action %s', (_how, operationOutcome, minutes, outcome) => {
    const { label: _unknown, ...unlabelled } = aDeploy({ status: 'verifying', operationOutcome, operationEndedAt: T0 });
    expect(takeInDeploys(aRelease({ deploys: [unlabelled] }), { prod: { environment: anObservedEnvironment() } }, at(minutes)).deploys[0]?.verdict?.outcome).toBe(outcome);
  });
});
