import { describe, expect, it } from '@jest/globals';
import type { App } from '../../../src/domain/app.ts';
import type { Barrier } from '../../../src/domain/barriers/barriers.ts';
import { heldAtGate, unanswered } from '../../../src/domain/barriers/held-at-gate.ts';
import type { Release } from '../../../src/domain/release.ts';
import { barriersOf, locks, opens, threadOf, unlocks, waitsInFront, wentIn } from '../../support/world/barriers.ts';
import { ADA, anApp, anEnvironment, GRACE, LINUS, MINUTE, OLIVE, T0 } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, says, types, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, rollsBack } from '../../support/world/people.ts';
import { effects, newestRelease } from '../../support/world/transcript.ts';

const HOUR = 60 * MINUTE;
const OLIVES_ARN = 'arn:aws:iam::123456789012:user/olive';

/** A world whose jack.yml can be changed, and a release whose yes waits behind a barrier. */
interface Held {
  readonly world: FakeWorld;
  readonly first: Barrier;
  readonly reads: (app: App) => void;
}

async function heldBehind(kind: Barrier['kind'], minutes: number, user = ADA): Promise<Held> {
  let present = anApp();
  const real = aWorld({ app: present });
  const world: FakeWorld = { ...real, apps: { ...real.apps, all: () => [present] } };
  await types(world, '/deploy prod', user);
  await openApproval(world);
  const first = await locks(world, OLIVE, 'migration', { kind, until: world.account.now + minutes * MINUTE });
  await approves(world);
  await pass(world, 3);
  expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate: kind });
  return { world, first, reads: (app) => void (present = app) };
}

/** What an owner's *Break glass* records for one lock or freeze. */
async function breaksGlass(world: FakeWorld, { id, kind }: Barrier): Promise<void> {
  const held = await newestRelease(world);
  await world.store.saveRelease({ ...held, passes: [{ gate: kind, by: OLIVE, at: world.account.now, reason: 'customers cannot pay', barriers: [id] }] });
  await world.store.nudge(`release:${held.id}`, world.account.now);
}

async function later(world: FakeWorld, minutes: number): Promise<void> {
  world.account.now += minutes * MINUTE;
  await pass(world, 8);
}

/** Whether somebody is asked in its thread, and can say so there. */
function asks(world: FakeWorld, { id }: Pick<Barrier, 'id'>): boolean {
  return threadOf(world, id).some((words) => words.includes('May it go on to') && words.includes('[Let it in]'));
}

const answers = (world: FakeWorld): number => effects(world, 'answer-approval');
const waits = async (world: FakeWorld): Promise<Release['waiting']> => (await newestRelease(world)).waiting;

describe('a rollback that took the lock and was held by a freeze', () => {
  it('is asked about after the thaw although its own lock is in force, and goes in when it was let in', async () => {
    const prod = anEnvironment('prod', { rollbackApproval: { from: [GRACE], count: 1 } });
    const world = aWorld({ app: anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), prod] }) });
    await rollsBack(world, '/rollback prod @v0');
    await openApproval(world);
    const freeze = await locks(world, OLIVE, 'the sale', { kind: 'freeze' });
    await approves(world);
    await pass(world, 3);
    expect(await waits(world)).toMatchObject({ for: 'gate', gate: 'freeze' });
    await unlocks(world, freeze.id, OLIVE, undefined, 'thawed');
    await pass(world, 8);
    expect((await barriersOf(world)).all.filter(({ ended }) => !ended)).toMatchObject([{ kind: 'lock', by: ADA }]);
    expect([asks(world, freeze), effects(world, 'update-environment')]).toEqual([true, 0]);
    await clicks(world, 'barrier.let-in', freeze.id, OLIVE);
    await pass(world, 8);
    expect(effects(world, 'update-environment')).toBe(1);
    expect(threadOf(world, freeze.id).join('\n')).toContain(`<@${OLIVE}> lets #1 in.`);
  });
});

describe('a broken glass', () => {
  it('for a long lock lets go in although a short freeze came and ended meanwhile', async () => {
    const { world, first } = await heldBehind('lock', 24 * 60);
    const freeze = await locks(world, OLIVE, 'the sale', { kind: 'freeze' });
    await pass(world, 3);
    await unlocks(world, freeze.id, OLIVE, undefined, 'thawed');
    await pass(world, 3);
    expect(answers(world)).toBe(0);
    await breaksGlass(world, first);
    await pass(world, 8);
    expect(answers(world)).toBe(1);
  });

  it('for a lock does not answer for a later freeze that held it and ended first', async () => {
    const { world, first } = await heldBehind('lock', 60);
    const freeze = await locks(world, OLIVE, 'the sale', { kind: 'freeze' });
    await breaksGlass(world, first);
    await pass(world, 3);
    expect(await waits(world)).toMatchObject({ for: 'gate', gate: 'freeze' });
    await unlocks(world, freeze.id, OLIVE, undefined, 'thawed');
    await later(world, 60);
    expect([answers(world), asks(world, first)]).toEqual([0, true]);
    await clicks(world, 'barrier.let-in', first.id, OLIVE);
    await pass(world, 8);
    expect(answers(world)).toBe(1);
  });
});

