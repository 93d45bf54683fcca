import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { approvalGate } from '../../src/domain/gates/approval.ts';
import { environmentGate } from '../../src/domain/gates/environment.ts';
import type { GateFacts } from '../../src/domain/gates/gate.ts';
import { examineGates, firstClosed, gates } from '../../src/domain/gates/index.ts';
import { queueGate } from '../../src/domain/gates/queue.ts';
import { roleGate } from '../../src/domain/gates/role.ts';
import { anApproval, anEnvironment, anObservedEnvironment, anOperation, aRelease, GRACE } from '../support/world/builders.ts';

const OPEN: GateFacts = { environment: anEnvironment('prod'), route: 'pipeline', purpose: 'deploy', role: 'contributor', ahead: [], seen: anObservedEnvironment(), approvalAction: false };
const policy = { from: [GRACE], count: 2 };

describe('the gates', () => {
  it('are all open when nothing is in the way, and are met in one order', () => {
    expect(examineGates(OPEN).map(({ gate }) => gate)).toEqual(['role', 'lock', 'foreign-lock', 'freeze', 'queue', 'environment', 'promotion', 'alarms', 'approval']);
    expect(examineGates(OPEN).every(({ open }) => open)).toBe(true);
    expect(firstClosed(OPEN)).toBeUndefined();
  });

  it('answer in their own name, and name the first that is closed, whatever the facts', () => {
    const facts = fc.record({
      role: fc.constantFrom('viewer' as const, 'contributor' as const, 'owner' as const),
      purpose: fc.constantFrom('deploy' as const, 'rollback' as const),
      route: fc.constantFrom('pipeline' as const, 'version' as const),
      approvalAction: fc.boolean(),
      ahead: fc.constantFrom([], [aRelease()]),
      seen: fc.constantFrom(anObservedEnvironment(), anObservedEnvironment({ status: 'Updating' })),
    });
    fc.assert(
      fc.property(facts, (some) => {
        const states = examineGates({ ...OPEN, ...some });
        expect(states.map((state) => state.gate)).toEqual(gates.map((gate) => gate.name));
        expect(firstClosed({ ...OPEN, ...some })).toEqual(states.find((state) => !state.open));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a viewer', { role: 'viewer' as const }, { open: false, manner: 'refuses', because: 'role' }],
    ['an owner', { role: 'owner' as const }, { open: true }],
  ])('of the role: %s', (_who, facts, state) => {
    expect(roleGate.examine({ ...OPEN, ...facts })).toMatchObject(state);
  });

  it('of the role are open for what nobody typed', () => {
    const { role: _nobody, ...facts } = OPEN;
    expect(roleGate.examine(facts)).toMatchObject({ open: true, note: 'nobody-typed-it' });
  });

  it.each<readonly [string, Partial<GateFacts>, object]>([
    ['no policy and no approval action', {}, { open: true, note: 'no-policy' }],
    ['no policy, but the pipeline asks: nobody can open it', { approvalAction: true }, { open: false, because: 'approval-needed', from: [] }],
    ['no policy on a route that the pipeline does not see', { approvalAction: true, route: 'version' }, { open: true, note: 'no-policy' }],
    ['a policy', { environment: anEnvironment('prod', { approval: policy }) }, { open: false, manner: 'waits', from: [GRACE], count: 2 }],
    ['a policy, route version', { route: 'version', environment: anEnvironment('prod', { approval: policy }) }, { open: false, count: 2 }],
    ['an empty policy means nobody', { environment: anEnvironment('prod', { approval: { from: [], count: 1 } }) }, { open: false, from: [] }],
    ['a rollback', { purpose: 'rollback', environment: anEnvironment('prod', { approval: policy }) }, { open: true, note: 'not-asked-for-rollbacks' }],
    ['a rollback that has a policy of its own', { purpose: 'rollback', environment: anEnvironment('prod', { rollbackApproval: policy }) }, { open: false, from: [GRACE], count: 2 }],
    ['a deploy where only rollbacks have a policy', { environment: anEnvironment('prod', { rollbackApproval: policy }) }, { open: true, note: 'no-policy' }],
    ['given', { approval: anApproval({ state: 'confirmed', verdict: 'approved' }), environment: anEnvironment('prod', { approval: policy }) }, { open: true, note: 'given' }],
    ['decided and not taken yet', { approval: anApproval({ state: 'decided', verdict: 'approved' }), environment: anEnvironment('prod', { approval: policy }) }, { open: false }],
    ['rejected', { approval: anApproval({ state: 'confirmed', verdict: 'rejected' }), environment: anEnvironment('prod', { approval: policy }) }, { open: false }],
  ])('of approval: %s', (_what, facts, state) => {
    expect(approvalGate.examine({ ...OPEN, ...facts })).toMatchObject(state);
  });

  it('of the queue let a rollback pass what it is there to undo, but not another rollback', () => {
    const [first, second] = [aRelease({ number: 7 }), aRelease({ number: 8, purpose: 'rollback' })];
    expect(queueGate.examine({ ...OPEN, ahead: [first, second] })).toMatchObject({ open: false, by: 7, place: 2 });
    expect(queueGate.examine({ ...OPEN, purpose: 'rollback', ahead: [first] })).toMatchObject({ open: true });
    expect(queueGate.examine({ ...OPEN, purpose: 'rollback', ahead: [first, second] })).toMatchObject({ open: false, by: 8, place: 1 });
  });

  it('of the environment name a managed update, which a later event tells', () => {
    const events = ['Environment update is starting.', 'Managed platform update is in-progress.'].map((message) => ({ at: 0, severity: 'INFO', message }));
    expect(environmentGate.examine({ ...OPEN, seen: anObservedEnvironment({ status: 'Updating' }), operation: anOperation({ events }) })).toMatchObject({ doing: 'Managed platform update is in-progress.' });
  });

  it('of the environment are closed while Beanstalk is busy, and say with what', () => {
    const busy = anObservedEnvironment({ status: 'Updating' });
    const operation = anOperation({ events: [{ at: 0, severity: 'INFO', message: 'Environment update is starting.' }] });
    expect(environmentGate.examine({ ...OPEN, seen: busy, operation })).toMatchObject({ open: false, manner: 'waits', status: 'Updating', doing: 'Environment update is starting.' });
    expect(environmentGate.examine({ ...OPEN, seen: busy, operation: anOperation({ outcome: 'succeeded' }) })).not.toHaveProperty('doing');
  });

  it('of the environment stay closed when Beanstalk cannot be read', () => {
    const { seen: _unread, ...facts } = OPEN;
    expect(environmentGate.examine(facts)).toMatchObject({ open: false, because: 'unknown' });
  });
});
