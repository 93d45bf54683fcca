import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { GateState } from '../../src/domain/gates/gate.ts';
import { barrierReason } from '../../src/domain/barriers/barriers.ts';
import { holdReason } from '../../src/domain/effect.ts';
import { whyReply, type ShownWhy } from '../../src/views/gates/why.ts';
import { ADA, GRACE, MINUTE, OLIVE, T0 } from '../support/world/builders.ts';
import { hostile } from '../support/world/hostile.ts';
import { wrongWith } from '../support/world/slack-limits.ts';

const NAMES = ['role', 'lock', 'foreign-lock', 'freeze', 'queue', 'environment', 'promotion', 'alarms', 'approval'] as const;
const ID = '00000000-0000-4000-8000-000000000001';
const DEV: NonNullable<ShownWhy['named']> = { asked: 'dev', route: { kind: 'version' }, revision: { id: `4c7b474${'0'.repeat(33)}`, label: 'v1', summary: 'Fix' } };
const open: readonly GateState[] = NAMES.map((gate) => ({ gate, open: true }));
const needed: GateState = { gate: 'approval', open: false, manner: 'waits', because: 'approval-needed', from: [GRACE], count: 1 };
const locked: GateState = { gate: 'lock', open: false, manner: 'refuses', because: 'locked', by: ADA, barrierId: ID, since: T0, until: T0 + MINUTE, reason: 'migration' };

/** Each gate closed, for every reason that it can have. */
const closed = (word: string): readonly GateState[] => [
  { gate: 'role', open: false, manner: 'refuses', because: 'role', role: 'viewer' },
  { ...locked, reason: word },
  { ...locked, reason: word, manner: 'waits' },
  { gate: 'foreign-lock', open: false, manner: 'refuses', because: 'held-elsewhere', transitions: [{ stage: word, reason: word, by: word }] },
  { gate: 'freeze', open: false, manner: 'refuses', because: 'frozen', freeze: { by: OLIVE, reason: word, since: T0, until: T0 + MINUTE, nextAllowed: T0 + MINUTE } },
  { gate: 'freeze', open: false, manner: 'refuses', because: 'frozen', freeze: { by: 'jack.yml', reason: '', since: T0, until: T0 + MINUTE } },
  { gate: 'queue', open: false, manner: 'waits', because: 'occupied', by: 7, place: 2 },
  { gate: 'environment', open: false, manner: 'waits', because: 'not-ready', status: word, doing: word },
  { gate: 'promotion', open: false, manner: 'waits', because: 'not-yet-on', environments: [word] },
  { gate: 'alarms', open: false, manner: 'waits', because: 'alarms', ringing: [word], unknown: [word] },
  needed,
  { ...needed, from: [] },
  ...NAMES.map((gate): GateState => ({ gate, open: false, manner: 'refuses', because: 'unknown' })),
];

function lines(changes: Partial<ShownWhy> & { readonly changed?: readonly GateState[] } = {}): readonly string[] {
  const gates = (changes.gates ?? open).map((gate) => changes.changed?.find((one) => one.gate === gate.gate) ?? gate);
  const [block] = whyReply({ app: 'shop', environment: 'prod', owners: [OLIVE], transitions: [], ...changes, gates }).blocks ?? [];
  return block?.type === 'section' ? (block.text?.text ?? '').split('\n') : [];
}

