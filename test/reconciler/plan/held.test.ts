import { describe, expect, it } from '@jest/globals';
import type { App } from '../../../src/domain/app.ts';
import type { Barrier } from '../../../src/domain/barriers/barriers.ts';
import { Fault } from '../../../src/domain/faults.ts';
import { ADA, anApp, anEnvironment, aPipeline, aRunningVersion, commit, GRACE, MINUTE, T0 } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const LOCK: Barrier = { id: '00000000-0000-4000-8000-00000000beef', kind: 'lock', by: GRACE, since: T0, until: T0 + 24 * 60 * MINUTE, reason: 'migration', watchers: [], notes: [] };

async function put(world: FakeWorld, ...all: readonly Barrier[]): Promise<void> {
  const barriers = await world.store.barriers('shop', 'prod');
  await world.store.saveBarriers({ ...barriers, all });
}

const withProd = (changes: object): App => anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 0, ...changes })] });
const waits = async (world: FakeWorld) => (await newestRelease(world)).waiting;
const atGate = (gate: string) => ({ for: 'gate', gate });

/** Whoever may says yes to what was held, once it is asked about. */
async function letsIn(world: FakeWorld): Promise<void> {
  await until(world, async () => (await world.store.barriers('shop', 'prod')).kept !== undefined, 12);
  await clicks(world, 'barrier.let-in', LOCK.id, GRACE);
  await work(world);
}

async function broken(): Promise<never> {
  throw new Fault('the store does not answer', { retryable: true });
}

/** `/deploy` was written down, and nothing has been done yet when this happens. */
async function asksAndThen(world: FakeWorld, words: string, then: () => Promise<unknown>): Promise<void> {
  const real = world.store.addRelease.bind(world.store);
  world.store.addRelease = async (...given) => {
    const added = await real(...given);
    await then();
    return added;
  };
  await types(world, words);
  await work(world);
  world.store.addRelease = real;
}

describe('a gate that closes after the request', () => {
  it.each([['lock', LOCK], ['freeze', { ...LOCK, kind: 'freeze' as const }]] as const)('holds the start of an execution: %s', async (gate, barrier) => {
    const world = aWorld();
    await asksAndThen(world, '/deploy prod', () => put(world, barrier));
    expect(await waits(world)).toMatchObject(atGate(gate));
    expect(effects(world, 'start-execution')).toBe(0);
    await put(world, { ...barrier, ended: { at: world.clock.now(), how: 'unlocked' } });
    await pass(world, 6);
    expect(await waits(world)).toMatchObject({ ...atGate(gate), because: { because: 'unasked', barrier: gate } });
    expect(effects(world, 'start-execution')).toBe(0);
    await letsIn(world);
    await until(world, () => effects(world, 'start-execution') === 1, 10);
  });

  it('holds a version, says once by whom, and lets it go on when it opens', async () => {
    const world = aWorld({ app: withProd({}) });
    await asksAndThen(world, '/deploy prod@v0', () => put(world, LOCK));
    await pass(world, 20);
    expect(await waits(world)).toMatchObject(atGate('lock'));
    const said = transcript(world).filter((line) => line.includes('Held in front of'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`Ask <@${GRACE}>, or wait.`);
    expect(transcript(world).some((line) => line.includes(`held: the environment is locked by <@${GRACE}>`))).toBe(true);
    expect(effects(world, 'update-environment')).toBe(0);
    await put(world, { ...LOCK, ended: { at: world.clock.now(), how: 'unlocked' } });
    await letsIn(world);
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });

  it('holds a version also when who asked for it locks the environment later: their lock is no yes', async () => {
    const world = aWorld({ app: withProd({}) });
    await asksAndThen(world, '/deploy prod@v0', () => put(world, LOCK));
    await pass(world, 2);
    await put(world, { ...LOCK, ended: { at: world.clock.now(), how: 'unlocked' } }, { ...LOCK, id: '00000000-0000-4000-8000-0000000000ad', by: ADA, since: world.clock.now() });
    await pass(world, 20);
    expect(effects(world, 'update-environment')).toBe(0);
    expect(await waits(world)).toMatchObject({ ...atGate('lock'), because: { because: 'unasked', later: true } });
    await types(world, '/deploy unlock prod');
    await work(world);
    expect(world.slack.replies.at(-1)?.blocks).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'actions' })]));
  });

  it('keeps an approval from being given to what stands inside the stage already', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await until(world, async () => (await newestRelease(world)).waiting?.for === 'approval');
    await put(world, LOCK);
    const [request] = (await newestRelease(world)).approvals;
    await clicks(world, 'approval.approve', request?.id ?? '', GRACE);
    await pass(world, 12);
    expect(await waits(world)).toMatchObject(atGate('lock'));
    expect(effects(world, 'answer-approval')).toBe(0);
    await put(world, { ...LOCK, ended: { at: world.clock.now(), how: 'unlocked' } });
    await letsIn(world);
    await until(world, () => effects(world, 'answer-approval') === 1, 20);
  });

  it('at the very moment of the decision is looked at once more, and the release steps back', async () => {
    const world = aWorld({ app: withProd({}) });
    const real = world.store.saveRelease.bind(world.store);
    world.store.saveRelease = async (release, ...more) => {
      const saved = await real(release, ...more);
      if (release.intent?.effect.kind === 'update-environment' && (await world.store.barriers('shop', 'prod')).version === 0) await put(world, LOCK);
      return saved;
    };
    await types(world, '/deploy prod@v0');
    await pass(world, 6);
    expect(await newestRelease(world)).toMatchObject({ status: 'waiting', waiting: atGate('lock') });
    expect((await newestRelease(world)).intent).toBeUndefined();
    expect(effects(world, 'update-environment')).toBe(0);
  });

  it('while Jack is away is looked at before an effect that was written down is made', async () => {
    const world = aWorld({ app: withProd({}) });
    await asksAndThen(world, '/deploy prod@v0', async () => {
      const [release] = await world.store.openReleases('shop');
      const effect = { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v0' } as const;
      if (release) await world.store.saveRelease({ ...release, intent: { effect, t0: world.clock.now() } });
      await put(world, LOCK);
    });
    expect(await newestRelease(world)).toMatchObject({ status: 'waiting', waiting: atGate('lock') });
    expect(effects(world, 'update-environment')).toBe(0);
  });

  it('lets nothing in while the store cannot tell', async () => {
    const world = aWorld({ app: withProd({}) });
    const real = world.store.barriers.bind(world.store);
    await asksAndThen(world, '/deploy prod@v0', async () => {
      world.store.barriers = broken;
    });
    await pass(world, 4);
    expect(effects(world, 'update-environment')).toBe(0);
    expect(await waits(world)).toMatchObject({ ...atGate('lock'), because: { because: 'unknown' } });
    world.store.barriers = real;
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });

  it('in AWS holds a version, and goes unasked in a pipeline, where AWS itself holds', async () => {
    const world = aWorld({ app: withProd({}) });
    await asksAndThen(world, '/deploy prod@v0', async () => world.account.close('shop-pipeline/Prod', 'hands off', 'arn:aws:iam::1:user/olive'));
    await pass(world, 2);
    expect(await waits(world)).toMatchObject(atGate('foreign-lock'));
    world.account.open('shop-pipeline/Prod', 'olive');
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });
});

