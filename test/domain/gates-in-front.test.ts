import { describe, expect, it } from '@jest/globals';
import { barrierReason, type Barrier } from '../../src/domain/barriers/barriers.ts';
import { holdReason } from '../../src/domain/effect.ts';
import { alarmsGate } from '../../src/domain/gates/alarms.ts';
import { foreignLockGate, isForeign } from '../../src/domain/gates/foreign-lock.ts';
import { freezeGate } from '../../src/domain/gates/freeze.ts';
import type { FreezeInForce, GateFacts } from '../../src/domain/gates/gate.ts';
import { firstClosed, refusing } from '../../src/domain/gates/index.ts';
import { lockGate } from '../../src/domain/gates/lock.ts';
import { promotionGate } from '../../src/domain/gates/promotion.ts';
import { alarmFacts, barrierFacts, foreignFacts } from '../../src/domain/door/door-facts.ts';
import { notYetOn } from '../../src/domain/door/promotion.ts';
import { disabledOn, waysTo } from '../../src/domain/door/way.ts';
import { ADA, aDeploy, anApp, anEnvironment, anObservedEnvironment, aRunningVersion, commit, GRACE, MINUTE, OLIVE, T0 } from '../support/world/builders.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const lock: Barrier = { id: ID, kind: 'lock', by: ADA, since: T0, until: T0 + 60 * MINUTE, reason: 'migration', watchers: [], notes: [] };
const freeze: FreezeInForce = { by: 'jack.yml', reason: 'weekend', since: T0, until: T0 + MINUTE, nextAllowed: T0 + MINUTE, keys: ['window:prod:weekend@1', 'another'] };
const OPEN: GateFacts = { environment: anEnvironment('prod'), route: 'pipeline', purpose: 'deploy', role: 'contributor', requesters: [GRACE], ahead: [], seen: anObservedEnvironment(), approvalAction: false };
const byOwner = (gate: 'lock' | 'freeze' | 'alarms', ...barriers: readonly string[]) => [{ gate, by: OLIVE, at: T0, reason: 'production is down', barriers }];

describe('the gate of the lock', () => {
  it.each<readonly [string, Partial<GateFacts>, object]>([
    ['is open when nobody holds it', {}, { open: true }],
    ['refuses others, with who, since when, until when and why', { lock }, { open: false, manner: 'refuses', because: 'locked', by: ADA, barrierId: ID, since: T0, until: T0 + 60 * MINUTE, reason: 'migration' }],
    ['refuses others’ rollbacks', { lock, purpose: 'rollback', route: 'version' }, { open: false, manner: 'refuses' }],
    ['refuses what nobody typed', { lock, requesters: [] }, { open: false, manner: 'refuses' }],
    ['lets the holder pass with a version', { lock, requesters: [ADA], route: 'version' }, { open: true, note: 'yours' }],
    ['lets the holder pass with a rollback', { lock, requesters: [ADA], purpose: 'rollback' }, { open: true, note: 'yours' }],
    ['lets the holder wait who goes through the pipeline', { lock, requesters: [ADA] }, { open: false, manner: 'waits', because: 'locked' }],
    ['is closed when it cannot be read, to the holder too', { lock: 'unknown', requesters: [ADA], route: 'version' }, { open: false, manner: 'refuses', because: 'unknown' }],
    ['is open by a pass of an owner for exactly it', { lock, passes: byOwner('lock', ID) }, { open: true, note: 'broken-glass' }],
    ['is not open by a pass for an earlier lock', { lock, passes: byOwner('lock', 'an earlier one') }, { open: false }],
    ['is not open by a pass for no lock', { lock, passes: byOwner('lock') }, { open: false }],
    ['is not open by a pass while it cannot be read', { lock: 'unknown', passes: byOwner('lock', ID) }, { open: false }],
    ['is not open by a pass of another gate', { lock, passes: byOwner('freeze', ID) }, { open: false }],
  ])('%s', (_what, facts, state) => {
    expect(lockGate.examine({ ...OPEN, ...facts })).toMatchObject(state);
  });
});

