import { describe, expect, it } from '@jest/globals';
import type { App, Environment } from '../../../src/domain/app.ts';
import { barrierReason, type Barrier } from '../../../src/domain/barriers/barriers.ts';
import { Fault } from '../../../src/domain/faults.ts';
import { tellWhy } from '../../../src/operations/gates/tell-why.ts';
import { planRollback } from '../../../src/operations/plan-rollback.ts';
import { askedBy } from '../../../src/operations/questions.ts';
import { requestRelease, type Request } from '../../../src/operations/request-release.ts';
import { ADA, anApp, anEnvironment, aPipeline, aRunningVersion, aVersionRelease, commit, GRACE, MINUTE, OLIVE, T0 } from '../../support/world/builders.ts';
import { aWorld, type FakeWorld } from '../../support/world/fake-world.ts';

const LOCK: Barrier = { id: '00000000-0000-4000-8000-00000000beef', kind: 'lock', by: GRACE, since: T0, until: T0 + 60 * MINUTE, reason: 'migration', watchers: [], notes: [] };
const FREEZE: Barrier = { ...LOCK, id: '00000000-0000-4000-8000-00000000cafe', kind: 'freeze', by: OLIVE };
const CLOSED = 'shop-pipeline/Prod';
const VERSION = { route: { kind: 'version', label: 'v0' }, revision: { id: commit('0'), label: 'v0' } } as const;

function prod(app: App): Environment {
  const found = app.environments.find(({ name }) => name === 'prod');
  if (!found) throw new Error('no prod');
  return found;
}

function ask(world: FakeWorld, changes: Partial<Request> = {}) {
  return requestRelease({ app: world.app, environment: prod(world.app), user: ADA, route: { kind: 'pipeline', pipeline: 'shop-pipeline' }, revision: { id: commit('a') }, purpose: 'deploy', requestId: 'request-1', ...changes }, world);
}

async function put(world: FakeWorld, ...all: readonly Barrier[]): Promise<void> {
  const barriers = await world.store.barriers('shop', 'prod');
  await world.store.saveBarriers({ ...barriers, all: [...barriers.all, ...all] });
}

async function fails(): Promise<never> {
  throw new Fault('AccessDenied', { retryable: false });
}

/** The same world, of which this cannot be read. */
function blind(world: FakeWorld, what: 'barriers' | 'transitions' | 'alarms' | 'environment'): FakeWorld {
  if (what === 'barriers') return { ...world, store: { ...world.store, barriers: fails } };
  const name = { transitions: 'disabledTransitions', alarms: 'alarms', environment: 'observeEnvironment' }[what];
  return { ...world, aws: { ...world.aws, [name]: fails } };
}

function passOf(gate: 'lock' | 'freeze') {
  return { gate, by: OLIVE, at: T0, reason: 'production is down', barriers: [LOCK.id, FREEZE.id] };
}

async function recorded(world: FakeWorld): Promise<number> {
  return (await world.store.recentReleases({ limit: 10 })).length;
}

describe('a request for an environment that somebody locked', () => {
  it('is refused before anything is written, with who, since when, until when and why', async () => {
    const world = aWorld();
    await put(world, LOCK);
    expect(await ask(world)).toMatchObject({ ok: false, refusal: { kind: 'gate-closed', app: 'shop', environment: 'prod', gate: 'lock', closed: { because: 'locked', by: GRACE, barrierId: LOCK.id, since: T0, until: LOCK.until, reason: 'migration' }, owners: [OLIVE], mayBreakGlass: false } });
    expect([await recorded(world), world.aws.calls]).toEqual([0, []]);
  });

  it('is taken from the holder: by a version, by a rollback, and through the pipeline, where it waits at the transition', async () => {
    for (const changes of [VERSION, { ...VERSION, purpose: 'rollback' as const }, {}]) {
      const world = aWorld();
      await put(world, LOCK);
      expect(await ask(world, { user: GRACE, ...changes })).toMatchObject({ ok: true, value: { how: 'new' } });
    }
  });

  it('is taken again when the lock is over, by its time or by its end', async () => {
    const world = aWorld();
    await put(world, { ...LOCK, ended: { at: T0, how: 'unlocked' } }, { ...LOCK, id: FREEZE.id, until: T0 });
    expect(await ask(world)).toMatchObject({ ok: true });
  });

  it('that is one’s own already is answered as ever, and nobody else may join it', async () => {
    const world = aWorld();
    await ask(world);
    await put(world, LOCK);
    expect(await ask(world, { requestId: 'request-2' })).toMatchObject({ ok: true, value: { how: 'theirs' } });
    expect(await ask(world, { user: OLIVE, requestId: 'request-3' })).toMatchObject({ ok: false, refusal: { gate: 'lock' } });
  });

  it('is noted for an owner, so that it can be made with a broken glass, and for nobody else', async () => {
    const world = aWorld();
    await put(world, LOCK);
    const answer = await ask(world, { user: OLIVE, reason: 'production is down', ...VERSION });
    const refusal = answer.ok ? undefined : answer.refusal;
    const id = refusal?.kind === 'gate-closed' ? refusal.asked : undefined;
    expect(refusal).toMatchObject({ mayBreakGlass: true });
    expect(await askedBy(id ?? '', OLIVE, world)).toMatchObject({ app: 'shop', environment: 'prod', reason: 'production is down', what: { kind: 'request', ...VERSION, purpose: 'deploy', gate: 'lock', passes: [] } });
    expect(await askedBy(id ?? '', ADA, world)).toBeUndefined();
  });

  it('is taken with the pass of an owner, for the gates that were passed alone', async () => {
    const world = aWorld();
    await put(world, LOCK, FREEZE);
    expect(await ask(world, { user: OLIVE, passes: [passOf('lock')] })).toMatchObject({ ok: false, refusal: { gate: 'freeze' } });
    expect(await ask(world, { user: OLIVE, passes: [passOf('lock'), passOf('freeze')] })).toMatchObject({ ok: true });
  });
});

