import { describe, expect, it } from '@jest/globals';
import { dueAgainAt } from '../../src/reconciler/rhythm.ts';
import { anApproval, aRelease, MINUTE, T0 } from '../support/world/builders.ts';
import { RHYTHM } from '../support/world/fake-world.ts';

const waits = (expiresAt: number) => aRelease({ status: 'waiting', waiting: { for: 'approval', approvalId: 'approval-1' }, approvals: [anApproval({ expiresAt })] });

describe('a release that waits for approval', () => {
  it('is looked at when half of the time of the approval is over, and when all of it is, if that comes first', () => {
    expect(dueAgainAt(waits(T0 + 10), T0, RHYTHM)).toBe(T0 + 5);
    expect(dueAgainAt(waits(T0 + 10), T0 + 5, RHYTHM)).toBe(T0 + 10);
    expect(dueAgainAt(waits(T0 + 10 * MINUTE), T0, RHYTHM)).toBe(T0 + RHYTHM.slowMs);
  });

  it('is looked at in the usual pace when that time has passed and nothing came of it', () => {
    for (const past of [T0, T0 - 1, T0 - MINUTE]) expect(dueAgainAt(waits(past), T0, RHYTHM)).toBe(T0 + RHYTHM.slowMs);
  });
});
