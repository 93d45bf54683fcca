import { describe, expect, it } from '@jest/globals';
import type { ObservedExecution } from '../../src/domain/observation.ts';
import type { Release } from '../../src/domain/release.ts';
import { planRelease } from '../../src/reconciler/plan/plan.ts';
import type { Plan, PlanFacts } from '../../src/reconciler/plan/plan-facts.ts';
import { aDeploy, ADA, anApp, anApproval, anExecution, anObservedEnvironment, anOpenApp, anOperation, aRelease, aVersionRelease, commit, GRACE, LEADS, MINUTE, T0 } from '../support/world/builders.ts';

const NOW = T0 + MINUTE;
const yes = { by: GRACE, at: T0, approves: true };
const decided = anApproval({ state: 'decided', verdict: 'approved', decisions: [yes] });
const ready = anObservedEnvironment();
const busy = anObservedEnvironment({ status: 'Updating', abortable: true });

function plan(release: Release, facts: Partial<PlanFacts> = {}): Plan {
  return planRelease(release, { app: anApp(), now: NOW, ahead: [], door: {}, newId: () => 'approval-new', ...facts });
}
const effectOf = (release: Release, facts: Partial<PlanFacts> = {}) => plan(release, facts).effect?.effect;
const after = (release: Release, facts: Partial<PlanFacts> = {}): Release => plan(release, facts).release;
const seen = (told = {}, changes: Partial<ObservedExecution> = {}) => ({ execution: anExecution(told, changes) });

