import { expect, it } from '@jest/globals';
import { noBarriers } from '../../src/domain/barriers/barriers.ts';
import { Fenced, Stale } from '../../src/domain/faults.ts';
import type { Store } from '../../src/ports.ts';
import type { NewSubject } from './contract.ts';
import { aFact, aRelease, locked } from './samples.ts';
import { eachTest } from './subject.ts';

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const taken = { audit: [aFact({ what: 'lock.take' })] };

export function barriersContract(newSubject: NewSubject): void {
  const { store, second } = eachTest(newSubject);
  const whats = async (): Promise<readonly string[]> => (await store().auditLines({ limit: 99 })).map((line) => line.what);

  it('has nothing in front of an environment until something is saved', async () => {
    expect(await store().barriers('shop', 'prod')).toEqual(noBarriers('shop', 'prod'));
    const saved = await store().saveBarriers(locked());
    expect(saved).toEqual({ ...locked(), version: 1 });
    expect(await second().barriers('shop', 'prod')).toEqual(saved);
    expect(await second().barriers('shop', 'dev')).toEqual(noBarriers('shop', 'dev'));
  });

  it('saves on the version that was read, and refuses an older one', async () => {
    const first = await store().saveBarriers(locked());
    const next = await second().saveBarriers({ ...first, all: [] });
    expect(next.version).toBe(2);
    await expect(store().saveBarriers(first, undefined, taken)).rejects.toThrow(Stale);
    await expect(store().saveBarriers(locked(), undefined, taken)).rejects.toThrow(Stale);
    expect(await store().barriers('shop', 'prod')).toEqual(next);
    expect(await whats()).toEqual([]);
  });

  it.each([['the first', 0], ['a later', 1]])('lets one of many win who save %s version at once', async (_which, version) => {
    const standing = version === 0 ? locked() : await store().saveBarriers(locked());
    const either = (index: number): Store => (index % 2 === 0 ? store() : second());
    const saves = await Promise.allSettled(times(8).map((index) => either(index).saveBarriers({ ...standing, all: locked({ by: `U${index}` }).all }, undefined, taken)));
    const refusals = saves.flatMap((save) => (save.status === 'rejected' ? [save.reason as unknown] : []));
    expect(refusals).toHaveLength(7);
    expect(refusals.every((reason) => reason instanceof Stale)).toBe(true);
    expect((await store().barriers('shop', 'prod')).version).toBe(version + 1);
    expect(await whats()).toEqual(['lock.take']);
  });

  it('makes the work of the environment due for whoever saves without a claim', async () => {
    const saved = await store().saveBarriers(locked(), undefined, taken);
    const answer = await store().claim('me', 1000, 500);
    expect(answer).toMatchObject({ claim: { key: 'barriers:shop/prod', nudges: 1 } });
    if (!('claim' in answer)) throw new Error('nothing is due');
    await store().saveBarriers({ ...saved, holds: [] }, answer.claim, taken);
    await store().finish(answer.claim, undefined);
    expect(await store().claim('me', 1000, 500)).toEqual({ nextDueAt: undefined });
    expect(await whats()).toEqual(['lock.take', 'lock.take']);
  });

  it('writes nothing for a run that has lost its lease', async () => {
    const saved = await store().saveBarriers(locked());
    const late = await store().claim('late', 2000, 10);
    const next = await second().claim('next', 2010, 1000);
    if (!('claim' in late) || !('claim' in next)) throw new Error('both should have had it');
    await expect(store().saveBarriers({ ...saved, all: [] }, late.claim, taken)).rejects.toThrow(Fenced);
    expect(await store().barriers('shop', 'prod')).toEqual(saved);
    expect(await whats()).toEqual([]);
    expect((await second().saveBarriers({ ...saved, all: [] }, next.claim)).version).toBe(2);
  });

  it('locks with a rollback in one transaction, under the number that it gets', async () => {
    await store().addRelease(aRelease());
    const also = { audit: [aFact()], barriers: locked({ rollback: 0 }) };
    const { release } = await store().addRelease(aRelease({ purpose: 'rollback' }), 'request-1', also);
    const saved = await second().barriers('shop', 'prod');
    expect(saved).toEqual({ ...locked({ rollback: release.number }), version: 1 });
    await second().addRelease(aRelease({ purpose: 'rollback' }), 'request-1', also);
    expect(await store().barriers('shop', 'prod')).toEqual(saved);
    await expect(store().addRelease(aRelease({ purpose: 'rollback' }), 'request-2', also)).rejects.toThrow(Stale);
    expect((await store().openReleases()).map((open) => open.number)).toEqual([1, 2]);
    expect(await whats()).toEqual(['release.request']);
    expect(await store().addRelease(aRelease(), 'request-2')).toMatchObject({ added: true, release: { number: 3 } });
  });

  it('has locks and fences taken at once by people and by the work itself without one waiting for the other', async () => {
    let standing = await store().saveBarriers(locked());
    for (const round of times(6)) {
      const answer = await store().claim('me', 3_000_000_000_000 + round, 60_000);
      if (!('claim' in answer)) throw new Error('nothing is due');
      const both = await Promise.allSettled([store().saveBarriers(standing, answer.claim, taken), second().saveBarriers(standing, undefined, taken)]);
      expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      expect(both.flatMap((one) => (one.status === 'rejected' && !(one.reason instanceof Stale) ? [one.reason as unknown] : []))).toEqual([]);
      standing = await store().barriers('shop', 'prod');
      await store().finish(answer.claim, 0);
    }
  });
}
