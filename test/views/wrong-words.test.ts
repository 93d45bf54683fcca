import { describe, expect, it } from '@jest/globals';
import type { Barrier } from '../../src/domain/barriers/barriers.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { refusalText } from '../../src/views/refusal.ts';
import { ADA, GRACE, MINUTE, OLIVE, T0 } from '../support/world/builders.ts';

const where = { app: 'shop', environment: 'prod' } as const;
const LOCK: Barrier = { id: '00000000-0000-4000-8000-00000000beef', kind: 'lock', by: ADA, since: T0, until: T0 + MINUTE, reason: 'migration', watchers: [], notes: [] };
const over = (lock: Barrier, owners: readonly string[] = [OLIVE]): string => refusalText({ kind: 'not-yours', ...where, lock, owners, over: true });

describe('who may not say what becomes of what waited', () => {
  it('is told who may, and not that the lock is in force', () => {
    const text = over({ ...LOCK, ended: { at: T0 + MINUTE, how: 'expired' } });
    expect(text).toBe(`The lock of *shop → prod* is over, and what waited is let in or stopped by <@${ADA}> (who held it) or an owner: ask <@${OLIVE}>.`);
    expect(text).not.toMatch(/is locked|unlock/);
  });

  it('is told of who ended it too', () => {
    expect(over({ ...LOCK, ended: { at: T0, how: 'unlocked', by: GRACE } })).toContain(`<@${GRACE}> (who ended it) or an owner`);
    expect(over({ ...LOCK, ended: { at: T0, how: 'unlocked', by: ADA } })).not.toContain('who ended it');
  });

  it('of a window in jack.yml is sent to an owner, and to nobody called jack.yml', () => {
    const freeze: Barrier = { ...LOCK, kind: 'freeze', by: 'jack.yml', window: 'weekend', ended: { at: T0, how: 'over' } };
    expect(over(freeze)).toBe(`The freeze of *shop → prod* is over, and what waited is let in or stopped by an owner: ask <@${OLIVE}>.`);
    expect(over(freeze, [])).toContain('an owner: ask whoever keeps jack.yml');
  });
});

describe('where nobody holds it', () => {
  it.each<readonly [Extract<Refusal, { kind: 'not-locked' }>['wish'], string]>([
    [undefined, 'there is nothing to unlock'],
    ['steal', 'there is nothing to steal'],
    ['ask', 'there is nobody to ask'],
    ['watch', 'it is free now'],
  ])('says what was wished for: %s', (wish, words) => {
    expect(refusalText({ kind: 'not-locked', ...where, ...(wish && { wish }) })).toContain(`Nobody holds *shop → prod*, so ${words}.`);
  });
});
