import { describe, expect, it } from '@jest/globals';
import type { Release } from '../../src/domain/release.ts';
import { holderOf, type TransitionHold } from '../../src/domain/effect.ts';
import { planRelease } from '../../src/reconciler/plan/plan.ts';
import type { Plan, PlanFacts } from '../../src/reconciler/plan/plan-facts.ts';
import { takeInResult } from '../../src/reconciler/take-in/take-in-result.ts';
import { aDeploy, ADA, anApp, anApproval, commit, anObservedEnvironment, anOpenApp, anOperation, aRelease, aVersionRelease, GRACE, MINUTE, T0 } from '../support/world/builders.ts';

const NOW = T0 + MINUTE;
const ready = anObservedEnvironment();
const busy = anObservedEnvironment({ status: 'Updating', abortable: true });
const held: TransitionHold = { pipeline: 'shop-pipeline', stage: 'Prod', state: 'held', reason: 'ours' };
const holding = aVersionRelease({ holds: [held] });

function plan(release: Release, facts: Partial<PlanFacts> = {}): Plan {
  return planRelease(release, { app: anOpenApp(), now: NOW, ahead: [], door: {}, newId: () => 'approval-new', seen: ready, ...facts });
}

describe('a release of a version', () => {
  it('holds the transition first, under a name by which Jack knows it again', () => {
    const release = aVersionRelease();
    const effect = plan(release).effect?.effect;
    expect(effect).toMatchObject({ kind: 'hold-transition', stage: 'Prod', reason: expect.stringContaining(release.id) });
    expect(effect?.kind === 'hold-transition' && holderOf(effect.reason)).toBe(412);
    expect(holderOf('release freeze')).toBeUndefined();
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
    expect(plan({ ...holding, holds: [{ ...held, state: 'foreign' }] }, facts)).toEqual({ release: expect.objectContaining({ status: 'waiting', waiting }) });
  });

  it('holds nothing against what it queues behind, and keeps its hold once it is its turn', () => {
    const ahead = [aRelease({ number: 7 })];
    expect(plan(aVersionRelease(), { ahead }).effect).toBeUndefined();
    expect(plan(holding, { ahead })).toMatchObject({ release: { waiting: { for: 'queue' } }, effect: { effect: { kind: 'free-transition', reason: 'ours' } } });
    expect(plan({ ...holding, holds: [{ ...held, state: 'freed' }] }).effect?.effect.kind).toBe('hold-transition');
    expect(plan(holding, { seen: busy }).effect).toBeUndefined();
  });

  it('holds nothing while others have to be asked than those who let it go on', () => {
    const { approvalAction: _jacksOwn, ...given } = anApproval({ policy: { from: [ADA], count: 1 }, revisionIds: [commit('b'), 'v2'], state: 'confirmed', verdict: 'approved', decisions: [{ by: ADA, at: T0, approves: true }] });
    const others = anApp({ environments: [{ name: 'prod', beanstalkEnvironment: 'shop-prod', verifyMs: 0, loudness: 'all', approval: { from: [GRACE], count: 1 } }] });
    const asked = plan({ ...holding, requesters: [], approvals: [given] }, { app: others });
    expect(asked).toMatchObject({ release: { waiting: { for: 'approval', approvalId: 'approval-new' } }, effect: { effect: { kind: 'free-transition', reason: 'ours' } } });
    expect(asked.release.approvals).toMatchObject([{ state: 'withdrawn', withdrawn: 'policy' }, { state: 'open', policy: { from: [GRACE] } }]);
  });

  it('ends when its environment is in the configuration no more, and frees what it holds first', () => {
    const app = anApp({ environments: [] });
    expect(plan(aVersionRelease(), { app }).release.status).toBe('failed');
    expect(plan(holding, { app })).toMatchObject({ release: { status: 'requested', ending: { status: 'failed' } }, effect: { effect: { kind: 'free-transition' } } });
  });

  it('keeps to the end that was decided on, whatever is seen or wished meanwhile', () => {
    const ending = { status: 'failed', outcome: 'Beanstalk did not take it: no' } as const;
    expect(plan({ ...holding, ending }).effect?.effect.kind).toBe('free-transition');
    const over = plan({ ...holding, holds: [{ ...held, state: 'stuck' }], ending, cancel: { by: ADA, at: T0 } }).release;
    expect(over).toMatchObject(ending);
    expect(over).not.toHaveProperty('ending');
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

  it('holds and frees in the name of who asked, and of who cancelled where that is how it ends', () => {
    const cancel = { by: GRACE, at: T0 };
    expect(plan(aVersionRelease()).effect).toMatchObject({ effect: { kind: 'hold-transition' }, by: ADA });
    expect(plan(holding, { ahead: [aRelease({ number: 7 })] }).effect).toMatchObject({ effect: { kind: 'free-transition' }, by: ADA });
    expect(plan({ ...holding, cancel }).effect).toMatchObject({ effect: { kind: 'free-transition' }, by: GRACE });
    expect(plan({ ...holding, cancel, ending: { status: 'cancelled' } }).effect).toMatchObject({ effect: { kind: 'free-transition' }, by: GRACE });
    expect(plan({ ...holding, cancel, ending: { status: 'live' } }).effect).toMatchObject({ effect: { kind: 'free-transition' }, by: ADA });
  });

  it('aborts what is in flight when it is cancelled, once', () => {
    const cancelled = aVersionRelease({ deploys: [aDeploy()], cancel: { by: ADA, at: T0 } });
    expect(plan(cancelled, { seen: busy }).effect).toEqual({ effect: { kind: 'abort-update', beanstalkEnvironment: 'shop-prod', requestId: 'request-1' }, by: ADA });
    expect(plan({ ...cancelled, cancel: { by: ADA, at: T0, abortAsked: true } }, { seen: busy }).effect).toBeUndefined();
  });
});

const own = (changes: Parameters<typeof anApproval>[0]) => {
  const { approvalAction: _none, ...request } = anApproval({ revisionIds: [commit('b'), 'v2'], ...changes });
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

  it('is asked again when who gave it has come to ask for the release, and frees what it holds', () => {
    const given = own({ state: 'confirmed', verdict: 'approved', closedAt: T0, decisions: [{ by: GRACE, at: T0, approves: true }] });
    const joined = { ...given, holds: [held], requesters: [...given.requesters, { user: GRACE, at: NOW }] };
    const again = plan(joined, asking);
    expect(again.release).toMatchObject({ status: 'waiting', waiting: { for: 'approval' }, approvals: [{ state: 'open' }] });
    expect(again.release.approvals[0]).not.toHaveProperty('verdict');
    expect(again.effect?.effect.kind).toBe('free-transition');
    expect(plan({ ...given, holds: [held] }, asking).release.approvals[0]?.state).toBe('confirmed');
  });

  it('is not asked for a rollback', () => {
    expect(plan(aVersionRelease({ purpose: 'rollback' }), asking).effect?.effect.kind).toBe('hold-transition');
  });
});

describe('a rollback', () => {
  const rollback = aVersionRelease({ purpose: 'rollback' });
  const operation = anOperation({ label: 'v9' });

  it('aborts the deployment in flight first, once', () => {
    const inside = aRelease({ number: 7, deploys: [aDeploy()] });
    const aborts = plan(rollback, { seen: busy, operation, ahead: [inside] });
    expect(aborts).toMatchObject({ release: { abortedFirst: { state: 'asked', requestId: 'request-1', label: 'v9', release: 7 } }, effect: { effect: { kind: 'abort-update', beanstalkEnvironment: 'shop-prod', requestId: 'request-1' } } });
    expect(plan(aborts.release, { seen: busy, operation, ahead: [inside] })).toEqual(aborts);
    for (const state of ['done', 'overtaken', 'refused'] as const) expect(plan({ ...rollback, abortedFirst: { state } }, { seen: busy, operation }).effect?.effect.kind).toBe('hold-transition');
  });

  it('does not abort another deployment than the one that it had decided to abort', () => {
    const decided = plan(rollback, { seen: busy, operation }).release;
    expect(plan(decided, { seen: busy, operation: { ...operation, requestId: 'of-a-colleague' } }).effect?.effect.kind).toBe('hold-transition');
  });

  it('says what it aborted when it is cancelled after that', () => {
    const cancelled = { ...rollback, cancel: { by: ADA, at: T0 } };
    expect(plan({ ...cancelled, abortedFirst: { state: 'done', label: 'v9', release: 7 } }).release.outcome).toBe('It had aborted the deployment of #7 that was in flight, and put nothing in its place.');
    expect(plan({ ...cancelled, abortedFirst: { state: 'done', label: 'v9' } }).release.outcome).toContain('of version v9');
    expect(plan({ ...cancelled, abortedFirst: { state: 'refused' } }).release.outcome).toBe('Nothing had been started.');
  });

  it('does not abort another rollback', () => {
    expect(plan(rollback, { seen: busy, operation, ahead: [aRelease({ number: 7, purpose: 'rollback', deploys: [aDeploy()] })] })).toEqual({ release: expect.objectContaining({ waiting: { for: 'queue', behind: 7, place: 1 } }) });
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
  const undoing = aVersionRelease({ purpose: 'rollback', abortedFirst: { state: 'asked', label: 'v9' } });

  it.each<readonly [string, Release, Parameters<typeof takeInResult>[1], Parameters<typeof takeInResult>[2], object]>([
    ['a start', aRelease({ route: { kind: 'pipeline', pipeline: 'shop-pipeline' } }), start, { kind: 'started', executionId: 'e-1' }, { status: 'running', route: { executionId: 'e-1' } }],
    ['a refused start', aRelease(), start, { kind: 'refused', text: 'no such pipeline' }, { ending: { status: 'failed', outcome: 'CodePipeline did not start it: no such pipeline', failure: { refused: true } } }],
    ['an answer', aRelease({ approvals: [anApproval()] }), answer, { kind: 'done' }, { approvals: [{ state: 'confirmed', closedAt: NOW }] }],
    ['an answer that came late', aRelease({ approvals: [anApproval()] }), answer, { kind: 'overtaken', text: '' }, { approvals: [{ state: 'overtaken' }] }],
    ['an update', aVersionRelease({ previous: { label: 'v1' } }), update, { kind: 'updating', requestId: 'r-1', at: NOW }, { status: 'running', deploys: [{ environment: 'prod', status: 'running', label: 'v2', previousLabel: 'v1', requestId: 'r-1', startedAt: NOW }] }],
    ['a refused update', aVersionRelease(), update, { kind: 'refused', text: 'No Application Version named v2' }, { ending: { status: 'failed', failure: { cause: 'Beanstalk did not take it: No Application Version named v2' } } }],
    ['an abort that was wished', cancelled, abort, { kind: 'done' }, { cancel: { abortAsked: true } }],
    ['a refused abort of a version', aVersionRelease({ cancel: { by: ADA, at: T0 } }), abort, { kind: 'refused', text: 'no' }, { notes: [{ what: { what: 'abort', text: 'no' } }] }],
    ['a refused abort in a pipeline', cancelled, abort, { kind: 'refused', text: 'no' }, { cancel: { abortAsked: false }, notes: [{ what: { what: 'abort' } }] }],
    ['an abort before a rollback', undoing, abort, { kind: 'done' }, { abortedFirst: { state: 'done', label: 'v9' }, notes: [] }],
    ['an abort before a rollback that came late', undoing, abort, { kind: 'overtaken', text: '' }, { abortedFirst: { state: 'overtaken' }, notes: [] }],
    ['a refused abort before a rollback', undoing, abort, { kind: 'refused', text: 'no' }, { abortedFirst: { state: 'refused' }, notes: [{ what: { what: 'abort-first', text: 'no' } }] }],
    ['a stop', cancelled, stop, { kind: 'done' }, { cancel: { askedAws: true } }],
    ['a stop that came late', cancelled, stop, { kind: 'overtaken', text: '' }, { cancel: { askedAws: false } }],
    ['a hold', aVersionRelease(), { effect: { kind: 'hold-transition', ...transition }, t0: T0 }, { kind: 'done' }, { holds: [{ state: 'held' }] }],
    ['a hold where another holds', aVersionRelease(), { effect: { kind: 'hold-transition', ...transition }, t0: T0 }, { kind: 'overtaken', text: '' }, { holds: [{ state: 'foreign' }] }],
    ['a refused stop', cancelled, stop, { kind: 'refused', text: 'no' }, { notes: [{ what: { what: 'cancel' } }] }],
    ['a refused stop of Jack’s own', aRelease({ cancel: { by: 'jack', at: T0 } }), stop, { kind: 'refused', text: 'no' }, { cancel: { by: 'jack', refused: true }, notes: [{ what: { what: 'cancel' } }] }],
    ['a refused hold', aVersionRelease(), { effect: { kind: 'hold-transition', ...transition }, t0: T0 }, { kind: 'refused', text: 'no' }, { holds: [{ state: 'refused' }], notes: [{ what: { what: 'hold', text: 'no', transition: { stage: 'Prod' } } }] }],
    ['a refused free', holding, { effect: { kind: 'free-transition', ...transition }, t0: T0 }, { kind: 'refused', text: 'no' }, { holds: [{ state: 'stuck' }], notes: [{ what: { what: 'free', text: 'no', transition: { stage: 'Prod' } } }] }],
    ['a free', holding, { effect: { kind: 'free-transition', ...transition }, t0: T0 }, { kind: 'done' }, { holds: [{ state: 'freed' }] }],
  ])('to %s is recorded, and closes the intent', (_what, release, intent, result, recorded) => {
    const after = takeInResult({ ...release, intent }, intent, result, NOW);
    expect(after).toMatchObject(recorded);
    expect(after).not.toHaveProperty('intent');
  });

  it('as no to a stop, or to the abort of a version, ends the wish, so that it can be had again', () => {
    const no = { kind: 'refused', text: 'no' } as const;
    expect(takeInResult({ ...cancelled, intent: stop }, stop, no, NOW)).not.toHaveProperty('cancel');
    expect(takeInResult({ ...aVersionRelease({ cancel: { by: ADA, at: T0 } }), intent: abort }, abort, no, NOW)).not.toHaveProperty('cancel');
  });

  it('as busy leaves everything as it was, so that the plan decides again', () => {
    expect(takeInResult({ ...holding, intent: update }, update, { kind: 'busy', text: 'Must be Ready' }, NOW)).toEqual(holding);
  });
});
