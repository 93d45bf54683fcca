import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Barrier } from '../../src/domain/barriers/barriers.ts';
import { PASSABLE, type FreezeInForce, type GateFacts, type GateName, type GateState } from '../../src/domain/gates/gate.ts';
import { examineGates, firstClosed, refusing } from '../../src/domain/gates/index.ts';
import type { Pass } from '../../src/domain/release.ts';
import { ADA, anApproval, anEnvironment, anObservedEnvironment, aRelease, GRACE, LINUS, OLIVE, T0 } from '../support/world/builders.ts';
import { cases } from '../support/cases.ts';

const RUNS = { numRuns: cases(10_000) };
const NAMES: readonly GateName[] = ['role', 'lock', 'foreign-lock', 'freeze', 'queue', 'environment', 'promotion', 'alarms', 'approval'];
const person = fc.constantFrom<string>(ADA, GRACE, LINUS);
const lock = person.map((by): Barrier => ({ id: '00000000-0000-4000-8000-000000000001', kind: 'lock', by, since: T0, until: T0 + 1, reason: 'r', watchers: [], notes: [] }));
const freeze: FreezeInForce = { by: 'jack.yml', reason: 'weekend', since: T0, until: T0 + 1, keys: ['weekend'] };
/** For the lock and the freeze that may be in force, for others, or for none. */
const barriers = fc.constantFrom(['00000000-0000-4000-8000-000000000001', 'weekend'], ['an earlier lock', 'last weekend'], undefined);
const pass = fc.tuple(fc.constantFrom(...NAMES), barriers).map(([gate, barriers]): Pass => ({ gate, by: OLIVE, at: T0, reason: 'production is down', ...(barriers && { barriers }) }));
const policy = { from: [GRACE], count: 1 };

/** Facts by the gate that they are of: an absent one is left out, as the gates are told. */
const parts = fc.record({
  role: fc.constantFrom<Partial<GateFacts>>({}, { role: 'viewer' }, { role: 'contributor' }, { role: 'owner' }),
  lock: fc.oneof(fc.constantFrom<Partial<GateFacts>>({}, { lock: 'unknown' }), lock.map((lock): Partial<GateFacts> => ({ lock }))),
  'foreign-lock': fc.constantFrom<Partial<GateFacts>>({}, { foreign: [] }, { foreign: 'unknown' }, { foreign: [{ stage: 'Prod', reason: 'mine' }] }),
  freeze: fc.constantFrom<Partial<GateFacts>>({}, { freeze: 'unknown' }, { freeze }),
  queue: fc.constantFrom<Partial<GateFacts>>({}, { ahead: [aRelease()] }, { ahead: [aRelease({ purpose: 'rollback' })] }),
  environment: fc.constantFrom<Partial<GateFacts>>({}, { seen: anObservedEnvironment() }, { seen: anObservedEnvironment({ status: 'Updating' }) }),
  promotion: fc.constantFrom<Partial<GateFacts>>({}, { notYetOn: [] }, { notYetOn: ['dev'] }, { notYetOn: 'unknown' }),
  alarms: fc.constantFrom<Partial<GateFacts>>({}, { alarms: { ringing: [], unknown: [] } }, { alarms: { ringing: ['5xx'], unknown: [] } }, { alarms: { ringing: [], unknown: ['5xx'] } }),
  approval: fc.constantFrom<Partial<GateFacts>>({}, { approval: anApproval() }, { approval: anApproval({ state: 'decided', verdict: 'approved' }) }, { approval: anApproval({ state: 'confirmed', verdict: 'approved' }) }, { approval: anApproval({ state: 'confirmed', verdict: 'rejected' }) }),
});

const way = fc.record({
  route: fc.constantFrom('pipeline' as const, 'version' as const),
  purpose: fc.constantFrom('deploy' as const, 'rollback' as const),
  requesters: fc.uniqueArray(person, { maxLength: 2 }),
  approvalAction: fc.boolean(),
  environment: fc.constantFrom(anEnvironment('prod'), anEnvironment('prod', { after: ['dev'], alarms: ['5xx'], approval: policy, rollbackApproval: policy })),
});

type Parts = Readonly<Record<GateName, Partial<GateFacts>>>;
type Way = Pick<GateFacts, 'route' | 'purpose' | 'requesters' | 'approvalAction' | 'environment'>;

