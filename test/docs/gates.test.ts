import { describe, expect, it } from '@jest/globals';
import { PASSABLE, type GateFacts, type GateState } from '../../src/domain/gates/gate.ts';
import { examineGates, gates } from '../../src/domain/gates/index.ts';
import { anEnvironment, aRelease, GRACE, T0 } from '../support/world/builders.ts';
import { marked, quoted, read, rows } from './pages.ts';

/** Every gate is closed: for somebody who holds nothing. */
const CLOSED: GateFacts = {
  environment: anEnvironment('prod', { after: ['dev'], alarms: ['5xx'], approval: { from: [GRACE], count: 1 } }),
  route: 'pipeline',
  purpose: 'deploy',
  role: 'viewer',
  lock: { id: 'the lock', kind: 'lock', by: GRACE, since: T0, until: T0 + 1, reason: 'migration', watchers: [], notes: [] },
  foreign: 'unknown',
  freeze: { by: 'jack.yml', reason: 'weekend', since: T0, until: T0 + 1, keys: ['the weekend'] },
  ahead: [aRelease()],
  notYetOn: ['dev'],
  alarms: { ringing: ['5xx'], unknown: [] },
  approvalAction: true,
};

const table = rows(marked(read('docs/gates.md'), 'gates'));
const states = examineGates(CLOSED);
const manner = (state: GateState | undefined): string => (state && !state.open ? state.manner : 'open');

describe('the table of docs/gates.md', () => {
  it('has every gate, in the order of the code', () => {
    expect(table.map(([name = '']) => quoted(name)[0])).toEqual(gates.map(({ name }) => name));
  });

  it.each(table.map((row, index) => [row[0] ?? '', row, index] as const))('says of %s how it closes and whether the glass can be broken', (_name, row, index) => {
    const state = states[index];
    const pass = state && { gate: state.gate, by: 'U0OLIVE001', at: T0, reason: 'production is down', barriers: ['the lock', 'the weekend'] };
    const passed = examineGates({ ...CLOSED, passes: pass ? [pass] : [] })[index];
    expect(row).toHaveLength(5);
    expect(row.every((cell) => cell !== '')).toBe(true);
    expect([row[2], row[4]]).toEqual([manner(state), passed?.open ? 'owners' : 'no']);
    expect(passed?.open).toBe(state && PASSABLE.has(state.gate));
  });
});
