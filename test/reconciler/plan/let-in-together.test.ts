import { describe, expect, it } from '@jest/globals';
import { letInBy, type App, type Environment, type PipelineAction } from '../../../src/domain/app.ts';
import type { Barrier } from '../../../src/domain/barriers/barriers.ts';
import { ADA, anApp, anEnvironment, aPipeline, GRACE, MINUTE, OLIVE, T0 } from '../../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, types, until, type FakeWorld } from '../../support/world/fake-world.ts';
import { offered, openApproval, pushes } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const approve = (name: string, runOrder: number): PipelineAction => ({ name, runOrder, kind: 'approval', provider: 'Manual' });
const deploy = (environment: string, runOrder: number): PipelineAction => ({ name: `Deploy-${environment}`, runOrder, kind: 'deploy', provider: 'ElasticBeanstalk', beanstalkEnvironment: `shop-${environment}` });

/** Source → Build → Both (approve, deploy to dev, deploy to prod): one yes for two environments. */
function askedOnce({ dev = {}, prod = {}, ...changes }: Partial<Omit<App, 'environments'>> & { readonly dev?: Partial<Environment>; readonly prod?: Partial<Environment> } = {}, actions = [approve('Approve', 1), deploy('dev', 2), deploy('prod', 3)]): App {
  const pipeline = aPipeline();
  const environments = [anEnvironment('dev', { verifyMs: 0, approval: { from: [GRACE], count: 1 }, ...dev }), anEnvironment('prod', { verifyMs: 0, ...prod })];
  return anApp({ pipelines: [{ ...pipeline, stages: [...pipeline.stages.slice(0, 2), { name: 'Both', actions }] }], environments, ...changes });
}

const LOCK: Barrier = { id: '00000000-0000-4000-8000-00000000beef', kind: 'lock', by: OLIVE, since: T0, until: T0 + 24 * 60 * MINUTE, reason: 'migration', watchers: [], notes: [] };
const BARRIERS = [['lock', LOCK], ['freeze', { ...LOCK, kind: 'freeze' as const }]] as const;

async function closes(world: FakeWorld, environment: string, barrier: Barrier): Promise<void> {
  await world.store.saveBarriers({ ...(await world.store.barriers('shop', environment)), all: [barrier] });
}

const ended = (barrier: Barrier, world: FakeWorld): Barrier => ({ ...barrier, ended: { at: world.clock.now(), how: 'unlocked' } });
const told = (world: FakeWorld): number => effects(world, 'answer-approval');
/** The pipeline goes on to prod: that is asked about first. */
async function deploysToDev(world: FakeWorld): Promise<void> {
  await types(world, '/deploy dev', ADA);
  await until(world, () => world.slack.replies.length > 0);
  await clicks(world, 'choose.newest', offered(world, 'choose.newest'), ADA);
}

const yes = async (world: FakeWorld): Promise<unknown> => clicks(world, 'approval.approve', await openApproval(world), GRACE);