function facts(way: Way, parts: Parts, passes: readonly Pass[] = []): GateFacts {
  return NAMES.reduce<GateFacts>((all, name) => ({ ...all, ...parts[name] }), { ...way, ahead: [], passes });
}

function stateOf(name: GateName, all: GateFacts): GateState | undefined {
  return examineGates(all).find(({ gate }) => gate === name);
}

describe('a closed gate', () => {
  it('never opens by anything but its own facts or an owner’s pass for it', () => {
    fc.assert(
      fc.property(way, parts, parts, fc.array(pass, { maxLength: 3 }), fc.constantFrom(...NAMES), (way, before, after, passes, name) => {
        const changed = { ...after, [name]: before[name] };
        const was = stateOf(name, facts(way, before));
        const others = passes.filter(({ gate }) => gate !== name);
        expect(stateOf(name, facts(way, changed, others))).toEqual(was);
      }),
      RUNS,
    );
  });

  it('is opened by a pass only where there is something to pass: never role, queue or environment', () => {
    fc.assert(
      fc.property(way, parts, fc.array(pass, { maxLength: 9 }), (way, parts, passes) => {
        const expected = examineGates(facts(way, parts)).map((was) => {
          const named = passes.some(({ gate, barriers = [] }) => gate === was.gate && barriers.includes('weekend'));
          const isNamed = named && !was.open && was.because !== 'unknown';
          const passed = was.gate === 'lock' || was.gate === 'freeze' ? isNamed : passes.some(({ gate }) => gate === was.gate) && !['role', 'queue', 'environment'].includes(was.gate);
          return !was.open && passed ? { gate: was.gate, open: true, note: 'broken-glass' } : was;
        });
        expect(JSON.stringify(examineGates(facts(way, parts, passes)))).toBe(JSON.stringify(expected));
      }),
      RUNS,
    );
    expect([...PASSABLE].sort()).toEqual(['alarms', 'approval', 'foreign-lock', 'freeze', 'lock', 'promotion']);
  });

  it('is what everything is where nothing can be read', () => {
    fc.assert(
      fc.property(way, parts, (way, parts) => {
        const unread: Parts = { ...parts, lock: { lock: 'unknown' }, 'foreign-lock': { foreign: 'unknown' }, freeze: { freeze: 'unknown' }, environment: {}, promotion: { notYetOn: 'unknown' }, alarms: { alarms: { ringing: [], unknown: ['5xx'] } } };
        const all = facts(way, unread);
        const asked = way.purpose === 'deploy' && way.environment.after !== undefined;
        const open = examineGates(all).filter((state) => state.open).map(({ gate }) => gate);
        const never: readonly GateName[] = ['lock', 'foreign-lock', 'freeze', 'environment', ...(asked ? ['promotion' as const, 'alarms' as const] : [])];
        expect([open.filter((name) => never.includes(name)).length, refusing(all) === undefined]).toEqual([0, false]);
      }),
      RUNS,
    );
  });

  it('is in the way of every release: none passes while one is closed, and a request ends only at one that refuses', () => {
    fc.assert(
      fc.property(way, parts, fc.array(pass, { maxLength: 2 }), (way, parts, passes) => {
        const all = facts(way, parts, passes);
        const closed = examineGates(all).filter(({ open }) => !open);
        expect(firstClosed(all)).toEqual(closed[0]);
        expect(refusing(all)).toEqual(closed.find((state) => !state.open && state.manner === 'refuses'));
        expect(closed.every((state) => !state.open && (state.manner === 'refuses') === isRefusing(state, all))).toBe(true);
      }),
      RUNS,
    );
  });

  it('of a lock lets nobody but its holder in, and them only where no transition stops them', () => {
    fc.assert(
      fc.property(way, lock, (way, lock) => {
        const state = stateOf('lock', { ...way, ahead: [], lock });
        const isHolder = (way.requesters ?? []).includes(lock.by);
        expect(state?.open).toBe(isHolder && (way.route === 'version' || way.purpose === 'rollback'));
      }),
      RUNS,
    );
  });
});

function isRefusing({ gate }: GateState, { lock, requesters }: GateFacts): boolean {
  const isHolders = lock !== undefined && lock !== 'unknown' && (requesters ?? []).includes(lock.by);
  return ['role', 'foreign-lock', 'freeze'].includes(gate) || (gate === 'lock' && !isHolders);
}
