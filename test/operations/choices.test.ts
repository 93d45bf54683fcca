import { describe, expect, it } from '@jest/globals';
import type { App } from '../../src/domain/app.ts';
import { chooseNewest } from '../../src/operations/choose-newest.ts';
import { chooseRevision } from '../../src/operations/choose-revision.ts';
import { offerRevisions } from '../../src/operations/offer-revisions.ts';
import { tellWhy } from '../../src/operations/gates/tell-why.ts';
import { ADA, anApp, aPipeline, aRelease, aRunningVersion, commit } from '../support/world/builders.ts';
import { aWorld, pass, type FakeWorld } from '../support/world/fake-world.ts';

const placed = (app: App, name: string) => {
  const environment = app.environments.find((one) => one.name === name);
  if (!environment) throw new Error(`no ${name}`);
  return environment;
};
const newest = (world: FakeWorld, name = 'prod') => chooseNewest(world.app, placed(world.app, name), world);
const named = (world: FakeWorld, asked: string, name = 'prod') => chooseRevision(world.app, placed(world.app, name), asked, world);
const pushed = (world: FakeWorld) => world.account.start(aPipeline(), { type: 'CloudWatchEvent' });
/** Prod without an approval in front: nothing stops an execution behind dev. */
const straight = (): App => anApp({ pipelines: [aPipeline({ stages: aPipeline().stages.map((stage) => ({ ...stage, actions: stage.actions.filter((action) => action.kind !== 'approval') })) })] });

describe('the newest revision', () => {
  it('is started when nothing is on its way', async () => {
    expect(await newest(aWorld())).toEqual({ kind: 'go', route: { kind: 'pipeline', pipeline: 'shop-pipeline' }, revision: expect.objectContaining({ id: commit('a') }) });
  });

  it('is adopted when an execution is on its way with it', async () => {
    const world = aWorld();
    const { id } = pushed(world);
    expect(await newest(world)).toMatchObject({ kind: 'go', route: { executionId: id } });
  });

  it('is adopted as well when it waits at the approval', async () => {
    const world = aWorld();
    const { id } = pushed(world);
    await pass(world, 12);
    expect(await newest(world)).toMatchObject({ kind: 'go', route: { executionId: id } });
  });

  it('is for the caller to choose when what waits is older', async () => {
    const world = aWorld();
    const { id } = pushed(world);
    await pass(world, 12);
    world.account.head = { id: commit('b'), sourceAction: 'Source' };
    expect(await newest(world)).toMatchObject({ kind: 'ask', question: { kind: 'older-waits', executionId: id, waiting: { id: commit('a') }, newest: { id: commit('b') } } });
  });

  it('is started again when the execution that had it has passed the environment', async () => {
    const world = aWorld();
    pushed(world);
    await pass(world, 12);
    world.account.environments.get('shop-dev')?.start('v0', 'request-0', 0);
    await pass(world, 3);
    expect(await newest(world, 'dev')).toMatchObject({ kind: 'go', route: { kind: 'pipeline' } });
  });

  it('is not done when it runs there already, on every instance', async () => {
    const world = aWorld();
    world.account.head = { id: commit('1'), sourceAction: 'Source' };
    expect(await newest(world)).toMatchObject({ kind: 'refused', refusal: { kind: 'already-runs', what: commit('1'), onInstances: true } });
  });

  it('is not another one than the caller saw', async () => {
    const world = aWorld();
    expect(await chooseNewest(world.app, placed(world.app, 'prod'), world, commit('a'))).toMatchObject({ kind: 'go' });
    expect(await chooseNewest(world.app, placed(world.app, 'prod'), world, commit('9'))).toEqual({ kind: 'refused', refusal: { kind: 'newer-since', environment: 'prod', shown: commit('9'), newest: commit('a') } });
  });

  it('asks first where nothing stops it behind the environment', async () => {
    expect(await newest(aWorld({ app: straight() }), 'dev')).toMatchObject({ kind: 'ask', question: { kind: 'passes-through', environments: ['prod'] } });
    expect(await newest(aWorld({ app: straight() }), 'prod')).toMatchObject({ kind: 'go' });
    expect(await newest(aWorld(), 'dev')).toMatchObject({ kind: 'go' });
  });

  it('is what the environment before it runs, where no pipeline goes', async () => {
    const world = aWorld({ app: anApp({ pipelines: [] }) });
    expect(await newest(world)).toMatchObject({ kind: 'refused', refusal: { kind: 'already-runs' } });
    world.account.environments.get('shop-dev')?.start('v0', 'request-0', 0);
    await pass(world, 3);
    expect(await newest(world)).toMatchObject({ kind: 'go', route: { kind: 'version', label: 'v0' } });
    expect(await newest(world, 'dev')).toMatchObject({ kind: 'refused', refusal: { kind: 'nothing-to-deploy' } });
  });
});