describe('the gate of foreign locks', () => {
  const theirs = { stage: 'Prod', reason: 'release freeze', by: 'arn:aws:iam::1:user/olive' };

  it('refuses with what is disabled, and stays closed when that cannot be read', () => {
    expect(foreignLockGate.examine({ ...OPEN, foreign: [theirs] })).toMatchObject({ open: false, manner: 'refuses', because: 'held-elsewhere', transitions: [theirs] });
    expect(foreignLockGate.examine({ ...OPEN, foreign: 'unknown' })).toMatchObject({ open: false, manner: 'refuses', because: 'unknown' });
    expect(foreignLockGate.examine({ ...OPEN, foreign: [] })).toMatchObject({ open: true });
  });

  it('knows Jack’s own by the id in the reason', () => {
    const own = [barrierReason(lock, 'prod'), holdReason({ id: ID, number: 7 }, 'shop-prod')];
    expect(own.map((reason) => isForeign({ reason }))).toEqual([false, false]);
    expect(isForeign({ reason: 'Jack lock of prod' })).toBe(true);
    expect(foreignFacts([[theirs, { stage: 'Prod', reason: barrierReason(lock, 'prod') }]])).toEqual({ foreign: [theirs] });
  });

  it('cannot tell when one way of several cannot be read', () => {
    expect(foreignFacts([[theirs], 'unknown'])).toEqual({ foreign: 'unknown' });
    expect(foreignFacts([])).toEqual({ foreign: [] });
  });

  it('looks at all stages of a pipeline up to the environment, and for a version at those that deploy to it', () => {
    const app = anApp();
    const [dev, prod] = app.environments;
    const pipeline = { kind: 'pipeline', pipeline: 'shop-pipeline' } as const;
    expect(prod && waysTo(app, prod, pipeline)).toEqual([{ pipeline: 'shop-pipeline', stages: ['Source', 'Build', 'Dev', 'Prod'] }]);
    expect(dev && waysTo(app, dev, pipeline)).toEqual([{ pipeline: 'shop-pipeline', stages: ['Source', 'Build', 'Dev'] }]);
    expect(prod && waysTo(app, prod, { kind: 'version' })).toEqual([{ pipeline: 'shop-pipeline', stages: ['Prod'] }]);
    expect(prod && waysTo(app, prod, { kind: 'pipeline', pipeline: 'another' })).toEqual([]);
    expect(waysTo(app, anEnvironment('nowhere'), { kind: 'version' })).toEqual([]);
    expect(disabledOn({ pipeline: 'shop-pipeline', stages: ['Prod'] }, [theirs, { ...theirs, stage: 'Dev' }])).toEqual([theirs]);
  });
});

describe('the gate of freezes', () => {
  it('refuses, rollbacks too, and opens by its end or by an owner’s pass', () => {
    expect(freezeGate.examine({ ...OPEN, freeze })).toMatchObject({ open: false, manner: 'refuses', because: 'frozen', freeze });
    expect(freezeGate.examine({ ...OPEN, freeze, purpose: 'rollback', route: 'version' })).toMatchObject({ open: false });
    expect(freezeGate.examine({ ...OPEN, freeze: 'unknown' })).toMatchObject({ open: false, because: 'unknown' });
    expect(freezeGate.examine({ ...OPEN, freeze, passes: byOwner('freeze', 'window:prod:weekend@1', 'another') })).toMatchObject({ open: true, note: 'broken-glass' });
    expect(freezeGate.examine({ ...OPEN, freeze, passes: byOwner('freeze', 'another') })).toMatchObject({ open: false });
    expect(freezeGate.examine(OPEN)).toEqual({ gate: 'freeze', open: true });
  });

  it('and that of the lock are closed when the store cannot be read', () => {
    expect(barrierFacts('unknown', [], T0)).toEqual({ lock: 'unknown', freeze: 'unknown' });
    expect(barrierFacts({ app: 'shop', environment: 'prod', version: 1, all: [lock], thawed: [], holds: [] }, [], T0)).toEqual({ lock });
    expect(barrierFacts({ app: 'shop', environment: 'prod', version: 1, all: [lock], thawed: [], holds: [] }, [], lock.until)).toEqual({});
  });
});

function ran(standing: 'verified' | 'deployed' | 'bad', releaseNumber?: number) {
  return { dev: [aRunningVersion('v7', T0, { environment: 'dev', standing, ...(releaseNumber !== undefined && { releaseNumber }), revision: { id: commit('a'), label: 'v7' } })] };
}

