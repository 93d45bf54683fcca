import { describe, expect, it } from '@jest/globals';
import type { App } from '../../../src/domain/app.ts';
import { Fault } from '../../../src/domain/faults.ts';
import { ADA, anApp, anEnvironment, commit, GRACE, LINUS, OLIVE, VIC } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, pushes, rollsBack, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const OPEN = anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 0 })] });
const HELD = { for: 'gate', gate: 'role', because: { because: 'role', role: 'viewer', askers: [LINUS] } };
const waits = async (world: FakeWorld) => (await newestRelease(world)).waiting;

/** Linus leaves: Slack says so, and jack.yml does not name him any more. */
function withLeaver(app: App): { readonly world: FakeWorld; leaves: () => void; /** Of Linus, in Slack. */ readonly lookUps: { count: number } } {
  let present = app;
  const world = aWorld({ app });
  const lookUps = { count: 0 };
  const real = world.slack.people.standing.bind(world.slack.people);
  world.slack.people.standing = async (user, fresh) => {
    if (user === LINUS) lookUps.count += 1;
    return real(user, fresh);
  };
  const leaves = () => {
    present = { ...app, people: { owners: [OLIVE], contributors: [ADA, GRACE] } };
    world.slack.standings.set(LINUS, 'deactivated');
  };
  return { world: { ...world, apps: { ...world.apps, all: () => [present] } }, leaves, lookUps };
}

describe('who asked and may not deploy any more', () => {
  it('gets nothing in that waited in the queue, until somebody who may asks for it too', async () => {
    const { world, leaves, lookUps } = withLeaver(OPEN);
    await types(world, '/deploy prod@v0', ADA);
    await pass(world);
    world.account.addVersion('v9', commit('9'));
    await types(world, '/deploy prod@v9', LINUS);
    await work(world);
    const asked = lookUps.count;
    await pass(world);
    expect(await waits(world)).toMatchObject({ for: 'queue' });
    expect(lookUps.count).toBe(asked);
    leaves();
    await pass(world, 30);
    expect(effects(world, 'update-environment')).toBe(1);
    expect(await waits(world)).toEqual(HELD);
    expect(transcript(world).filter((line) => line.includes(`Held in front of *prod*: it takes what a contributor asks for, and <@${LINUS}> may not deploy any more. It goes on when somebody who may asks for it too.`))).toHaveLength(1);
    expect(world.account.disabled.size).toBe(0);
    await types(world, '/deploy prod@v9', GRACE);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('gets no execution started', async () => {
    const { world, leaves } = withLeaver(OPEN);
    const addRelease = world.store.addRelease.bind(world.store);
    world.store.addRelease = async (...given) => addRelease(...given).finally(leaves);
    await types(world, '/deploy prod', LINUS);
    await pass(world, 3);
    expect(effects(world, 'start-execution')).toBe(0);
    expect(await waits(world)).toEqual(HELD);
  });

  it('gets no yes told to CodePipeline', async () => {
    const { world, leaves } = withLeaver(anApp());
    await types(world, '/deploy prod', LINUS);
    const id = await openApproval(world);
    leaves();
    await clicks(world, 'approval.approve', id, GRACE);
    await pass(world, 10);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(await waits(world)).toEqual(HELD);
  });

  it('gets nothing in that was written down before Jack was away', async () => {
    const { world, leaves } = withLeaver(OPEN);
    const addRelease = world.store.addRelease.bind(world.store);
    world.store.addRelease = async (...given) => {
      const added = await addRelease(...given);
      await world.store.saveRelease({ ...added.release, intent: { effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v0' }, t0: world.clock.now() } });
      leaves();
      return added;
    };
    await types(world, '/deploy prod@v0', LINUS);
    await pass(world, 10);
    expect(effects(world, 'update-environment')).toBe(0);
    expect(await waits(world)).toEqual(HELD);
  });

  it('is not asked about where nobody typed it', async () => {
    const { world, leaves } = withLeaver(anApp());
    await pushes(world);
    const id = await openApproval(world);
    leaves();
    await approves(world);
    expect(id).not.toBe('');
    expect((await untilOver(world)).status).toBe('live');
  });
});

/** Linus rolls back and takes the lock; then he leaves. */
async function left(app = OPEN, before: (world: FakeWorld) => Promise<void> = async () => undefined) {
  const leaver = withLeaver(app);
  const { world } = leaver;
  const addRelease = world.store.addRelease.bind(world.store);
  world.store.addRelease = async (...given) => addRelease(...given).finally(leaver.leaves);
  world.account.addVersion('v9', commit('9'));
  await rollsBack(world, '/rollback prod @v0 too slow', LINUS);
  await before(world);
  await pass(world, 3);
  expect(await waits(world)).toEqual(HELD);
  return world;
}

describe('a rollback that nobody waits for any more who may deploy', () => {
  it('goes on with who asks for the same, as one release, under the lock that it took', async () => {
    const world = await left();
    expect(transcript(world).join('\n')).toContain('It goes on when somebody who may asks for it too. `/rollback prod @v0` does.');
    await rollsBack(world, '/rollback prod @v0 really too slow', GRACE);
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain(`joins #1, which waits to do just that: <@${LINUS}> asked for it and may not deploy any more, so it goes on with you`);
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain(`*prod* stays locked by <@${LINUS}>`);
    expect((await untilOver(world)).status).toBe('live');
    expect((await newestRelease(world)).requesters.map(({ user }) => user)).toEqual([LINUS, GRACE]);
    expect((await newestRelease(world)).number).toBe(1);
    expect(effects(world, 'update-environment')).toBe(1);
    expect(world.slack.replies.at(-1)?.text).toContain('You count as a requester of #1 now: it is rolling *prod* back');
    expect((await world.store.auditLines({ limit: 100 })).filter(({ what }) => what === 'release.adopt')).toMatchObject([{ who: GRACE, on: { release: 1 }, rule: 'role:contributor', detail: 'really too slow' }]);
    expect((await world.store.barriers('shop', 'prod')).all).toMatchObject([{ by: LINUS, rollback: 1 }]);
  });

  it('is named to who asks for another version, and stays', async () => {
    const world = await left();
    await types(world, '/rollback prod @v9', GRACE);
    await work(world);
    expect(world.slack.replies.at(-1)?.text).toBe('#1 waits to roll *prod* back to `v0`, which is another version, and it goes on when somebody who may deploy asks for that too: `/rollback prod @v0`. To go elsewhere, stop it first: `/deploy cancel #1`.');
    await pass(world, 5);
    expect(await waits(world)).toEqual(HELD);
  });

  it.each([
    ['the leaver', LINUS, 'That takes a contributor'],
    ['a viewer', VIC, 'That takes a contributor'],
  ])('does not go on with %s', async (_who, user, words) => {
    const world = await left();
    await types(world, '/rollback prod @v0', user);
    await work(world);
    expect(world.slack.replies.at(-1)?.text).toContain(words);
    await pass(world, 5);
    expect(effects(world, 'update-environment')).toBe(0);
  });

  it('does not let who joins it past a lock that it did not take', async () => {
    const world = await left();
    const barriers = await world.store.barriers('shop', 'prod');
    await world.store.saveBarriers({ ...barriers, all: barriers.all.map(({ rollback: _itsOwn, ...lock }) => lock) });
    await types(world, '/rollback prod @v0', GRACE);
    await work(world);
    expect(world.slack.replies.at(-1)?.text).toContain(`locked by <@${LINUS}>`);
    await pass(world, 5);
    expect(effects(world, 'update-environment')).toBe(0);
  });

  it('says that nothing keeps the next push out where its lock is over', async () => {
    const world = await left();
    await types(world, '/deploy unlock prod', OLIVE);
    await work(world);
    await types(world, '/rollback prod @v0', GRACE);
    await work(world);
    expect(JSON.stringify(world.slack.replies.at(-1)?.blocks)).toContain('The lock of #1 is over, so the next push may ship the same fault again: `/deploy lock prod <why>` keeps it out.');
  });

  it('does not go on with the yes that its new asker gave before', async () => {
    const world = await left(anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 0, rollbackApproval: { from: [GRACE, OLIVE], count: 1, expiresMs: 3_600_000 } })] }), async (there) => {
      await clicks(there, 'approval.approve', await openApproval(there), GRACE);
    });
    await rollsBack(world, '/rollback prod @v0', GRACE);
    await pass(world, 5);
    expect(effects(world, 'update-environment')).toBe(0);
    await clicks(world, 'approval.approve', await openApproval(world), OLIVE);
    expect((await untilOver(world)).status).toBe('live');
  });
});

