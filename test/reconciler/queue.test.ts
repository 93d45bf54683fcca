import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { Fault } from '../../src/domain/faults.ts';
import { occupies } from '../../src/domain/occupancy.ts';
import { ADA, anApp, anEnvironment, commit, GRACE, LINUS, MINUTE, OLIVE, VIC } from '../support/world/builders.ts';
import { aWorld, clicks, pass, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { newestRelease } from '../support/world/transcript.ts';
import { cases } from '../support/cases.ts';

jest.setTimeout(120_000);

/** A world in which versions go to prod without approval; `blind` keeps Jack from seeing AWS. */
function aBusyWorld(): { readonly world: FakeWorld; readonly sight: { blind: boolean } } {
  const sight = { blind: false };
  const world = aWorld({ app: anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod')] }) });
  for (const digit of ['2', '3', '4', '5']) world.account.addVersion(`v${digit}`, commit(digit));
  const observeEnvironment: FakeWorld['aws']['observeEnvironment'] = async (app, name) => {
    if (sight.blind) throw new Fault('AWS does not answer.', { retryable: true });
    return world.aws.observeEnvironment(app, name);
  };
  return { world: { ...world, aws: { ...world.aws, observeEnvironment } }, sight };
}

type Moment =
  | { readonly kind: 'types'; readonly version: string; readonly user: string }
  | { readonly kind: 'clicks'; readonly button: string; readonly which: number; readonly user: string }
  | { readonly kind: 'blind' | 'sees' }
  | { readonly kind: 'time'; readonly steps: number };

const user = fc.constantFrom(ADA, GRACE, LINUS, VIC);
const moments: fc.Arbitrary<readonly Moment[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('types' as const), version: fc.constantFrom('v2', 'v3', 'v4', 'v5'), user }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('clicks' as const), button: fc.constantFrom('queue.leave', 'queue.watch', 'release.cancel'), which: fc.nat({ max: 3 }), user }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('blind' as const, 'sees' as const) }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('time' as const), steps: fc.integer({ min: 1, max: 40 }) }) },
  ),
  { minLength: 4, maxLength: 14, size: 'max' },
);

async function lived(history: readonly Moment[]): Promise<{ readonly world: FakeWorld; readonly broken: readonly string[] }> {
  const { world, sight } = aBusyWorld();
  const broken: string[] = [];
  const look = async (): Promise<void> => {
    const inside = (await world.store.openReleases()).filter((release) => occupies(release, 'prod'));
    if (inside.length > 1) broken.push(inside.map(({ number }) => `#${number}`).join(' and '));
  };
  for (const moment of history) await happens(moment, world, sight, look);
  sight.blind = false;
  for (let step = 0; step < 80; step += 1) await pass(world).then(look);
  return { world, broken };
}

async function happens(moment: Moment, world: FakeWorld, sight: { blind: boolean }, look: () => Promise<void>): Promise<void> {
  if (moment.kind === 'blind' || moment.kind === 'sees') {
    sight.blind = moment.kind === 'blind';
    return;
  }
  if (moment.kind === 'types') await types(world, `/deploy prod@${moment.version}`, moment.user);
  if (moment.kind === 'clicks') await clicks(world, moment.button, (await world.store.recentReleases({ limit: 4 }))[moment.which]?.id ?? 'none', moment.user);
  if (moment.kind !== 'time') await work(world).then(look);
  for (let step = 0; step < (moment.kind === 'time' ? moment.steps : 0); step += 1) await pass(world).then(look);
}

describe('a queue in any history', () => {
  it('never holds two running releases of one environment, and everybody comes out', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (history) => {
        const { world, broken } = await lived(history);
        expect(broken).toEqual([]);
        expect((await world.store.openReleases()).map(({ number, status }) => `#${number} ${status}`)).toEqual([]);
        const told = world.slack.messages.filter(({ message }) => message.text.includes('it is the turn of'));
        expect(told.length).toBeLessThanOrEqual(world.slack.replies.filter(({ text }) => text.includes('mention you')).length);
      }),
      { numRuns: cases(150) },
    );
  });
});

/** #1 is at work on prod, #2 waits behind it. */
async function queued(): Promise<FakeWorld> {
  const { world } = aBusyWorld();
  await types(world, '/deploy prod@v2', ADA);
  await pass(world, 1);
  await types(world, '/deploy prod@v3', LINUS);
  await pass(world, 1);
  expect(await newestRelease(world)).toMatchObject({ number: 2, waiting: { for: 'queue', behind: 1, place: 1 } });
  return world;
}

const lastReply = (world: FakeWorld) => world.slack.replies.at(-1)?.text ?? '';

describe('a release in the queue', () => {
  it('leaves it by /deploy cancel too, which promises nothing of AWS', async () => {
    const world = await queued();
    await types(world, '/deploy cancel #2', LINUS);
    await pass(world, 1);
    expect(lastReply(world)).toMatch(/^#2 is leaving the queue/);
    expect(await newestRelease(world)).toMatchObject({ number: 2, status: 'cancelled' });
  });

  it('is left by a contributor, not by a viewer, and is not left any more once it is in', async () => {
    const world = await queued();
    const { id } = await newestRelease(world);
    await clicks(world, 'queue.leave', id, VIC);
    await work(world);
    expect(lastReply(world)).toContain('takes a contributor');
    const first = (await world.store.releaseByNumber(1))?.id ?? '';
    await clicks(world, 'queue.leave', first, GRACE);
    await work(world);
    expect(lastReply(world)).toContain('does not stand for anything');
    await clicks(world, 'queue.leave', id, GRACE);
    await work(world);
    await pass(world);
    expect(await newestRelease(world)).toMatchObject({ status: 'cancelled', cancel: { by: GRACE } });
    expect((await world.store.release(first))?.cancel).toBeUndefined();
  });

  it('mentions who wants to know when its turn comes, each once, in one reply', async () => {
    const world = await queued();
    const { id } = await newestRelease(world);
    for (const watcher of [OLIVE, VIC, OLIVE]) await clicks(world, 'queue.watch', id, watcher);
    await work(world);
    expect((await newestRelease(world)).turnWatchers).toEqual([OLIVE, VIC]);
    await pass(world, 60);
    const told = world.slack.messages.filter(({ message }) => message.text.includes('it is the turn of'));
    expect(told.map(({ message }) => message.text)).toEqual([`:bell: <@${OLIVE}> and <@${VIC}>: it is the turn of #2 on *prod* now.`]);
    expect((await newestRelease(world)).status).toBe('live');
  });

  it('that cannot go on is passed, and waits for who passed it once it can', async () => {
    const world = await queued();
    const head = await newestRelease(world);
    await types(world, '/deploy prod@v4', GRACE);
    await work(world);
    await world.store.saveRelease({ ...head, trouble: { since: world.clock.now() - 3 * MINUTE, text: 'AWS does not answer.', faultId: 'f-1' } });
    await world.store.nudge(`release:${head.id}`, 0);
    const stuck = await world.store.claim('a process that hangs', world.clock.now(), 24 * 60 * MINUTE);
    if (!('claim' in stuck) || stuck.claim.key !== `release:${head.id}`) throw new Error('somebody else works on it');
    await pass(world, 30);
    expect((await world.store.recentReleases({ limit: 3 })).map(({ number, status }) => [number, status])).toEqual([[3, 'live'], [2, 'waiting'], [1, 'live']]);
    await world.store.freeLeases();
    await pass(world, 30);
    expect((await world.store.release(head.id))?.status).toBe('live');
  });
});