describe('the gate of promotion', () => {
  const environment = anEnvironment('prod', { after: ['dev', 'qa'] });

  it.each<readonly [string, Partial<GateFacts>, object]>([
    ['is not configured', { environment: anEnvironment('prod'), notYetOn: ['dev'] }, { open: true, note: 'not-configured' }],
    ['waits for what is missing', { notYetOn: ['qa'] }, { open: false, manner: 'waits', because: 'not-yet-on', environments: ['qa'] }],
    ['is open once it was live on all', { notYetOn: [] }, { open: true }],
    ['leaves to later what lies on the way', { notYetOn: ['dev', 'qa'], onTheWay: ['dev', 'qa'] }, { open: true, note: 'asked-when-it-gets-there' }],
    ['leaves to later what lies on the way, also when it cannot be told yet', { notYetOn: 'unknown', onTheWay: ['dev', 'qa'] }, { open: true, note: 'asked-when-it-gets-there' }],
    ['asks for the rest', { notYetOn: ['dev', 'qa'], onTheWay: ['dev'] }, { open: false, because: 'not-yet-on', environments: ['qa'] }],
    ['asks no rollback', { notYetOn: ['qa'], purpose: 'rollback' }, { open: true, note: 'not-asked-for-rollbacks' }],
    ['stays closed when it cannot be told', { notYetOn: 'unknown' }, { open: false, manner: 'waits', because: 'unknown' }],
  ])('%s', (_what, facts, state) => {
    expect(promotionGate.examine({ ...OPEN, environment, ...facts })).toMatchObject(state);
  });

  it.each([
    ['the same commit was verified there, under another label', { revision: { id: commit('a'), label: 'v9' }, deploys: [] }, ran('verified'), []],
    ['the same label was verified there', { revision: { label: 'v7' }, deploys: [] }, ran('verified'), []],
    ['it was only deployed there', { revision: { id: commit('a') }, deploys: [] }, ran('deployed', 3), ['dev']],
    ['it ran there when Jack came', { revision: { id: commit('a') }, deploys: [] }, ran('deployed'), []],
    ['it ran there before that, too long ago for Jack', { revision: { id: commit('c') }, deploys: [] }, { dev: [...ran('deployed').dev, aRunningVersion('v6', T0 - MINUTE, { environment: 'dev', standing: 'deployed', revision: { id: commit('c') } })] }, ['dev']],
    ['it failed there', { revision: { id: commit('a') }, deploys: [] }, ran('bad'), ['dev']],
    ['another commit was live there', { revision: { id: commit('b') }, deploys: [] }, ran('verified'), ['dev']],
    ['nothing ran there', { revision: { id: commit('b') }, deploys: [] }, {}, ['dev']],
    ['it came to be live there on its way', { revision: {}, deploys: [aDeploy({ environment: 'dev', status: 'done', verdict: { outcome: 'live', because: '' } })] }, {}, []],
    ['it was not verified there on its way', { revision: { id: commit('a') }, deploys: [aDeploy({ environment: 'dev', status: 'done', verdict: { outcome: 'live-not-verified', because: '' } })] }, {}, ['dev']],
    ['nothing tells which revision it is', { revision: {}, deploys: [] }, ran('verified'), 'unknown'],
  ] as const)('is told what is missing when %s', (_what, promoted, versions, missing) => {
    expect(notYetOn(['dev'], promoted, versions)).toEqual(missing);
  });
});

describe('the gate of alarms', () => {
  const environment = anEnvironment('prod', { alarms: ['5xx', 'slow', 'gone'] });

  it('waits while one rings or does not answer; one without data does not ring', () => {
    const told = alarmFacts(['5xx', 'slow', 'gone'], [{ name: '5xx', state: 'ALARM' }, { name: 'slow', state: 'INSUFFICIENT_DATA' }]);
    expect(told).toEqual({ alarms: { ringing: ['5xx'], unknown: ['gone'] } });
    expect(alarmsGate.examine({ ...OPEN, environment, ...told })).toMatchObject({ open: false, manner: 'waits', because: 'alarms', ringing: ['5xx'], unknown: ['gone'] });
    expect(alarmsGate.examine({ ...OPEN, environment, ...alarmFacts(['5xx'], [{ name: '5xx', state: 'OK' }]) })).toEqual({ gate: 'alarms', open: true });
  });

  it('stays closed when CloudWatch cannot be asked', () => {
    expect(alarmsGate.examine({ ...OPEN, environment, ...alarmFacts(['5xx'], 'unknown') })).toMatchObject({ open: false, unknown: ['5xx'] });
  });

  it('keeps no rollback out, and asks nothing where none is named', () => {
    const alarms = { ringing: ['5xx'], unknown: [] };
    expect(alarmsGate.examine({ ...OPEN, environment, alarms, purpose: 'rollback' })).toMatchObject({ open: true, note: 'not-asked-for-rollbacks' });
    expect(alarmsGate.examine({ ...OPEN, alarms })).toMatchObject({ open: true, note: 'not-configured' });
    expect(alarmsGate.examine({ ...OPEN, environment, alarms, passes: byOwner('alarms') })).toMatchObject({ open: true, note: 'broken-glass' });
  });
});

it('a request ends at the first gate that refuses, and not at one where it would only wait', () => {
  const environment = anEnvironment('prod', { alarms: ['5xx'], approval: { from: [GRACE], count: 1 } });
  const waiting: GateFacts = { ...OPEN, environment, alarms: { ringing: ['5xx'], unknown: [] }, seen: anObservedEnvironment({ status: 'Updating' }) };
  expect(refusing(waiting)).toBeUndefined();
  expect(firstClosed(waiting)).toMatchObject({ gate: 'environment' });
  expect(refusing({ ...waiting, freeze, lock })).toMatchObject({ gate: 'lock' });
  expect(refusing({ ...waiting, freeze, lock, requesters: [ADA] })).toMatchObject({ gate: 'freeze' });
});