describe('a request while nothing may go', () => {
  it('is refused with the next allowed time', async () => {
    const app = anApp({ freezes: [{ name: 'monday', zone: 'UTC', environments: ['prod'], when: { kind: 'weekly', from: { day: 1, minute: 0 }, until: { day: 2, minute: 0 } } }] });
    const world = aWorld({ app });
    await put(world, { ...FREEZE, until: T0 + 24 * 60 * MINUTE });
    expect(await ask(world)).toMatchObject({ ok: false, refusal: { gate: 'freeze', closed: { because: 'frozen', freeze: { by: OLIVE, nextAllowed: T0 + 24 * 60 * MINUTE } } } });
    const dev = app.environments.find(({ name }) => name === 'dev');
    expect(await ask(world, { ...(dev && { environment: dev }) })).toMatchObject({ ok: true });
  });

  it('by a freeze of jack.yml is refused though nobody has noted its begin', async () => {
    const world = aWorld({ app: anApp({ freezes: [{ name: 'today', zone: 'UTC', when: { kind: 'dated', from: '2026-01-05T00:00', until: '2026-01-06T00:00' } }] }) });
    expect(await ask(world)).toMatchObject({ refusal: { gate: 'freeze', closed: { freeze: { by: 'jack.yml', reason: 'today', nextAllowed: Date.UTC(2026, 0, 6) } } } });
  });

  it('is refused where somebody disabled a transition on the way in AWS; Jack’s own are none', async () => {
    const world = aWorld();
    world.account.close('shop-pipeline/Dev', 'hands off', 'arn:aws:iam::1:user/olive');
    expect(await ask(world)).toMatchObject({ refusal: { gate: 'foreign-lock', closed: { because: 'held-elsewhere', transitions: [{ stage: 'Dev', reason: 'hands off' }] } } });
    expect(await ask(world, VERSION)).toMatchObject({ ok: true });
    const own = aWorld();
    own.account.close(CLOSED, barrierReason(LOCK, 'prod'), 'jack');
    expect(await ask(own)).toMatchObject({ ok: false, refusal: { gate: 'foreign-lock' } });
    await own.store.saveBarriers({ ...(await own.store.barriers('shop', 'prod')), all: [{ ...LOCK, ended: { at: T0, how: 'unlocked' } }] });
    expect(await ask(own)).toMatchObject({ ok: true });
  });

  it.each([['barriers', 'lock'], ['transitions', 'foreign-lock']] as const)('is refused when the %s cannot be read', async (what, gate) => {
    const world = aWorld();
    expect(await ask(blind(world, what))).toMatchObject({ ok: false, refusal: { gate, closed: { because: 'unknown' } } });
    expect(await recorded(world)).toBe(0);
  });
});

describe('the plan of a rollback', () => {
  it.each([['a lock of somebody else', LOCK, 'lock'], ['a freeze', FREEZE, 'freeze']] as const)('is refused by %s, and an owner’s is noted', async (_what, barrier, gate) => {
    const world = aWorld();
    await world.store.recordRunning(aRunningVersion('v0', T0 - MINUTE));
    await put(world, barrier);
    expect(await planRollback(world.app, prod(world.app), undefined, ADA, world)).toMatchObject({ ok: false, refusal: { kind: 'gate-closed', gate, mayBreakGlass: false } });
    const own = await planRollback(world.app, prod(world.app), undefined, OLIVE, world, { reason: 'it is broken' });
    const refusal = own.ok ? undefined : own.refusal;
    const asked = refusal?.kind === 'gate-closed' ? await askedBy(refusal.asked ?? '', OLIVE, world) : undefined;
    expect(asked).toMatchObject({ reason: 'it is broken', what: { kind: 'request', purpose: 'rollback', route: { kind: 'version', label: 'v0' } } });
  });

  it('is shown to the holder', async () => {
    const world = aWorld();
    await world.store.recordRunning(aRunningVersion('v0', T0 - MINUTE));
    await put(world, LOCK);
    expect(await planRollback(world.app, prod(world.app), undefined, GRACE, world)).toMatchObject({ ok: true });
  });
});

