import { describe, expect, it } from '@jest/globals';
import { freeze } from '../../src/operations/barriers/freeze.ts';
import { thaw } from '../../src/operations/barriers/thaw.ts';
import { thawedReply } from '../../src/views/barriers/barrier-answers.ts';
import { ADA, anApp, MINUTE, OLIVE, T0 } from '../support/world/builders.ts';
import { aWorld } from '../support/world/fake-world.ts';
import { HOUR, at, locks, freezes, thaws, barriersOf, held, audited, refusalOf, valueOf } from '../support/locking.ts';

describe('a freeze', () => {
  it('is declared by owners, and changed by who declared it', async () => {
    const world = aWorld();
    expect(await freezes(world, ADA)).toMatchObject({ ok: false, refusal: { kind: 'not-owner', owners: [OLIVE] } });
    expect(valueOf(await freezes(world))).toMatchObject({ how: 'set', freeze: { kind: 'freeze', by: OLIVE, until: T0 + HOUR } });
    expect(valueOf(await freezes(world))).toMatchObject({ how: 'as-it-was' });
    expect(valueOf(await freezes(world, OLIVE, T0 + 2 * HOUR, ''))).toMatchObject({ how: 'changed', freeze: { reason: 'the sale', until: T0 + 2 * HOUR } });
    expect((await barriersOf(world)).all).toHaveLength(1);
    expect(await audited(world)).toEqual([`freeze.set ${OLIVE} role:owner`, `freeze.set ${OLIVE} role:owner`]);
  });

  it('keeps its time where a new reason alone is said', async () => {
    const world = aWorld();
    await freezes(world, OLIVE, T0 + 5 * 24 * HOUR);
    expect(valueOf(await freeze({ ...at(world), user: OLIVE, reason: 'still the sale' }, world))).toMatchObject({ how: 'changed', freeze: { reason: 'still the sale', until: T0 + 5 * 24 * HOUR } });
  });

  it('stands beside a lock, and neither ends the other', async () => {
    const world = aWorld();
    await locks(world);
    await freezes(world);
    await thaws(world);
    expect(await held(world)).toBeDefined();
    expect((await barriersOf(world)).all.map(({ kind, ended }) => [kind, ended?.how])).toEqual([['lock', undefined], ['freeze', 'thawed']]);
  });

  it('is thawed by owners; what is not frozen is not', async () => {
    const world = aWorld();
    expect(refusalOf(await thaws(world))).toBe('not-frozen');
    await freezes(world);
    expect(refusalOf(await thaws(world, ADA))).toBe('not-owner');
    expect(valueOf(await thaws(world))).toMatchObject({ ended: [{ ended: { how: 'thawed', by: OLIVE } }], windows: [] });
    expect(valueOf(await thaws(world))).toMatchObject({ ended: [{ ended: { by: OLIVE } }] });
    expect((await audited(world)).filter((line) => line.startsWith('freeze.thaw'))).toHaveLength(1);
  });

  it('when thawed tells what keeps releases out still', async () => {
    const window = { name: 'monday', zone: 'UTC', when: { kind: 'weekly', from: { day: 1, minute: 0 }, until: { day: 1, minute: 1200 } } } as const;
    const world = aWorld({ app: anApp({ freezes: [window] }) });
    await locks(world);
    await freezes(world);
    const { id = '' } = (await barriersOf(world)).all[1] ?? {};
    const answer = valueOf(await thaw({ ...at(world), user: OLIVE, at: T0, barrier: id }, world));
    expect(answer.still).toMatchObject({ lock: { by: ADA }, freeze: { reason: 'monday' } });
    const words = thawedReply(world.app, { name: 'prod' }, answer).text ?? '';
    expect(words).not.toContain('is thawed');
    expect(words).toContain('Another one goes on until');
    expect(words).toContain(`locked by <@${ADA}>`);
  });

  it('of a window in jack.yml is thawed for this time', async () => {
    const window = { name: 'monday', zone: 'UTC', when: { kind: 'weekly', from: { day: 1, minute: 0 }, until: { day: 1, minute: 1200 } } } as const;
    const world = aWorld({ app: anApp({ freezes: [window] }) });
    expect(valueOf(await thaws(world))).toMatchObject({ ended: [], windows: [{ window: 'monday', from: T0 - 9 * HOUR, until: T0 + 11 * HOUR }] });
    expect((await barriersOf(world)).thawed).toMatchObject([{ window: 'monday', by: OLIVE, at: T0 }]);
    world.account.now += MINUTE;
    expect(refusalOf(await thaw({ ...at(world), user: OLIVE, at: T0 + MINUTE }, world))).toBe('not-frozen');
    world.account.now += 7 * 24 * HOUR;
    expect(valueOf(await thaw({ ...at(world), user: OLIVE, at: world.clock.now() }, world)).windows).toHaveLength(1);
  });
});
