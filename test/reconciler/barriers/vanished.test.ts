import { describe, expect, it } from '@jest/globals';
import { lockedOut } from '../../../src/config-locks.ts';
import type { App } from '../../../src/domain/app.ts';
import { reconcilerHandlers } from '../../../src/reconciler/handlers.ts';
import { barriersOf, locks, unlocks } from '../../support/world/barriers.ts';
import { ADA, anApproval, aRelease, aVersionRelease } from '../../support/world/builders.ts';
import { aWorld, pass, quiet, RHYTHM, types, work, type FakeWorld } from '../../support/world/fake-world.ts';

const withoutProd = (world: FakeWorld): App => ({ ...world.app, environments: world.app.environments.filter(({ name }) => name !== 'prod') });
const refusedFor = (world: FakeWorld, after = [withoutProd(world)]) => lockedOut([world.app], after, world.store, world.clock.now());

describe('an environment that vanishes from jack.yml', () => {
  it('is refused while it is locked, and while Jack holds a transition for it', async () => {
    const world = aWorld();
    expect(await refusedFor(world)).toBeUndefined();
    const lock = await locks(world, ADA, 'migration');
    await work(world);
    expect(await refusedFor(world)).toBe('shop → prod is locked (“migration”): unlock it first, while the file still has it.');
    expect(await refusedFor(world, [])).toContain('shop → prod is locked');
    await unlocks(world, lock.id, ADA);
    expect(await refusedFor(world)).toContain('which Jack holds closed');
    await work(world);
    expect(await refusedFor(world)).toBeUndefined();
  });

  it('is refused while releases are on their way there, or are asked about in front of it', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await work(world);
    expect(await refusedFor(world)).toBe('shop → prod has releases under way (#1): let them come to their end or cancel them first, while the file still has it.');
    expect(await refusedFor(world, [{ ...world.app, name: 'store' }])).toContain('shop → prod has releases under way (#1)');
    await types(world, '/deploy cancel #1');
    await pass(world, 12);
    expect(await refusedFor(world)).toBeUndefined();
    const { number: _number, version: _version, ...onItsWay } = aRelease({ environment: 'dev', status: 'waiting', approvals: [anApproval({ environment: 'prod' })] });
    await world.store.addRelease(onItsWay);
    expect(await refusedFor(world)).toContain('shop → prod has releases under way (#2)');
    for (let more = 3; more <= 8; more += 1) {
      const { number: _n, version: _v, ...another } = aVersionRelease({ id: `more-${more}`, route: { kind: 'version', label: `v${more}` }, revision: { label: `v${more}` } });
      await world.store.addRelease(another);
    }
    expect(await refusedFor(world)).toContain('(#2, #3, #4, #5, #6 and 2 more)');
  });

  it('before a start is told of for each release under way, until it is back in the file', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await work(world);
    const [release] = await world.store.openReleases('shop');
    const complaints = new Map<string, string | undefined>();
    let apps = [withoutProd(world)];
    let problems: readonly { app: string; channel: string; problem: string }[] = [];
    const changed = { ...world, apps: { ...world.apps, all: () => apps, problems: () => problems } };
    const handlers = reconcilerHandlers(changed, quiet, RHYTHM, (problem, about) => complaints.set(about, problem));
    const told = async (): Promise<readonly (string | undefined)[]> => {
      await world.store.nudge(`release:${release?.id}`, world.clock.now());
      const due = await world.store.claim('test', world.clock.now(), 1_000);
      if (!('claim' in due)) throw new Error('it is due');
      await world.store.finish(due.claim, await handlers['release']?.(due.claim.key, due.claim));
      return [...complaints.values()];
    };
    const LEFT = 'The file does not have shop → prod any more, and its release #1 is under way. Put it back into the file until that is over.';
    expect(await told()).toEqual([LEFT]);
    apps = [{ ...world.app, name: 'store' }];
    expect(await told()).toEqual([LEFT]);
    problems = [{ app: 'shop', channel: '', problem: 'AWS is away.' }];
    expect(await told()).toEqual([undefined]);
    apps = [world.app];
    problems = [];
    expect(await told()).toEqual([undefined]);
  });

  it('is refused no more than one that stays', async () => {
    const world = aWorld();
    await locks(world, ADA, 'migration');
    expect(await refusedFor(world, [world.app])).toBeUndefined();
  });

  it('before a start is told of until nothing bars it, or it is back in the file, and left alone', async () => {
    const world = aWorld();
    await locks(world, ADA, 'migration');
    const before = await barriersOf(world);
    const complaints = new Map<string, string | undefined>();
    const logged: unknown[] = [];
    let app = withoutProd(world);
    const without = { ...world, apps: { ...world.apps, all: () => [app] } };
    const { barriers } = reconcilerHandlers(without, { ...quiet, error: (facts) => void logged.push(facts) }, RHYTHM, (problem, about) => complaints.set(about, problem));
    const claim = { key: 'barriers:shop/prod', fence: 1 } as never;
    expect(await barriers?.('barriers:shop/prod', claim)).toBe(world.clock.now() + RHYTHM.slowMs);
    await barriers?.('barriers:shop/prod', claim);
    const TOLD = new Map([['barriers:shop/prod', expect.stringContaining('shop → prod is locked')]]);
    expect([complaints, logged.length]).toEqual([TOLD, 1]);
    expect(await barriersOf(world)).toEqual(before);
    app = world.app;
    const due = await world.store.claim('test', world.clock.now(), 1_000);
    if (!('claim' in due)) throw new Error('its barriers are due');
    await barriers?.(due.claim.key, due.claim);
    expect(complaints).toEqual(new Map([['barriers:shop/prod', undefined]]));
    app = withoutProd(world);
    await world.store.saveBarriers({ ...(await barriersOf(world)), all: [], holds: [{ pipeline: 'shop-pipeline', stage: 'Prod', reason: 'Jack', state: 'held' }] });
    await barriers?.('barriers:shop/prod', claim);
    expect(complaints.get('barriers:shop/prod')).toContain('which Jack holds closed');
    await world.store.saveBarriers({ ...(await barriersOf(world)), holds: [] });
    expect(await barriers?.('barriers:shop/prod', claim)).toBeUndefined();
    expect(complaints.get('barriers:shop/prod')).toBeUndefined();
  });
});