describe('/deploy why', () => {
  it('prints all nine gates in order', () => {
    expect(lines()).toEqual(['*shop → prod*: `/deploy prod` can go now.', ...['role', 'lock', 'foreign lock', 'freeze', 'queue', 'environment', 'promotion', 'alarms', 'approval'].map((name) => expect.stringContaining(`✅ *${name}*: `))]);
  });

  it.each<readonly [string, Partial<ShownWhy> & { readonly changed?: readonly GateState[] }, string]>([
    ['a version', { named: DEV }, '`/deploy prod@dev` (`4c7b474` Fix, as version `v1` straight to Beanstalk) can go now.'],
    ['a version of which no commit is known', { named: { ...DEV, revision: { label: 'v1' } } }, '`/deploy prod@dev` (version `v1` straight to Beanstalk) can go now.'],
    ['a version that has to be approved', { named: DEV, changed: [needed] }, 'straight to Beanstalk) is taken, and asks for its approval first.'],
    ['a commit', { named: { ...DEV, route: { kind: 'pipeline' }, also: ['dev'] }, changed: [needed] }, '(`4c7b474` Fix, through the pipeline; *dev* gets it too) can start now; the approval is asked for when it gets there.'],
    ['what is on its way', { named: { ...DEV, joins: 7 } }, 'straight to Beanstalk) joins #7, which brings just that already.'],
    ['what is on its way, where it would be refused', { named: { ...DEV, joins: 7 }, changed: [locked] }, 'is refused now.'],
    ['their own, whatever is closed by now', { named: { ...DEV, joins: 7, isTheirs: true }, changed: [locked] }, 'is #7, and you asked for it already.'],
  ])('says of a revision that was named how it would come: %s', (_what, changes, words) => {
    expect(lines(changes)[0]).toContain(words);
  });

  it('names the very revision that has to be somewhere else first', () => {
    const missing: GateState = { gate: 'promotion', open: false, manner: 'waits', because: 'not-yet-on', environments: ['dev'] };
    expect(lines({ named: DEV, changed: [missing] }).join()).toContain('`/deploy dev@4c7b474` brings it there');
  });

  it.each(closed('dev').map((state) => [state.gate, 'because' in state ? state.because : '', state] as const))('says of %s what closes it (%s)', (gate, _because, state) => {
    const line = lines({ changed: [state] })[NAMES.indexOf(gate) + 1];
    expect(line).toMatch(/^❌ \*/);
    expect(line).not.toMatch(/undefined|\[object|“”|\.\./);
  });

  it.each<readonly [string, GateState, string]>([
    ['a lock', locked, '<@U0ADA00001> can unlock it; <@U0OLIVE001> can steal it'],
    ['the lock of the only owner', { ...locked, by: OLIVE }, '<@U0OLIVE001> can unlock it.'],
    ['one’s own lock', { ...locked, manner: 'waits' }, '`/deploy unlock prod`'],
    ['an approval', needed, '1 needed from <@U0GRACE001>'],
    ['alarms', { gate: 'alarms', open: false, manner: 'waits', because: 'alarms', ringing: ['5xx'], unknown: [] }, '<@U0OLIVE001> can break the glass'],
    ['one alarm that rings', { gate: 'alarms', open: false, manner: 'waits', because: 'alarms', ringing: ['5xx'], unknown: [] }, 'until it is silent'],
    ['a transition that somebody disabled', { gate: 'foreign-lock', open: false, manner: 'refuses', because: 'held-elsewhere', transitions: [{ stage: 'Prod', reason: 'audit' }] }, 'For a version (`@<label>`) or a rollback <@U0OLIVE001> can break the glass; what comes through the pipeline AWS itself holds.'],
    ['a missing promotion', { gate: 'promotion', open: false, manner: 'waits', because: 'not-yet-on', environments: ['dev'] }, '`/deploy dev` brings it there'],
  ])('says who can open %s', (_what, state, words) => {
    expect(lines({ changed: [state] }).join('\n')).toContain(words);
  });

  it.each<readonly [string, readonly GateState[], string]>([
    ['a gate refuses', [locked, needed], 'is refused now'],
    ['one only waits', [{ gate: 'queue', open: false, manner: 'waits', because: 'occupied', by: 7, place: 1 }], 'is taken, and waits'],
    ['only the approval is left', [needed], 'can start now; the approval is asked for when it gets there'],
  ])('begins with what comes of it when %s', (_what, changed, words) => {
    expect(lines({ changed })[0]).toContain(words);
  });

  it('does not claim that who comes first is at work already', () => {
    expect(lines({ changed: [{ gate: 'queue', open: false, manner: 'waits', because: 'occupied', by: 7, place: 2 }] }).join('\n')).toContain('#7 comes first there; yours would wait, place 2.');
  });

  it.each(['broken-glass', 'not-configured', 'no-policy', 'not-asked-for-rollbacks', 'asked-when-it-gets-there', 'given', 'yours'] as const)('says why a gate is open: %s', (note) => {
    const line = lines({ changed: [{ gate: 'approval', open: true, note }] })[9];
    expect(line).not.toBe(lines()[9]);
  });

  it('tells of transitions that Jack holds where no gate does', () => {
    const reason = barrierReason({ id: ID, kind: 'lock' }, 'prod');
    const transitions = [{ stage: 'Prod', reason }];
    expect(lines({ transitions }).at(-1)).toContain('its thread asks whether what waits may go in');
    expect(lines({ transitions, changed: [locked] }).filter((line) => line.includes('*transition*'))).toEqual([]);
    expect(lines({ transitions: [{ stage: 'Dev', reason: barrierReason({ id: ID, kind: 'lock' }, 'dev') }], changed: [locked] }).at(-1)).toContain('stage Dev');
    expect(lines({ transitions: [{ stage: 'Prod', reason: holdReason({ id: ID, number: 7 }, 'shop-prod') }] }).at(-1)).toContain('#7 works there');
  });

  it('says that a policy cannot stop a push where the pipeline asks nobody', () => {
    expect(lines({ asksNobody: 'shop-pipeline' }).at(-1)).toContain('the policy cannot stop a push');
  });

  it('shows all nine gates, whatever long reasons people gave', () => {
    const word = '&'.repeat(400);
    const named = ['role', 'lock', 'foreign lock', 'freeze', 'queue', 'environment', 'promotion', 'alarms', 'approval'];
    const gates = NAMES.map((gate): GateState => closed(word).find((one) => one.gate === gate) ?? { gate, open: true });
    const blocks = whyReply({ app: 'shop', environment: 'prod', owners: [OLIVE], transitions: [{ stage: word, reason: word }], gates }).blocks ?? [];
    const shown = blocks.flatMap((block) => (block.type === 'section' ? (block.text?.text ?? '').split('\n') : []));
    expect(named.filter((name) => shown.filter((line) => line.startsWith(`❌ *${name}*: `)).length !== 1)).toEqual([]);
    expect(shown.find((line) => line.startsWith('❌ *lock*'))).toContain('can steal it.');
  });

  it('is taken by Slack and notifies nobody whom a stranger named', () => {
    fc.assert(
      fc.property(hostile, (word) => {
        const reason = `Jack lock of ${word} (lock ${ID})`;
        expect(wrongWith(whyReply({ app: word, environment: word, owners: [], gates: closed(word), transitions: [{ stage: word, reason }], asksNobody: word }))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