describe('a release through the pipeline', () => {
  const unstarted = aRelease({ route: { kind: 'pipeline', pipeline: 'shop-pipeline' } });

  it('is started in the name of who asked', () => {
    expect(plan(unstarted).effect).toEqual({ effect: { kind: 'start-execution', pipeline: 'shop-pipeline' }, by: ADA });
  });

  it('is started with the commit that was asked for', () => {
    const override = { sourceAction: 'Source', commit: commit('c') };
    expect(effectOf(aRelease({ route: { kind: 'pipeline', pipeline: 'shop-pipeline', override } }))).toMatchObject({ override });
  });

  it('is not started after all when it was cancelled first', () => {
    expect(plan({ ...unstarted, cancel: { by: ADA, at: T0 } })).toMatchObject({ release: { status: 'cancelled' } });
  });

  it('is planned no further while an effect is open, and never when it is over', () => {
    const intent = { effect: { kind: 'start-execution', pipeline: 'shop-pipeline' }, t0: T0 } as const;
    expect(plan({ ...unstarted, intent })).toEqual({ release: { ...unstarted, intent } });
    const over = aRelease({ status: 'live' });
    expect(plan(over, seen({}, { status: 'Failed' }))).toEqual({ release: over });
  });

  it('is lost when AWS has not known its execution for long, counted from the first look in vain', () => {
    expect(after(aRelease())).toMatchObject({ status: 'requested', unseenSince: T0 + MINUTE });
    const unseen = after(aRelease(), { now: T0 + 60 * MINUTE });
    expect(unseen).toMatchObject({ status: 'requested', unseenSince: T0 + 60 * MINUTE });
    expect(after(unseen, { now: T0 + 69 * MINUTE })).toEqual(unseen);
    expect(after(unseen, { now: T0 + 71 * MINUTE }).status).toBe('lost');
  });

  it('stops an execution that runs another commit than was asked for', () => {
    const asked = aRelease({ route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1', override: { sourceAction: 'Source', commit: commit('c') } } });
    const differing = after(asked, seen());
    expect(differing).toMatchObject({ cancel: { by: 'jack' }, notes: [{ key: 'revision-differs', what: { asked: commit('c'), found: commit('a') } }] });
    expect(effectOf(differing, seen())).toMatchObject({ kind: 'stop-execution', executionId: 'execution-1' });
    expect(after({ ...differing, cancel: { by: 'jack', at: T0, askedAws: true } }, seen({}, { status: 'Stopped' })).outcome).toMatch(/another revision/);
  });

  it('is not asked twice to stop an execution that AWS does not let Jack stop', () => {
    const asked = aRelease({ approvals: [decided], cancel: { by: 'jack', at: T0, refused: true }, route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1', override: { sourceAction: 'Source', commit: commit('c') } } });
    expect(plan(asked, { ...seen(), seen: ready })).toEqual({ release: expect.objectContaining({ cancel: asked.cancel, notes: [] }) });
  });

  it('cannot be approved once it runs another commit', () => {
    const asked = aRelease({ approvals: [decided], route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-1', override: { sourceAction: 'Source', commit: commit('c') } } });
    expect(effectOf(asked, { ...seen(), seen: ready })).toBeUndefined();
  });

  it.each<readonly [string, ReturnType<typeof seen>, Partial<Release>, object]>([
    ['an approval', seen(), { approvals: [anApproval()] }, { for: 'approval', approvalId: 'approval-1' }],
    ['a transition that somebody disabled', seen({}, { before: { stage: 'Prod', disabled: { reason: 'release freeze', by: 'olive' } } }), {}, { for: 'transition', stage: 'Prod', reason: 'release freeze', by: 'olive' }],
    ['a stage that is taken', seen({}, { before: { stage: 'Prod' } }), {}, { for: 'stage', stage: 'Prod' }],
  ])('waits for %s', (_what, facts, changes, waiting) => {
    expect(after(aRelease(changes), facts)).toMatchObject({ status: 'waiting', waiting });
  });

  it('is on its way while something runs, and verifying after its own deploy', () => {
    expect(after(aRelease(), seen({ 'Build/Build': { status: 'InProgress' } })).status).toBe('running');
    expect(after(aRelease({ deploys: [aDeploy({ status: 'verifying' })] }), seen({}, { status: 'Succeeded' })).status).toBe('verifying');
    expect(after(aRelease({ deploys: [aDeploy({ status: 'verifying' })] }), seen()).status).toBe('verifying');
  });

  it.each<readonly [string, Partial<ObservedExecution>, Partial<Release>, object]>([
    ['superseded', { status: 'Superseded', supersededBy: 'execution-2' }, {}, { status: 'superseded' }],
    ['cancelled by a change of the pipeline', { status: 'Cancelled' }, {}, { status: 'cancelled' }],
    ['stopped elsewhere', { status: 'Stopped', stoppedBy: 'arn:aws:iam::1:user/olive', stopReason: 'wrong day' }, {}, { status: 'cancelled', outcome: expect.stringMatching(/^Stopped by olive, outside Slack: .*wrong day/) }],
    ['stopped here', { status: 'Stopped' }, { cancel: { by: ADA, at: T0, askedAws: true } }, { status: 'cancelled' }],
    ['rejected', { status: 'Failed' }, { approvals: [anApproval({ state: 'confirmed', verdict: 'rejected', decisions: [{ by: GRACE, at: T0, approves: false, comment: 'not on a Friday' }] })] }, { status: 'rejected', outcome: 'not on a Friday' }],
    ['left unanswered', { status: 'Failed' }, { approvals: [anApproval({ state: 'expired', verdict: 'rejected' })] }, { status: 'expired' }],
    ['over without a deploy', { status: 'Succeeded' }, {}, { status: 'failed' }],
  ])('ends when its execution was %s', (_how, execution, changes, ended) => {
    const release = after(aRelease(changes), seen({}, execution));
    expect(release).toMatchObject(ended);
    expect(release.notes.map((note) => note.key)).toContain('outcome');
  });

  it('names the action that failed', () => {
    expect(after(aRelease(), seen({ 'Build/Build': { status: 'Failed' } }, { status: 'Failed' }))).toMatchObject({ status: 'failed', outcome: 'Build / Build failed.' });
  });

  it('names the environment on the way that failed', () => {
    const dev = aDeploy({ environment: 'dev', status: 'done', operationOutcome: 'failed', verdict: { outcome: 'mixed-versions', because: '1 of 2 instances run the new version.' } });
    expect(after(aRelease({ deploys: [dev] }), seen({}, { status: 'Failed' })).outcome).toBe('dev: 1 of 2 instances run the new version.');
  });

  it.each(['live', 'live-not-verified', 'failed', 'mixed-versions', 'rolled-back-by-beanstalk'] as const)('ends with the truth of its environment: %s', (outcome) => {
    const deploys = [aDeploy({ status: 'done', verdict: { outcome, because: 'seen' } })];
    expect(after(aRelease({ deploys }), seen())).toMatchObject({ status: outcome, outcome: 'seen' });
  });

  it('withdraws its questions when it ends', () => {
    expect(after(aRelease({ approvals: [anApproval()] }), seen({}, { status: 'Superseded' })).approvals[0]?.state).toBe('withdrawn');
  });
});

describe('an answer to CodePipeline', () => {
  const release = aRelease({ approvals: [decided], deploys: [aDeploy({ status: 'pending' })] });

  it('carries the token of the card, and says who and for which release', () => {
    expect(plan(release, { ...seen(), seen: ready }).effect).toEqual({
      by: GRACE,
      effect: { kind: 'answer-approval', approvalId: 'approval-1', pipeline: 'shop-pipeline', stage: 'Prod', action: 'Approve', token: 'token-1', approved: true, summary: expect.stringMatching(`^Approved by .*${GRACE}.* \\(Jack release 412, approval approval\\)$`) },
    });
  });

  it('of yes is none while jack.yml asks for more people than the card did', () => {
    const app = anApp({ environments: anApp().environments.map((one) => (one.name === 'prod' ? { ...one, approval: { from: [GRACE, LEADS], count: 2 } } : one)) });
    const { release: held, effect } = plan(release, { ...seen(), seen: ready, app });
    expect([effect, held.approvals[0]?.state, held.approvals[0]?.policy?.count]).toEqual([undefined, 'open', 2]);
  });

  it('is cut to what CodePipeline takes', () => {
    const wordy = { ...decided, decisions: [{ ...yes, comment: 'x'.repeat(600) }] };
    expect(effectOf({ ...release, approvals: [wordy] }, { ...seen(), seen: ready })).toHaveProperty('summary', expect.stringMatching(/^.{1,480}x… \(Jack release 412, approval approval\)$/));
  });

  it.each<readonly [string, Partial<PlanFacts>, object]>([
    ['another release is inside', { seen: ready, ahead: [aRelease({ number: 7 })] }, { for: 'queue', behind: 7, place: 1 }],
    ['Beanstalk is busy', { seen: busy }, { for: 'environment', status: 'Updating' }],
    ['Beanstalk cannot be read', {}, { for: 'environment', status: 'unknown' }],
  ])('of yes waits while %s', (_what, facts, waiting) => {
    expect(plan(release, { ...seen(), ...facts })).toMatchObject({ release: { status: 'waiting', waiting } });
    expect(effectOf(release, { ...seen(), ...facts })).toBeUndefined();
  });

  it('of yes is not given while the release is being cancelled', () => {
    expect(effectOf({ ...release, cancel: { by: ADA, at: T0, askedAws: true } }, { ...seen({}, { status: 'Stopping' }), seen: ready })).toBeUndefined();
  });

  it('of no waits for nothing', () => {
    const no = anApproval({ state: 'decided', verdict: 'rejected', decisions: [{ by: GRACE, at: T0, approves: false, comment: 'no' }] });
    expect(effectOf({ ...release, approvals: [no] }, { ...seen(), seen: busy })).toMatchObject({ approved: false });
  });

  it('is a no of nobody when the time of the policy is over', () => {
    const policy = { from: [GRACE], count: 1, expiresMs: 30_000 };
    const late = anApproval({ policy, expiresAt: T0 + 30_000 });
    expect(effectOf({ ...release, approvals: [late] }, seen())).toMatchObject({ approved: false, summary: 'Nobody answered in the time that the policy gives (Jack release 412, approval approval)' });
    expect(effectOf({ ...release, approvals: [{ ...late, expiresAt: NOW + 1 }] }, seen())).toBeUndefined();
  });

  it('names who said yes, when the time ran out before enough others did', () => {
    const late = anApproval({ policy: { from: [GRACE, LEADS], count: 2, expiresMs: 30_000 }, expiresAt: T0 + 30_000, decisions: [{ ...yes, name: 'grace' }] });
    expect(effectOf({ ...release, approvals: [late] }, seen())).toMatchObject({ approved: false, summary: `Approved by grace (Slack ${GRACE}), and not enough others in the time that the policy gives (Jack release 412, approval approval)` });
  });

  it('that AWS refused to take is not given again at once when the time is over', () => {
    const late = anApproval({ policy: { from: [GRACE], count: 1, expiresMs: 30_000 }, expiresAt: T0 + 30_000, refusedAt: NOW });
    expect(effectOf({ ...release, approvals: [late] }, seen())).toBeUndefined();
    expect(effectOf({ ...release, approvals: [late] }, { ...seen(), now: NOW + MINUTE })).toMatchObject({ approved: false });
  });

  it('of yes is counted again: who came to ask for the release since does not count', () => {
    const joined = { ...release, requesters: [{ user: ADA, at: T0 }, { user: GRACE, at: T0 + 1 }] };
    const again = plan(joined, { ...seen(), seen: ready });
    expect(again.effect).toBeUndefined();
    expect(again.release).toMatchObject({ status: 'waiting', waiting: { for: 'approval', approvalId: 'approval-1' }, approvals: [{ state: 'open', decisions: [yes] }] });
    expect(again.release.approvals[0]).not.toHaveProperty('verdict');
    expect(plan(again.release, { ...seen(), seen: ready })).toEqual(again);
  });

  it('is left to AWS when only AWS sets a time', () => {
    expect(effectOf({ ...release, approvals: [anApproval({ expiresAt: T0 })] }, seen())).toBeUndefined();
  });
});

describe('a wish to cancel', () => {
  const cancelled = aRelease({ cancel: { by: ADA, at: T0 } });
  const deploying = { 'Prod/Deploy': { status: 'InProgress' } } as const;

  it('stops the execution at once, or after the deployment that is under way', () => {
    expect(effectOf(cancelled, seen())).toMatchObject({ kind: 'stop-execution', abandon: true });
    expect(effectOf(cancelled, seen(deploying))).toMatchObject({ kind: 'stop-execution', abandon: false });
  });

  it('aborts a deployment in flight to its own environment, once', () => {
    const asked = { ...cancelled, cancel: { by: ADA, at: T0, askedAws: true }, deploys: [aDeploy()] };
    expect(effectOf(asked, { ...seen(deploying, { status: 'Stopping' }), seen: busy })).toMatchObject({ kind: 'abort-update', requestId: 'request-1' });
    for (const abortAsked of [true, false]) expect(effectOf({ ...asked, cancel: { ...asked.cancel, abortAsked } }, { ...seen(deploying, { status: 'Stopping' }), seen: busy })).toBeUndefined();
    expect(effectOf({ ...asked, environment: 'dev' }, { ...seen(deploying, { status: 'Stopping' }), seen: busy })).toBeUndefined();
    expect(effectOf(asked, { ...seen(deploying, { status: 'Stopping' }), seen: ready })).toBeUndefined();
  });

  it('does not end the release before AWS shows it', () => {
    expect(after({ ...cancelled, cancel: { by: ADA, at: T0, askedAws: true } }, seen({}, { status: 'Stopping' })).status).toBe('running');
  });

  it.each([
    ['cancelled when nothing was left behind', 'failed', true, 'cancelled'],
    ['failed when it failed by itself', 'failed', false, 'failed'],
    ['mixed when some instances kept it', 'mixed-versions', true, 'mixed-versions'],
    ['live when it was too late', 'live', false, 'live'],
  ] as const)('ends a deployment as %s, on either route', (_how, outcome, aborted, status) => {
    const changes: Partial<Release> = { cancel: { by: ADA, at: T0, askedAws: true, abortAsked: true }, deploys: [aDeploy({ status: 'done', aborted, verdict: { outcome, because: 'seen' } })] };
    expect([after(aRelease(changes), seen({}, { status: 'Stopped' })).status, after(aVersionRelease(changes)).status]).toEqual([status, status]);
  });
});

describe('planning without an app that asks', () => {
  it('needs no approval for a version', () => {
    expect(effectOf(aVersionRelease(), { app: anOpenApp(), seen: ready, operation: anOperation({ outcome: 'succeeded' }) })).toMatchObject({ kind: 'hold-transition', stage: 'Prod' });
  });
});
