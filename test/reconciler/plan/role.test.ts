import { describe, expect, it } from '@jest/globals';
import type { App } from '../../../src/domain/app.ts';
import { Fault } from '../../../src/domain/faults.ts';
import { ADA, anApp, anEnvironment, commit, GRACE, LINUS, OLIVE } from '../../support/world/builders.ts';
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
    expect(transcript(world).filter((line) => line.includes(`Held in front of *prod*: it takes what a contributor asks for, and <@${LINUS}> may not deploy any more. It goes on when somebody who may asks for it too (a rollback: cancel it, and ask anew).`))).toHaveLength(1);
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