describe('a yes that lets a release into two environments', () => {
  it.each(BARRIERS)('waits while the second is closed, says where, and goes on with a word on it: %s', async (gate, barrier) => {
    const world = aWorld({ app: askedOnce() });
    await deploysToDev(world);
    const question = await openApproval(world);
    await closes(world, 'prod', barrier);
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world, 10);
    expect(told(world)).toBe(0);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate, environment: 'prod' });
    expect(transcript(world).filter((line) => line.includes('Held in front of *prod*'))).toHaveLength(1);
    await closes(world, 'prod', ended(barrier, world));
    await until(world, async () => (await world.store.barriers('shop', 'prod')).kept !== undefined);
    expect(told(world)).toBe(0);
    await clicks(world, 'barrier.let-in', barrier.id, OLIVE);
    await until(world, () => told(world) === 1);
  });

  it('of a push waits for a window of jack.yml that comes to pass in the second', async () => {
    const world = aWorld({ app: askedOnce({ freezes: [{ name: 'lunch', zone: 'UTC', environments: ['prod'], when: { kind: 'dated', from: '2026-01-05T09:00', until: '2026-01-05T13:00' } }] }) });
    await pushes(world);
    await yes(world);
    await pass(world, 10);
    expect(told(world)).toBe(0);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'freeze' });
  });

  it('that was written down before the second was locked is looked at once more', async () => {
    const world = aWorld({ app: askedOnce() });
    await deploysToDev(world);
    const save = world.store.saveRelease.bind(world.store);
    world.store.saveRelease = async (release, ...rest) => {
      if (release.intent?.effect.kind === 'answer-approval') await closes(world, 'prod', LOCK);
      return save(release, ...rest);
    };
    await yes(world);
    await pass(world, 10);
    expect(told(world)).toBe(0);
    expect((await newestRelease(world)).waiting).toMatchObject({ gate: 'lock', environment: 'prod' });
  });

  it('waits for the alarms of the second', async () => {
    const world = aWorld({ app: askedOnce({ prod: { alarms: ['boom'] } }) });
    world.account.alarms.set('boom', 'OK');
    await deploysToDev(world);
    const question = await openApproval(world);
    world.account.alarms.set('boom', 'ALARM');
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world, 5);
    expect(told(world)).toBe(0);
    expect((await newestRelease(world)).waiting).toMatchObject({ gate: 'alarms', environment: 'prod' });
    world.account.alarms.set('boom', 'OK');
    await until(world, () => told(world) === 1);
  });

  it('waits for no environment that it lets in first, but for all others that come before the second', async () => {
    const world = aWorld({ app: askedOnce({ prod: { after: ['dev'] } }) });
    await deploysToDev(world);
    await yes(world);
    await until(world, () => told(world) === 1);
    const staged = askedOnce();
    const strict = aWorld({ app: { ...staged, environments: [...staged.environments.map((one) => (one.name === 'prod' ? { ...one, after: ['dev', 'stage'] } : one)), anEnvironment('stage')] } });
    await deploysToDev(strict);
    await yes(strict);
    await pass(strict, 10);
    expect((await newestRelease(strict)).waiting).toMatchObject({ gate: 'promotion', environment: 'prod', because: { environments: ['stage'] } });
  });

  it('goes on when an owner breaks the glass for the lock of the second, and then for that of the first', async () => {
    const world = aWorld({ app: askedOnce() });
    await deploysToDev(world);
    const question = await openApproval(world);
    await closes(world, 'prod', LOCK);
    await clicks(world, 'approval.approve', question, GRACE);
    await pass(world, 5);
    const first = { ...LOCK, id: '00000000-0000-4000-8000-00000000feed' };
    await closes(world, 'dev', first);
    await pass(world, 5);
    const { id } = await newestRelease(world);
    await fillsIn(world, 'glass', { reason: 'the shop is down' }, { release: id, gate: 'lock' }, OLIVE);
    await until(world, async () => (await newestRelease(world)).passes?.length === 1);
    await pass(world, 5);
    expect((await newestRelease(world)).passes).toMatchObject([{ gate: 'lock', environment: 'prod', barriers: [LOCK.id] }]);
    expect(told(world)).toBe(0);
    await fillsIn(world, 'glass', { reason: 'the shop is down' }, { release: id, gate: 'lock' }, OLIVE);
    await until(world, () => told(world) === 1);
  });
});

const names = (app: App): readonly string[] => letInBy(app, app.pipelines[0] ?? aPipeline(), { stage: 'Both', action: 'Approve' }).map(({ name }) => name);

describe('what a yes lets into', () => {
  it('is all that its stage deploys to, up to the next approval', () => {
    expect(names(askedOnce())).toEqual(['dev', 'prod']);
    expect(names(askedOnce({}, [approve('Approve', 1), deploy('dev', 2), approve('Again', 3), deploy('prod', 4)]))).toEqual(['dev']);
  });

  it('ends with the stage, for the next has a way in of its own', () => {
    const app = askedOnce({}, [approve('Approve', 1), deploy('dev', 2)]);
    const [pipeline = aPipeline()] = app.pipelines;
    expect(names({ ...app, pipelines: [{ ...pipeline, stages: [...pipeline.stages, { name: 'Prod', actions: [deploy('prod', 1)] }] }] })).toEqual(['dev']);
    expect(names({ ...app, pipelines: [{ ...pipeline, stages: [...pipeline.stages.slice(0, 2), { name: 'Both', actions: [approve('Approve', 1)] }, { name: 'Prod', actions: [deploy('dev', 1), deploy('prod', 1)] }] }] })).toEqual(['dev', 'prod']);
  });
});