describe('a revision that is named', () => {
  it('by its label goes by route version', async () => {
    expect(await named(aWorld(), 'v0')).toMatchObject({ kind: 'go', route: { kind: 'version', label: 'v0' }, revision: { id: commit('0'), label: 'v0' } });
  });

  it('by a label that runs there is not done', async () => {
    expect(await named(aWorld(), 'v1')).toMatchObject({ refusal: { kind: 'already-runs' } });
  });

  it('by another label of the same execution that runs there is not done: each deploy action makes its own', async () => {
    const world = aWorld();
    const release = aRelease({ number: 7, route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'execution-7' } });
    await world.store.addRelease(release);
    const { number } = (await world.store.recentReleases({ limit: 1 }))[0] ?? release;
    world.account.addVersion('v1-of-dev', '1'.repeat(40));
    world.account.environments.get('shop-dev')?.start('v1-of-dev', 'request-0', 0);
    await pass(world, 3);
    expect(await named(world, 'dev')).toMatchObject({ kind: 'go', route: { label: 'v1-of-dev' } });
    await world.store.recordRunning(aRunningVersion('v1', 0, { releaseNumber: number }));
    await world.store.recordRunning(aRunningVersion('v1-of-dev', 0, { environment: 'dev', releaseNumber: number }));
    expect(await named(world, 'dev')).toMatchObject({ refusal: { kind: 'already-runs' } });
  });

  it('by a label that Beanstalk could not process is refused', async () => {
    const world = aWorld();
    const versions = await world.aws.versions(world.app);
    const broken = { ...world, aws: { ...world.aws, versions: async () => versions.map((version) => ({ ...version, usable: false })) } };
    expect(await named(broken, 'v0')).toMatchObject({ refusal: { kind: 'unusable-version', label: 'v0' } });
  });

  it('by an environment is what runs there', async () => {
    const world = aWorld();
    world.account.environments.get('shop-dev')?.start('v0', 'request-0', 0);
    await pass(world, 3);
    expect(await named(world, 'dev')).toMatchObject({ kind: 'go', route: { kind: 'version', label: 'v0' } });
  });

  it('by an environment that runs nothing known says so of that environment', async () => {
    const world = aWorld();
    const forgetful = { ...world, aws: { ...world.aws, versions: async () => [] } };
    expect(await named(forgetful, 'DEV')).toMatchObject({ refusal: { kind: 'nothing-to-take', environment: 'dev', label: 'v1' } });
  });

  it('by a commit with a version goes by route version', async () => {
    expect(await named(aWorld(), '0000000')).toMatchObject({ route: { kind: 'version', label: 'v0' } });
    expect(await named(aWorld(), commit('0').toUpperCase())).toMatchObject({ route: { kind: 'version', label: 'v0' } });
  });

  it('by a commit that only the pipeline has seen is built again, and says who gets it too', async () => {
    const world = aWorld();
    world.account.mishaps.failing.add('Build/Build');
    pushed(world);
    await pass(world, 6);
    expect(await named(world, 'aaaaaaa')).toMatchObject({ kind: 'go', route: { kind: 'pipeline', override: { sourceAction: 'Source', commit: commit('a') } }, caution: { environments: ['dev'] } });
  });

  it('by a commit that is on its way is adopted', async () => {
    const world = aWorld();
    const { id } = pushed(world);
    expect(await named(world, 'aaaaaaa')).toMatchObject({ kind: 'go', route: { executionId: id } });
  });

  it('by a commit that the pipeline has never seen is refused', async () => {
    expect(await named(aWorld(), 'ccccccc')).toMatchObject({ refusal: { kind: 'unseen-commit', asked: 'ccccccc', pipeline: 'shop-pipeline' } });
  });

  it('by a prefix of two commits is refused with both', async () => {
    const world = aWorld();
    world.account.addVersion('v2', `${'0'.repeat(39)}1`);
    expect(await named(world, '0000000')).toMatchObject({ refusal: { kind: 'ambiguous-revision', matches: [{ id: `${'0'.repeat(39)}1` }, { id: commit('0') }] } });
    expect(await named(world, commit('0'))).toMatchObject({ route: { kind: 'version', label: 'v0' } });
  });

  it('by an execution is that execution while it runs, and its commit afterwards', async () => {
    const world = aWorld();
    const running = '11111111-2222-3333-4444-555555555555';
    world.account.executions.push({ ...pushed(world), id: running });
    expect(await named(world, running)).toMatchObject({ route: { kind: 'pipeline', executionId: running } });
    world.account.executions.splice(0, 1);
    world.account.stop(running, { abandon: true, reason: '', by: 'olive' });
    await pass(world, 2);
    expect(await named(world, running)).toMatchObject({ route: { override: { commit: commit('a') } } });
  });

  it.each(['v3', 'nonsense', '123456', '11111111-2222-3333-4444-999999999999'])('as %s is unknown, with what is near and new', async (asked) => {
    expect(await named(aWorld(), asked)).toMatchObject({ refusal: { kind: 'unknown-revision', asked, newest: ['v1', 'v0'] } });
  });

  it('as almost a label is answered with the label', async () => {
    const world = aWorld();
    world.account.addVersion('release-7', commit('7'));
    expect(await named(world, 'relese-7')).toMatchObject({ refusal: { kind: 'unknown-revision', nearest: 'release-7' } });
  });
});

describe('what is offered and told', () => {
  it('lists the newest and the versions, and what the newest would ship', async () => {
    const world = aWorld();
    const offer = await offerRevisions(world.app, placed(world.app, 'prod'), world);
    expect(offer).toMatchObject({ running: { label: 'v1' }, commits: { count: 1 } });
    expect(offer.revisions.map((one) => [one.value, one.built])).toEqual([[`newest:${commit('a')}`, false], ['v1', true], ['v0', true]]);
  });

  it('names every gate for the one who asks', async () => {
    const world = aWorld();
    const why = await tellWhy(world.app, placed(world.app, 'prod'), ADA, world);
    expect(why.gates.map((gate) => gate.gate)).toEqual(['role', 'lock', 'foreign-lock', 'freeze', 'queue', 'environment', 'promotion', 'alarms', 'approval']);
    expect(why.gates.filter((gate) => !gate.open).map((gate) => gate.gate)).toEqual(['approval']);
    expect(world.aws.calls).toEqual([]);
  });
});
