import { describe, expect, it } from '@jest/globals';
import type { Release, TransitionHold } from '../../src/domain/release.ts';
import { planRelease } from '../../src/reconciler/plan/plan.ts';
import type { Plan, PlanFacts } from '../../src/reconciler/plan/plan-facts.ts';
import { takeInResult } from '../../src/reconciler/take-in/take-in-result.ts';
import { aDeploy, ADA, anApp, anApproval, anObservedEnvironment, anOpenApp, anOperation, aRelease, aVersionRelease, GRACE, MINUTE, T0 } from '../support/world/builders.ts';

const NOW = T0 + MINUTE;
const ready = anObservedEnvironment();
const busy = anObservedEnvironment({ status: 'Updating', abortable: true });
const held: TransitionHold = { pipeline: 'shop-pipeline', stage: 'Prod', state: 'held', reason: 'ours' };
const holding = aVersionRelease({ holds: [held] });

function plan(release: Release, facts: Partial<PlanFacts> = {}): Plan {
  return planRelease(release, { app: anOpenApp(), now: NOW, ahead: [], newId: () => 'approval-new', seen: ready, ...facts });
}

describe('a release of a version', () => {
  it('holds the transition first, under a name by which Jack knows it again', () => {
    const release = aVersionRelease();
    expect(plan(release).effect?.effect).toMatchObject({ kind: 'hold-transition', stage: 'Prod', reason: expect.stringContaining(release.id) });
  });

  it('holds nothing in front of the first stage', () => {
    const [pipeline] = anApp().pipelines;
    const app = { ...anOpenApp(), pipelines: pipeline ? [{ ...pipeline, stages: pipeline.stages.slice(3) }] : [] };
    expect(plan(aVersionRelease(), { app }).effect?.effect).toMatchObject({ kind: 'update-environment' });
  });

  it('updates the environment in the name of who asked', () => {
    expect(plan(holding).effect).toEqual({ effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v2' }, by: ADA });
  });

  it.each<readonly [string, Partial<PlanFacts>, object]>([
    ['another release is inside', { ahead: [aRelease({ number: 7 })] }, { for: 'queue', behind: 7, place: 1 }],
    ['Beanstalk is busy', { seen: busy }, { for: 'environment', status: 'Updating' }],
  ])('waits while %s', (_what, facts, waiting) => {
    expect(plan(holding, facts)).toEqual({ release: expect.objectContaining({ status: 'waiting', waiting }) });
  });

  it('ends when its environment is in the configuration no more', () => {
    expect(plan(aVersionRelease(), { app: anApp({ environments: [] }) }).release.status).toBe('failed');
  });

  it('follows what it began', () => {
    expect(plan(aVersionRelease({ deploys: [aDeploy()] })).release.status).toBe('running');
    expect(plan(aVersionRelease({ deploys: [aDeploy({ status: 'verifying' })] })).release.status).toBe('verifying');
  });

  it('frees what it holds before it ends', () => {
    const deploys = [aDeploy({ status: 'done', verdict: { outcome: 'live', because: 'seen' } })];
    const first = plan({ ...holding, deploys });
    expect(first).toMatchObject({ release: { status: 'requested' }, effect: { effect: { kind: 'free-transition', stage: 'Prod', reason: 'ours' } } });
    expect(plan({ ...holding, holds: [{ ...held, state: 'freed' }], deploys })).toEqual({ release: expect.objectContaining({ status: 'live' }) });
    expect(plan({ ...holding, holds: [{ ...held, state: 'foreign' }], deploys })).toEqual({ release: expect.objectContaining({ status: 'live' }) });
  });

  it('frees what it holds when it is cancelled before it went in', () => {
    expect(plan({ ...holding, cancel: { by: ADA, at: T0 } }).effect?.effect.kind).toBe('free-transition');
    expect(plan({ ...aVersionRelease(), cancel: { by: ADA, at: T0 } }).release.status).toBe('cancelled');
  });

  it('aborts what is in flight when it is cancelled, once', () => {
    const cancelled = aVersionRelease({ deploys: [aDeploy()], cancel: { by: ADA, at: T0 } });
    expect(plan(cancelled, { seen: busy }).effect).toEqual({ effect: { kind: 'abort-update', beanstalkEnvironment: 'shop-prod' }, by: ADA });
    expect(plan({ ...cancelled, cancel: { by: ADA, at: T0, abortAsked: true } }, { seen: busy }).effect).toBeUndefined();
  });
});

const own = (changes: Parameters<typeof anApproval>[0]) => {
  const { approvalAction: _none, ...request } = anApproval(changes);
  return aVersionRelease({ approvals: [request] });
};

describe('the approval that Jack asks for himself', () => {
  const asking = { app: anApp() };
  it('is asked before anything else, and nothing is held meanwhile', () => {
    const asked = plan(aVersionRelease(), asking);
    expect(asked).toEqual({ release: expect.objectContaining({ status: 'waiting', waiting: { for: 'approval', approvalId: 'approval-new' } }) });
    expect(asked.release.notes.map((note) => note.key)).toEqual(['approval:approval-new']);
    expect(plan(asked.release, asking)).toEqual({ release: asked.release });
  });

  it('opens the way once it is given', () => {
    const given = plan(own({ state: 'decided', verdict: 'approved', decisions: [{ by: GRACE, at: T0, approves: true }] }), asking);
    expect(given.release.approvals[0]?.state).toBe('confirmed');
    expect(given.effect?.effect.kind).toBe('hold-transition');
  });

  it('ends the release when it is refused, with the reason', () => {
    const refused = own({ state: 'decided', verdict: 'rejected', decisions: [{ by: GRACE, at: T0, approves: false, comment: 'no' }] });
    expect(plan(refused, asking)).toEqual({ release: expect.objectContaining({ status: 'rejected', outcome: 'no' }) });
  });

  it('ends the release when nobody answers in time', () => {
    expect(plan(own({ expiresAt: NOW }), asking).release).toMatchObject({ status: 'expired', approvals: [{ state: 'expired' }] });
    expect(plan(own({ expiresAt: NOW + 1 }), asking).release.status).toBe('waiting');
  });

  it('is not asked for a rollback', () => {
    expect(plan(aVersionRelease({ purpose: 'rollback' }), asking).effect?.effect.kind).toBe('hold-transition');
  });
});

describe('a rollback', () => {
  const rollback = aVersionRelease({ purpose: 'rollback' });
  const operation = anOperation({ label: 'v9' });

  it('aborts the deployment in flight first, once', () => {
    expect(plan(rollback, { seen: busy, operation }).effect?.effect).toEqual({ kind: 'abort-update', beanstalkEnvironment: 'shop-prod' });
    expect(plan({ ...rollback, abortedFirst: true }, { seen: busy, operation }).effect?.effect.kind).toBe('hold-transition');
  });

  it('waits for what is no deployment', () => {
    expect(plan({ ...rollback, holds: [held] }, { seen: busy, operation: anOperation({ kind: 'other' }) }).release.waiting).toEqual({ for: 'environment', status: 'Updating' });
  });

  it('does not wait in the queue for what it undoes', () => {
    expect(plan({ ...rollback, holds: [held] }, { ahead: [aRelease({ number: 7 })] }).effect?.effect.kind).toBe('update-environment');
  });

  it('is the only one that aborts', () => {
    expect(plan(holding, { seen: busy, operation }).effect).toBeUndefined();
  });
});

describe('what AWS answers', () => {
  const start = { effect: { kind: 'start-execution', pipeline: 'shop-pipeline' }, t0: T0 } as const;
  const answer = { effect: { kind: 'answer-approval', approvalId: 'approval-1', pipeline: 'p', stage: 's', action: 'a', token: 't', approved: true, summary: '' }, t0: T0 } as const;
  const update = { effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v2' }, t0: T0 } as const;
  const abort = { effect: { kind: 'abort-update', beanstalkEnvironment: 'shop-prod' }, t0: T0 } as const;
  const stop = { effect: { kind: 'stop-execution', pipeline: 'p', executionId: 'e', abandon: true, reason: '' }, t0: T0 } as const;
  const transition = { pipeline: 'shop-pipeline', stage: 'Prod', reason: 'ours' };
  const cancelled = aRelease({ cancel: { by: ADA, at: T0 } });

  it.each<readonly [string, Release, Parameters<typeof takeInResult>[1], Parameters<typeof takeInResult>[2], object]>([
    ['a start', aRelease({ route: { kind: 'pipeline', pipeline: 'shop-pipeline' } }), start, { kind: 'started', executionId: 'e-1' }, { status: 'running', route: { executionId: 'e-1' } }],
    ['a refused start', aRelease(), start, { kind: 'refused', text: 'no such pipeline' }, { status: 'failed', outcome: 'CodePipeline did not start it: no such pipeline' }],
    ['an answer', aRelease({ approvals: [anApproval()] }), answer, { kind: 'done' }, { approvals: [{ state: 'confirmed', closedAt: NOW }] }],
    ['an answer that came late', aRelease({ approvals: [anApproval()] }), answer, { kind: 'overtaken', text: '' }, { approvals: [{ state: 'overtaken' }] }],
    ['an update', aVersionRelease({ previous: { label: 'v1' } }), update, { kind: 'updating', requestId: 'r-1', at: NOW }, { status: 'running', deploys: [{ environment: 'prod', status: 'running', label: 'v2', previousLabel: 'v1', requestId: 'r-1', startedAt: NOW }] }],
    ['a refused update', aVersionRelease(), update, { kind: 'refused', text: 'No Application Version named v2' }, { status: 'failed', outcome: expect.stringContaining('No Application Version') }],
    ['an abort that was wished', cancelled, abort, { kind: 'done' }, { cancel: { abortAsked: true } }],
    ['an abort before a rollback', aVersionRelease(), abort, { kind: 'done' }, { abortedFirst: true }],
    ['a stop', cancelled, stop, { kind: 'done' }, { cancel: { askedAws: true } }],
    ['a stop that came late', cancelled, stop, { kind: 'overtaken', text: '' }, { cancel: { askedAws: false } }],
    ['a hold', aVersionRelease(), { effect: { kind: 'hold-transition', ...transition }, t0: T0 }, { kind: 'done' }, { holds: [{ state: 'held' }] }],
    ['a hold where another holds', aVersionRelease(), { effect: { kind: 'hold-transition', ...transition }, t0: T0 }, { kind: 'overtaken', text: '' }, { holds: [{ state: 'foreign' }] }],
    ['a free', holding, { effect: { kind: 'free-transition', ...transition }, t0: T0 }, { kind: 'done' }, { holds: [{ state: 'freed' }] }],
  ])('to %s is recorded, and closes the intent', (_what, release, intent, result, recorded) => {
    const after = takeInResult({ ...release, intent }, intent, result, NOW);
    expect(after).toMatchObject(recorded);
    expect(after).not.toHaveProperty('intent');
  });

  it('as busy leaves everything as it was, so that the plan decides again', () => {
    expect(takeInResult({ ...holding, intent: update }, update, { kind: 'busy', text: 'Must be Ready' }, NOW)).toEqual(holding);
  });
});
