import { describe, expect, it } from '@jest/globals';
import type { App } from '../../../src/domain/app.ts';
import type { Barrier } from '../../../src/domain/barriers/barriers.ts';
import { occupies } from '../../../src/domain/occupancy.ts';
import type { Release } from '../../../src/domain/release.ts';
import { ADA, anApp, anEnvironment, askingBefore, GRACE, LINUS, MINUTE, OLIVE, T0 } from '../../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, types, until, type FakeWorld } from '../../support/world/fake-world.ts';
import { Crash } from '../../support/world/interrupt.ts';
import { effects, transcript } from '../../support/world/transcript.ts';

const LOCK: Barrier = { id: '00000000-0000-4000-8000-00000000beef', kind: 'lock', by: LINUS, since: T0, until: T0 + 24 * 60 * MINUTE, reason: 'load test', watchers: [], notes: [] };
const BARRIERS = [['lock', LOCK], ['freeze', { ...LOCK, kind: 'freeze' as const, by: OLIVE }]] as const;

/** Source → Build → Dev (approve, deploy) → Prod (approve, deploy): a push always goes to prod. */
function askingTwice(dev: object = {}): App {
  const policy = { approval: { from: [GRACE], count: 1 } };
  return anApp({ pipelines: [askingBefore('Dev')], environments: [anEnvironment('dev', { verifyMs: 0, ...policy, ...dev }), anEnvironment('prod', { verifyMs: 0, ...policy })] });
}

async function toProd(world: FakeWorld): Promise<Release> {
  const found = (await world.store.recentReleases({ limit: 10 })).find(({ number }) => number === 1);
  if (!found) throw new Error('nothing was asked for');
  return found;
}

async function asksAt(environment: string, world: FakeWorld): Promise<string> {
  const question = async () => (await toProd(world)).approvals.find((one) => one.environment === environment && one.state === 'open');
  await until(world, async () => (await question()) !== undefined);
  return (await question())?.id ?? '';
}

/** A release on its way to prod, while CodePipeline asks in front of dev. */
async function atDev(app = askingTwice()): Promise<{ readonly world: FakeWorld; readonly question: string }> {
  const world = aWorld({ app });
  await types(world, '/deploy prod', ADA);
  return { world, question: await asksAt('dev', world) };
}

async function closes(world: FakeWorld, environment: string, ...all: readonly Barrier[]): Promise<void> {
  await world.store.saveBarriers({ ...(await world.store.barriers('shop', environment)), all });
}

const ended = (barrier: Barrier, world: FakeWorld): Barrier => ({ ...barrier, ended: { at: world.clock.now(), how: 'unlocked' } });
const told = (world: FakeWorld): number => effects(world, 'answer-approval');

describe('a yes for an environment on the way', () => {
  it.each(BARRIERS)('waits while that one is closed, says where, and is told when it opens: %s', async (gate, barrier) => {
    const { world, question } = await atDev();
    await closes(world, 'dev', barrier);
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world, 10);
    expect(told(world)).toBe(0);
    expect(await toProd(world)).toMatchObject({ status: 'waiting', waiting: { for: 'gate', gate, environment: 'dev' } });
    expect(transcript(world).filter((line) => line.includes('Held in front of *dev*'))).toHaveLength(1);
    expect(transcript(world).some((line) => line.includes('held in front of dev: the environment is'))).toBe(true);
    await closes(world, 'dev', ended(barrier, world));
    await until(world, async () => (await world.store.barriers('shop', 'dev')).kept !== undefined);
    expect(told(world)).toBe(0);
    await clicks(world, 'barrier.let-in', barrier.id, barrier.by);
    await until(world, () => told(world) === 1);
    await asksAt('prod', world);
  });

  it.each(BARRIERS)('is not kept back by what is closed further on, and that holds the next yes: %s', async (gate, barrier) => {
    const { world, question } = await atDev();
    await clicks(world, 'approval.approve', question, GRACE);
    const next = await asksAt('prod', world);
    await closes(world, 'prod', barrier);
    await clicks(world, 'approval.approve', next, GRACE);
    await pass(world, 10);
    expect(told(world)).toBe(1);
    expect((await toProd(world)).waiting).toMatchObject({ for: 'gate', gate });
    expect((await toProd(world)).waiting).not.toHaveProperty('environment');
  });

  it('is told although prod is locked', async () => {
    const { world, question } = await atDev();
    await closes(world, 'prod', LOCK);
    await clicks(world, 'approval.approve', question, GRACE);
    await until(world, () => world.account.environments.get('shop-dev')?.observe().label !== 'v1');
    expect(transcript(world).filter((line) => line.includes('Held in front of'))).toEqual([]);
  });

  it('is told when an owner breaks the glass there, and what is closed further on stays closed', async () => {
    const { world, question } = await atDev();
    await closes(world, 'dev', LOCK);
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world, 2);
    await fillsIn(world, 'glass', { reason: 'production is down' }, { release: (await toProd(world)).id, gate: 'lock' }, OLIVE);
    await until(world, () => told(world) === 1);
    expect(transcript(world).some((line) => line.includes('pass the lock of *shop → dev*'))).toBe(true);
    const next = await asksAt('prod', world);
    await closes(world, 'prod', { ...LOCK, id: '00000000-0000-4000-8000-00000000cafe' });
    await clicks(world, 'approval.approve', next, GRACE);
    await pass(world, 6);
    expect(told(world)).toBe(1);
    expect((await toProd(world)).waiting).toMatchObject({ for: 'gate', gate: 'lock' });
  });

  it('is not told by a process that comes back after the lock closed', async () => {
    const { world, question } = await atDev();
    const real = world.aws.perform.bind(world.aws);
    world.aws.perform = async (app, effect, call) => {
      if (effect.kind !== 'answer-approval') return real(app, effect, call);
      await closes(world, 'dev', LOCK);
      throw new Crash('before the call');
    };
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world);
    world.aws.perform = real;
    await pass(world, 6);
    expect(told(world)).toBe(0);
    expect((await toProd(world)).waiting).toMatchObject({ for: 'gate', gate: 'lock', environment: 'dev' });
  });

  it('waits for the alarms of that environment', async () => {
    const { world, question } = await atDev(askingTwice({ alarms: ['5xx'] }));
    world.account.alarms.set('5xx', 'ALARM');
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world, 4);
    expect((await toProd(world)).waiting).toMatchObject({ for: 'gate', gate: 'alarms', environment: 'dev' });
    world.account.alarms.set('5xx', 'OK');
    await until(world, () => told(world) === 1);
  });

  it('waits for its turn there, so that never two work on one environment', async () => {
    const { world, question } = await atDev();
    await types(world, '/deploy dev@v0', ADA);
    await pass(world, 2);
    const other = (await world.store.openReleases('shop')).find(({ number }) => number === 2);
    await clicks(world, 'approval.approve', other?.approvals[0]?.id ?? '', GRACE);
    await until(world, async () => (await world.store.openReleases('shop')).some((one) => one.number === 2 && occupies(one, 'dev')));
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world);
    expect(told(world)).toBe(0);
    expect(await toProd(world)).toMatchObject({ status: 'waiting', waiting: { for: 'queue', behind: 2 } });
    await until(world, async () => {
      const inside = (await world.store.openReleases('shop')).filter((one) => occupies(one, 'dev'));
      expect(inside.length).toBeLessThan(2);
      return told(world) === 1;
    });
    await asksAt('prod', world);
  });
});