describe('/deploy why', () => {
  it.each([['barriers', ['lock', 'freeze']], ['transitions', ['foreign-lock']], ['alarms', ['alarms']], ['environment', ['environment']]] as const)('says of what cannot be read (%s) that it is closed', async (what, closed) => {
    const app = anApp({ environments: [anEnvironment('dev'), anEnvironment('prod', { alarms: ['5xx'] })] });
    const world = aWorld({ app });
    world.account.alarms.set('5xx', 'OK');
    const why = await tellWhy(app, prod(app), ADA, blind(world, what));
    expect(why.gates.filter(({ open, gate }) => !open && gate !== 'approval').map(({ gate }) => gate)).toEqual(closed);
  });

  it('counts in the queue only those that a release asked for now would wait for', async () => {
    const world = aWorld();
    const queued = { status: 'waiting', waiting: { for: 'queue', behind: 1, place: 1 } } as const;
    const queue = async () => (await tellWhy(world.app, prod(world.app), ADA, world)).gates.find(({ gate }) => gate === 'queue');
    await world.store.addRelease(aVersionRelease({ ...queued, id: '00000000-0000-4000-8000-000000000001', cancel: { by: ADA, at: T0 } }));
    await world.store.addRelease(aVersionRelease({ ...queued, id: '00000000-0000-4000-8000-000000000002', trouble: { since: T0 - 3 * MINUTE, text: 'AWS does not answer.', faultId: 'f-1' } }));
    expect(await queue()).toMatchObject({ open: true });
    const { release } = await world.store.addRelease(aVersionRelease({ ...queued, id: '00000000-0000-4000-8000-000000000003', route: { kind: 'version', label: 'v3' } }));
    expect(await queue()).toMatchObject({ open: false, by: release.number, place: 1 });
  });

  it('asks of the newest whether it has been live where it has to be first, or says that it is asked when it gets there', async () => {
    const app = anApp({ environments: [anEnvironment('dev'), anEnvironment('prod', { after: ['dev'] })] });
    const world = aWorld({ app });
    const promotion = async () => (await tellWhy(app, prod(app), ADA, world)).gates.find(({ gate }) => gate === 'promotion');
    expect(await promotion()).toEqual({ gate: 'promotion', open: true, note: 'asked-when-it-gets-there' });
    await world.store.recordRunning(aRunningVersion('v7', T0, { environment: 'dev', revision: { id: commit('a'), label: 'v7' } }));
    expect(await promotion()).toEqual({ gate: 'promotion', open: true });
  });

  it('asks it of the revision that is named, by its own way', async () => {
    const app = anApp({ environments: [anEnvironment('dev'), anEnvironment('prod', { after: ['dev'] })] });
    const world = aWorld({ app });
    await world.store.recordRunning(aRunningVersion('v7', T0, { environment: 'dev', revision: { id: commit('7'), label: 'v7' } }));
    const promotion = async (digit: string) =>
      (await tellWhy(app, prod(app), ADA, world, { asked: `v${digit}`, route: { kind: 'version', label: `v${digit}` }, revision: { id: commit(digit), label: `v${digit}` } })).gates.find(({ gate }) => gate === 'promotion');
    expect(await promotion('7')).toEqual({ gate: 'promotion', open: true });
    expect(await promotion('8')).toMatchObject({ open: false, because: 'not-yet-on', environments: ['dev'] });
  });

  it('says that a policy cannot stop a push where the pipeline has no approval action', async () => {
    const [first, second, dev, last] = aPipeline().stages;
    const stages = [first, second, dev, last && { ...last, actions: last.actions.filter(({ kind }) => kind !== 'approval') }].filter((stage) => stage !== undefined);
    const app = anApp({ pipelines: [aPipeline({ stages })] });
    expect(await tellWhy(app, prod(app), ADA, aWorld({ app }))).toMatchObject({ asksNobody: 'shop-pipeline' });
    expect(await tellWhy(anApp(), prod(anApp()), ADA, aWorld())).not.toHaveProperty('asksNobody');
  });

  it('tells the holder that their pipeline release would wait, and others that it is refused', async () => {
    const world = aWorld();
    await put(world, LOCK);
    const of = async (user: string) => (await tellWhy(world.app, prod(world.app), user, world)).gates.find(({ gate }) => gate === 'lock');
    expect(await of(GRACE)).toMatchObject({ open: false, manner: 'waits' });
    expect(await of(ADA)).toMatchObject({ open: false, manner: 'refuses' });
  });
});
