import { describe, expect, it } from '@jest/globals';
import { Fenced } from '../../src/domain/faults.ts';
import { workHandlers } from '../../src/parts.ts';
import type { Claim, Store, World } from '../../src/ports.ts';
import { anOpenApp } from '../support/world/builders.ts';
import { aWorld, pass, quiet, RHYTHM, types, until, work, type FakeWorld } from '../support/world/fake-world.ts';
import { effects, newestRelease } from '../support/world/transcript.ts';

/** A replica that stands still in front of something, for longer than its lease. */
interface Stopped {
  /** When it stands there. */
  readonly stands: Promise<void>;
  /** Lets it go on, and answers with what it ended in. */
  readonly goesOn: () => Promise<unknown>;
}

type Halt = () => Promise<void>;

/** Does what is due until the release's own work comes, which a replica begins that stands still where `halting` says. */
async function standsStill(world: FakeWorld, halting: (halt: Halt) => Partial<World>): Promise<Stopped> {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const halt: Halt = async () => {
    reached.resolve();
    await released.promise;
  };
  const claim = await claimOfRelease(world);
  const handler = workHandlers({ ...world, ...halting(halt) }, quiet, RHYTHM)['release'];
  const ran = Promise.resolve(handler?.(claim.key, claim)).then((dueAt) => world.store.finish(claim, dueAt)).catch((error: unknown) => error);
  return {
    stands: reached.promise,
    goesOn: () => {
      released.resolve();
      return ran;
    },
  };
}

async function claimOfRelease(world: FakeWorld): Promise<Claim> {
  for (;;) {
    const next = await world.store.claim('one replica', world.clock.now(), 30_000);
    if (!('claim' in next)) throw new Error('the release is not due');
    const [kind = ''] = next.claim.key.split(':', 1);
    if (kind === 'release') return next.claim;
    await world.store.finish(next.claim, await workHandlers(world, quiet, RHYTHM)[kind]?.(next.claim.key, next.claim));
  }
}

/** Its lease runs out, and another replica does the work. */
async function anotherTakesOver(world: FakeWorld): Promise<void> {
  world.account.now += 31_000;
  await work(world);
}

const haltingStore = (world: World, changed: (store: Store) => Partial<Store>): Partial<World> => ({ store: { ...world.store, ...changed(world.store) } });

describe('a replica that stood still for longer than its lease', () => {
  it('posts nothing that another has posted meanwhile', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    const { stands, goesOn } = await standsStill(world, (halt) => haltingStore(world, (store) => ({ saveMessage: async (...given) => halt().then(() => store.saveMessage(...given)) })));
    await stands;
    await anotherTakesOver(world);
    expect(await goesOn()).toBeInstanceOf(Fenced);
    await pass(world, 3);
    expect(world.slack.messages.filter(({ identity }) => identity.key === 'headline')).toHaveLength(1);
  });

  it('writes nothing old over what another has written meanwhile', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await work(world);
    world.account.now += 5_000;
    world.account.tick();
    const { stands, goesOn } = await standsStill(world, (halt) => haltingStore(world, (store) => ({ checkClaim: async (claim) => halt().then(() => store.checkClaim(claim)) })));
    await stands;
    await anotherTakesOver(world);
    const told = world.slack.messages.map(({ message, edits }) => [message.text, edits]);
    expect(await goesOn()).toBeInstanceOf(Fenced);
    expect(world.slack.messages.map(({ message, edits }) => [message.text, edits])).toEqual(told);
  });

  it('makes no call of AWS that another has decided on anew', async () => {
    const world = aWorld({ app: anOpenApp() });
    world.account.addVersion('v2', '2'.repeat(40));
    const called: string[] = [];
    const perform: World['aws']['perform'] = async (app, effect, call) => {
      called.push(effect.kind);
      return world.aws.perform(app, effect, call);
    };
    await types(world, '/deploy prod@v2');
    const { stands, goesOn } = await standsStill(world, (halt) => ({ ...haltingStore(world, (store) => ({ checkClaim: async (claim) => halt().then(() => store.checkClaim(claim)) })), aws: { ...world.aws, perform } }));
    await stands;
    await anotherTakesOver(world);
    await until(world, async () => (await newestRelease(world)).status === 'live');
    expect(await goesOn()).toBeInstanceOf(Fenced);
    expect([called, effects(world, 'update-environment')]).toEqual([[], 1]);
  });
});