describe('while it cannot be looked up who may deploy', () => {
  it('nothing goes in, no transition is held for it, and it goes on when Slack tells', async () => {
    const { world } = withLeaver(OPEN);
    const standing = world.slack.people.standing.bind(world.slack.people);
    const addRelease = world.store.addRelease.bind(world.store);
    world.store.addRelease = async (...given) =>
      addRelease(...given).finally(() => {
        world.slack.people.standing = async () => Promise.reject(new Fault('Slack does not answer', { retryable: true }));
      });
    await types(world, '/deploy prod@v0', LINUS);
    await pass(world, 10);
    expect(effects(world, 'update-environment') + effects(world, 'hold-transition')).toBe(0);
    expect(await waits(world)).toMatchObject({ for: 'gate', gate: 'role', because: { because: 'unknown' } });
    world.slack.people.standing = standing;
    await until(world, async () => (await newestRelease(world)).status === 'live');
  });

  it('for good, one reply says so, of a rollback too, and not at the first look', async () => {
    const { world } = withLeaver(OPEN);
    const addRelease = world.store.addRelease.bind(world.store);
    world.store.addRelease = async (...given) =>
      addRelease(...given).finally(() => {
        world.slack.people.standing = async () => Promise.reject(new Fault('missing_scope', { retryable: false }));
      });
    await rollsBack(world, '/rollback prod @v0');
    await work(world);
    const told = () => transcript(world).filter((line) => line.startsWith('  ') && line.includes('Held in front of *prod*'));
    expect([await waits(world), told()]).toMatchObject([{ gate: 'role', because: { because: 'unknown' } }, []]);
    await pass(world, 20);
    expect(told()).toHaveLength(1);
    expect(effects(world, 'update-environment')).toBe(0);
  });
});
