import { expect, it } from '@jest/globals';
import { Fenced } from '../../src/domain/faults.ts';
import type { Claim, Store } from '../../src/ports.ts';
import type { NewSubject } from './contract.ts';
import { eachTest } from './subject.ts';

/** The claim, where there has to be one. */
async function claimed(store: Store, owner: string, now: number, leaseMs = 1000): Promise<Claim> {
  const answer = await store.claim(owner, now, leaseMs);
  if (!('claim' in answer)) throw new Error(`nothing is due at ${now}; next at ${answer.nextDueAt}`);
  return answer.claim;
}

export function dueWorkContract(newSubject: NewSubject): void {
  const { store, second } = eachTest(newSubject);

  it('has nothing to give when nothing was ever nudged', async () => {
    expect(await store().claim('me', 1000, 1000)).toEqual({ nextDueAt: undefined });
  });

  it('gives the most overdue first and tells when the next falls due', async () => {
    await store().nudge('b', 20);
    await store().nudge('a', 30);
    await store().nudge('c', 5000);
    expect((await claimed(store(), 'me', 100)).key).toBe('b');
    expect((await claimed(store(), 'me', 100)).key).toBe('a');
    expect(await store().claim('me', 100, 1000)).toEqual({ nextDueAt: 1100 });
  });

  it('brings work forward with a nudge and never puts it off', async () => {
    await store().nudge('a', 500);
    await store().nudge('a', 100);
    await store().nudge('a', 900);
    expect(await store().claim('me', 99, 1000)).toEqual({ nextDueAt: 100 });
    expect(await claimed(store(), 'me', 100)).toEqual({ key: 'a', owner: 'me', epoch: 1, nudges: 3, faults: 0 });
  });

  it('gives what is leased to nobody else until the lease has run out', async () => {
    await store().nudge('a', 0);
    await claimed(store(), 'me', 100, 50);
    expect(await second().claim('you', 149, 50)).toEqual({ nextDueAt: 150 });
    expect((await claimed(second(), 'you', 150)).epoch).toBe(2);
  });

  it('lets who lost the lease write nothing', async () => {
    await store().nudge('a', 0);
    const late = await claimed(store(), 'me', 100, 50);
    const next = await claimed(second(), 'you', 150);
    await expect(store().finish(late, 200)).rejects.toThrow(Fenced);
    await expect(store().defer(late, 200)).rejects.toThrow(Fenced);
    await expect(store().renew(late, 160, 1000)).rejects.toThrow(Fenced);
    await expect(store().checkClaim(late)).rejects.toThrow(Fenced);
    await expect(second().checkClaim(next)).resolves.toBeUndefined();
    await expect(second().finish(next, 200)).resolves.toBeUndefined();
    await expect(second().finish(next, 200)).rejects.toThrow(Fenced);
  });

  it('keeps a lease that is renewed', async () => {
    await store().nudge('a', 0);
    const claim = await claimed(store(), 'me', 100, 50);
    await store().renew(claim, 140, 50);
    expect(await second().claim('you', 189, 50)).toEqual({ nextDueAt: 190 });
  });

  it('is due again when the run said so', async () => {
    await store().nudge('a', 0);
    await store().finish(await claimed(store(), 'me', 100), 700);
    expect(await store().claim('me', 699, 50)).toEqual({ nextDueAt: 700 });
    expect((await claimed(store(), 'me', 700)).key).toBe('a');
  });

  it.each([undefined, 90_000])('runs again at once when it was nudged during a run that ended with %p', async (dueAt) => {
    await store().nudge('a', 0);
    const claim = await claimed(store(), 'me', 100);
    await second().nudge('a', 80_000);
    await store().finish(claim, dueAt);
    expect(await claimed(store(), 'me', 100)).toMatchObject({ key: 'a', nudges: 2 });
  });

  it('forgets what is done, and a later nudge does not let an old claim back in', async () => {
    await store().nudge('a', 0);
    const done = await claimed(store(), 'me', 100);
    await store().finish(done, undefined);
    expect(await store().claim('me', 1_000_000, 50)).toEqual({ nextDueAt: undefined });
    await store().nudge('a', 200);
    const again = await claimed(store(), 'me', 200);
    expect(again.epoch).toBeGreaterThan(done.epoch);
    await expect(store().finish(done, undefined)).rejects.toThrow(Fenced);
  });

  it('counts faults in a row, backs off in spite of a nudge during the run, and forgets them after a good one', async () => {
    await store().nudge('a', 0);
    const first = await claimed(store(), 'me', 100);
    await store().nudge('a', 100);
    await store().defer(first, 1100);
    expect(await store().claim('me', 1099, 50)).toEqual({ nextDueAt: 1100 });
    const next = await claimed(store(), 'me', 1100);
    expect(next.faults).toBe(1);
    await store().defer(next, 3000);
    const third = await claimed(store(), 'me', 3000);
    expect(third.faults).toBe(2);
    await store().finish(third, 4000);
    expect((await claimed(store(), 'me', 4000)).faults).toBe(0);
  });

  it('hurries work that backs off when it is nudged afterwards', async () => {
    await store().nudge('a', 0);
    await store().defer(await claimed(store(), 'me', 100), 60_000);
    await store().nudge('a', 200);
    expect((await claimed(store(), 'me', 200)).faults).toBe(1);
  });

  it('puts what is nudged all the time behind what has waited longer', async () => {
    await store().nudge('busy', 0);
    await store().nudge('patient', 50);
    const busy = await claimed(store(), 'me', 100);
    await store().nudge('busy', 100);
    await store().finish(busy, undefined);
    expect((await claimed(store(), 'me', 110)).key).toBe('patient');
  });
}