describe('the holder of a lock', () => {
  it('gets in with a version while it is locked', async () => {
    const world = aWorld({ app: withProd({}) });
    await put(world, { ...LOCK, by: ADA });
    await types(world, '/deploy prod@v0');
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });

  it('has the execution started, which waits in front of the transition until they unlock', async () => {
    const world = aWorld({ app: withProd({}) });
    await put(world, { ...LOCK, by: ADA });
    await types(world, '/deploy prod');
    await until(world, async () => (await newestRelease(world)).waiting?.for === 'transition');
    expect(effects(world, 'start-execution')).toBe(1);
  });
});

describe('an alarm that rings', () => {
  it('holds a release until it is silent, and no rollback', async () => {
    const world = aWorld({ app: withProd({ alarms: ['5xx'] }) });
    world.account.alarms.set('5xx', 'ALARM');
    await types(world, '/deploy prod@v0');
    await pass(world, 3);
    expect(await waits(world)).toMatchObject({ ...atGate('alarms'), because: { ringing: ['5xx'] } });
    world.account.alarms.set('5xx', 'OK');
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });

  it('that CloudWatch does not know keeps the gate closed', async () => {
    const world = aWorld({ app: withProd({ alarms: ['gone'] }) });
    await types(world, '/deploy prod@v0');
    await pass(world, 3);
    expect(await waits(world)).toMatchObject({ ...atGate('alarms'), because: { unknown: ['gone'] } });
  });

  it('holds the start where no approval stands before the environment', async () => {
    const [source, build, dev, prod] = aPipeline().stages;
    const stages = [source, build, dev, prod && { ...prod, actions: prod.actions.filter(({ kind }) => kind !== 'approval') }].filter((stage) => stage !== undefined);
    const world = aWorld({ app: { ...withProd({ alarms: ['5xx'], after: ['dev'] }), pipelines: [aPipeline({ stages })] } });
    world.account.alarms.set('5xx', 'ALARM');
    await types(world, '/deploy prod');
    await pass(world, 2);
    expect(await waits(world)).toMatchObject(atGate('alarms'));
    world.account.alarms.set('5xx', 'OK');
    await until(world, () => effects(world, 'start-execution') === 1, 20);
  });
});

describe('the order of promotion', () => {
  it('holds a version until it has been live where it has to be first', async () => {
    const world = aWorld({ app: withProd({ after: ['dev'] }) });
    await types(world, '/deploy prod@v0');
    await pass(world, 3);
    expect(await waits(world)).toMatchObject({ ...atGate('promotion'), because: { environments: ['dev'] } });
    await world.store.recordRunning(aRunningVersion('v0', T0, { environment: 'dev', revision: { id: commit('0'), label: 'v0' } }));
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });

  it('is met on the pipeline’s way by a deploy that is live there', async () => {
    const world = aWorld({ app: anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 0, after: ['dev'], approval: { from: [GRACE], count: 1 } })] }) });
    await types(world, '/deploy prod');
    await until(world, async () => (await newestRelease(world)).waiting?.for === 'approval');
    const [request] = (await newestRelease(world)).approvals;
    await clicks(world, 'approval.approve', request?.id ?? '', GRACE);
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });
});
