import { describe, expect, it } from '@jest/globals';
import { noBarriers, type Barriers } from '../../../src/domain/barriers/barriers.ts';
import { planTime } from '../../../src/reconciler/barriers/plan-time.ts';
import { anApp, anEnvironment, MINUTE, T0 } from '../../support/world/builders.ts';

const windowUntil = (minute: number) => ({ name: 'monday', zone: 'UTC', when: { kind: 'weekly', from: { day: 1, minute: 0 }, until: { day: 1, minute } } }) as const;

describe('a freeze window that was over by one jack.yml and is in force again by the next', () => {
  it.each(['taken out', 'shortened'])('begins anew when it had been %s', (how) => {
    let ids = 0;
    const planned = (barriers: Barriers, freezes: readonly ReturnType<typeof windowUntil>[], now: number) =>
      planTime(barriers, { app: anApp({ freezes }), environment: anEnvironment('prod'), now, rollbacks: [], held: [], nagMs: 60 * MINUTE, newId: () => `id-${(ids += 1)}` }).barriers;
    const begun = planned(noBarriers('shop', 'prod'), [windowUntil(1200)], T0);
    const over = planned(begun, how === 'shortened' ? [windowUntil(60)] : [], T0 + MINUTE);
    expect(over.all.map(({ ended }) => ended?.how)).toEqual(['over']);
    const again = planned(over, [windowUntil(1300)], T0 + 2 * MINUTE);
    expect(again.all.map(({ ended }) => ended?.how)).toEqual(['over', undefined]);
    expect(planned(again, [windowUntil(1300)], T0 + 3 * MINUTE)).toEqual(again);
  });
});