describe('the question about what Jack itself holds', () => {
  it('stays where it is although eleven short locks began and ended after the freeze that asks', async () => {
    const { world, first } = await heldBehind('freeze', 60);
    for (let count = 0; count < 11; count += 1) {
      const short = await locks(world, OLIVE, 'a look');
      await pass(world);
      await unlocks(world, short.id, OLIVE);
      await pass(world);
    }
    await later(world, 60);
    await later(world, 60);
    expect((await barriersOf(world)).all.map(({ id }) => id)).toContain(first.id);
    expect([answers(world), asks(world, first)]).toEqual([0, true]);
    await clicks(world, 'barrier.let-in', first.id, OLIVE);
    await pass(world, 8);
    expect(answers(world)).toBe(1);
  });

  it('is answered in the newest thread only: the old one’s *Let it in* does nothing any more', async () => {
    const { world, first } = await heldBehind('lock', 10);
    await later(world, 10);
    const question = world.slack.messages.find(({ identity, message }) => identity.owner === first.id && message.text.includes('May it go on to'));
    const next = await locks(world, OLIVE, 'once more', { until: world.account.now + 10 * MINUTE });
    await later(world, 10);
    await says(world, { kind: 'button', button: 'barrier.let-in', value: first.id, messageTs: question?.ts ?? '', ephemeral: false }, OLIVE);
    await pass(world, 8);
    expect([answers(world), asks(world, first), asks(world, next)]).toEqual([0, false, true]);
    await clicks(world, 'barrier.let-in', next.id, OLIVE);
    await pass(world, 8);
    expect(answers(world)).toBe(1);
  });

  it('says what is being stopped, then that it is over already, when *Stop it* is clicked again, and tells it once in the thread', async () => {
    const { world, first } = await heldBehind('lock', 10);
    await later(world, 10);
    const question = world.slack.messages.findLast(({ message }) => JSON.stringify(message.blocks).includes('barrier.stop-waiting'));
    const stop = () => says(world, { kind: 'button', button: 'barrier.stop-waiting', value: first.id, messageTs: question?.ts ?? '', ephemeral: false }, OLIVE);
    await stop();
    await stop();
    await work(world);
    await pass(world, 12);
    await stop();
    await work(world);
    const replies = world.slack.replies.filter(({ to }) => to.user === OLIVE).slice(-3).map(({ text }) => text);
    expect(replies).toEqual([expect.stringContaining('Asked to stop: #1.'), expect.stringContaining('Asked to stop: #1.'), 'What waited there is over already; nothing flows in.']);
    expect(threadOf(world, first.id).filter((words) => words.includes(`<@${OLIVE}> stops #1 `))).toHaveLength(1);
  });

  it('is asked after a window of jack.yml that nobody had noted yet when it held the release', async () => {
    const world = aWorld({ app: anApp({ freezes: [{ name: 'lunch', zone: 'UTC', environments: ['prod'], when: { kind: 'dated', from: '2026-01-05T12:00', until: '2026-01-05T13:00' } }] }) });
    await types(world, '/deploy prod');
    await openApproval(world);
    world.account.now = T0 + 3 * HOUR + MINUTE;
    expect((await barriersOf(world)).all).toEqual([]);
    await approves(world);
    await work(world);
    expect(await waits(world)).toMatchObject({ for: 'gate', gate: 'freeze' });
    await later(world, 60);
    const [freeze] = (await barriersOf(world)).all;
    expect([answers(world), freeze !== undefined && asks(world, freeze)]).toEqual([0, true]);
  });

  it('is asked although jack.yml did not name the environment while the lock ran out', async () => {
    const { world, first, reads } = await heldBehind('lock', 60);
    reads(anApp({ environments: [anEnvironment('dev', { verifyMs: 0 })] }));
    await later(world, 5);
    expect(await waits(world)).toMatchObject({ because: { because: 'unlisted' } });
    await later(world, 60);
    reads(anApp());
    await later(world, 5);
    expect([answers(world), asks(world, first)]).toEqual([0, true]);
  });

  it('is not forgotten where the release stands at the role of who asked by then', async () => {
    const { world, first } = await heldBehind('lock', 60, LINUS);
    const held = await newestRelease(world);
    const atRole: Release = { ...held, waiting: { for: 'gate', gate: 'role', because: { because: 'role', role: 'viewer', askers: [LINUS] } } };
    const barriers = await barriersOf(world);
    expect(unanswered(atRole, barriers, first.until)?.id).toBe(first.id);
    expect(heldAtGate([atRole], 'prod')).toEqual([atRole]);
    expect(heldAtGate([{ ...atRole, notes: [] }], 'prod')).toEqual([]);
  });
});

describe('a way into the stage', () => {
  it('that AWS refuses to open under an owner’s pass is asked for ever more seldom, and audited once', async () => {
    const world = aWorld();
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    const lock = await locks(world, ADA, 'hotfix', { until: world.account.now + 48 * HOUR });
    await waitsInFront(world);
    await pass(world, 8);
    world.account.mishaps.denied.add('free-transition');
    await breaksGlass(world, lock);
    for (let minute = 0; minute < 5 * 60; minute += 1) {
      world.account.now += MINUTE;
      await work(world);
    }
    const frees = world.aws.calls.filter(({ effect }) => effect.kind === 'free-transition').length;
    expect(frees).toBeGreaterThan(3);
    expect(frees).toBeLessThan(11);
    const refusals = (await world.store.auditLines({ limit: 500 })).filter(({ what }) => what === 'aws.free-transition');
    expect(refusals.map(({ outcome }) => outcome)).toEqual(['refused']);
  });

  it('names what came in while it stood open once, although a lock and a freeze were in force and the lock ended', async () => {
    const world = aWorld();
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    const lock = await locks(world, ADA, 'hotfix');
    const freeze = await locks(world, OLIVE, 'the sale', { kind: 'freeze', until: world.account.now + 4 * HOUR });
    const id = await waitsInFront(world);
    opens(world, OLIVES_ARN);
    await pass(world, 20);
    expect(wentIn(world)).toEqual([id]);
    await unlocks(world, lock.id, ADA);
    await pass(world, 20);
    const named = [...threadOf(world, lock.id), ...threadOf(world, freeze.id)].filter((words) => words.includes('Came into'));
    expect(named).toHaveLength(1);
  });
});
