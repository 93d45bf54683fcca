import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Fault, Fenced, Stale } from '../../src/domain/faults.ts';
import type { Release } from '../../src/domain/release.ts';
import type { NewSubject } from './contract.ts';
import { aRelease, anApproval } from './samples.ts';
import { eachTest } from './subject.ts';

const numbers = (releases: readonly Release[]): number[] => releases.map((release) => release.number);
const onExecution = (executionId: string): Partial<Release> => ({ route: { kind: 'pipeline', pipeline: 'shop-pipeline', executionId } });

export function releaseContract(newSubject: NewSubject): void {
  const { store, second } = eachTest(newSubject);

  it('numbers releases one after the other and leaves no gap for a request that was known', async () => {
    const first = await store().addRelease(aRelease(), 'request-1');
    const again = await second().addRelease(aRelease(), 'request-1');
    const next = await store().addRelease(aRelease(), 'request-2');
    expect(first).toMatchObject({ added: true, release: { number: 1, version: 1 } });
    expect(again).toEqual({ added: false, release: first.release });
    expect(next).toMatchObject({ added: true, release: { number: 2 } });
  });

  it('reads back what was added, whatever people write', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.nat(), async (text, number) => {
        const { release } = await store().addRelease(aRelease({ environment: crypto.randomUUID(), outcome: text, revision: { summary: text }, statusAt: number }));
        expect(await second().release(release.id)).toEqual(release);
        expect(await second().releaseByNumber(release.number)).toEqual(release);
      }),
      { numRuns: 20 },
    );
  });

  it('answers with the release that an execution already has for the environment', async () => {
    const first = await store().addRelease(aRelease(onExecution('e-1')));
    const same = await store().addRelease(aRelease(onExecution('e-1')), 'request-1');
    const elsewhere = await store().addRelease(aRelease({ ...onExecution('e-1'), environment: 'dev' }));
    expect(same).toEqual({ added: false, release: first.release });
    expect(elsewhere.added).toBe(true);
    expect((await store().releaseByExecution('shop-pipeline', 'e-1')).map((release) => release.number)).toEqual([1, 2]);
    expect((await store().releaseByExecution('shop-pipeline', 'e-1', 'dev')).map((release) => release.number)).toEqual([2]);
  });

  it('answers two people who ask for the same at the same moment with one release, until it is over or being cancelled', async () => {
    const same = { revision: { id: 'a'.repeat(40) } };
    const [one, other] = await Promise.all([store().addRelease(aRelease(same), 'request-1'), second().addRelease(aRelease(same), 'request-2')]);
    expect([one.added, other.added].filter(Boolean)).toHaveLength(1);
    expect(one.release.id).toBe(other.release.id);
    await store().saveRelease({ ...one.release, cancel: { by: 'U1', at: 1 } });
    expect(await store().addRelease(aRelease(same), 'request-3')).toMatchObject({ added: true, release: { number: 2 } });
  });

  it('makes the work of a new release due at once', async () => {
    const { release } = await store().addRelease(aRelease({ requestedAt: Date.now() + 3_600_000 }));
    expect(await store().claim('me', Date.now(), 1000)).toMatchObject({ claim: { key: `release:${release.id}` } });
  });

  it('saves on the version that was read, raises it, and refuses an older one', async () => {
    const { release } = await store().addRelease(aRelease());
    const saved = await store().saveRelease({ ...release, status: 'running' });
    expect(saved.version).toBe(2);
    await expect(second().saveRelease({ ...release, status: 'failed' })).rejects.toThrow(Stale);
    expect(await store().release(release.id)).toEqual(saved);
  });

  it('keeps the places it is found by in step with the release', async () => {
    const { release } = await store().addRelease(aRelease());
    expect(await store().releaseByExecution('shop-pipeline', 'e-9')).toEqual([]);
    const started = await store().saveRelease({ ...release, ...onExecution('e-9'), approvals: [anApproval('a-1')] });
    expect(await store().releaseByExecution('shop-pipeline', 'e-9')).toEqual([started]);
    expect(await store().releaseByApproval('a-1')).toEqual(started);
    expect(await store().openReleases()).toEqual([started]);
    const over = await store().saveRelease({ ...started, status: 'live', approvals: [] });
    expect(await store().openReleases('shop')).toEqual([]);
    expect(await store().releaseByApproval('a-1')).toEqual(over);
    expect(await store().releaseByApproval('a-2')).toBeUndefined();
  });

  it('does not let two releases have one execution in one environment', async () => {
    await store().addRelease(aRelease(onExecution('e-1')));
    const { release } = await store().addRelease(aRelease());
    const saving = store().saveRelease({ ...release, ...onExecution('e-1') });
    await expect(saving).rejects.toThrow(Fault);
    await expect(saving).rejects.toThrow('execution e-1 already belongs to release #1, not to #2');
    expect(await store().release(release.id)).toEqual(release);
  });

  it('writes nothing for a run that has lost its lease', async () => {
    const { release } = await store().addRelease(aRelease());
    const late = await store().claim('late', 2000, 10);
    const next = await second().claim('next', 2010, 1000);
    if (!('claim' in late) || !('claim' in next)) throw new Error('both should have had it');
    await expect(store().saveRelease({ ...release, status: 'failed' }, late.claim)).rejects.toThrow(Fenced);
    expect(await store().release(release.id)).toEqual(release);
    expect((await second().saveRelease({ ...release, status: 'running' }, next.claim)).status).toBe('running');
  });

  it('lists what is open oldest first and what was recently newest first', async () => {
    await store().addRelease(aRelease());
    await store().addRelease(aRelease({ environment: 'dev', status: 'live' }));
    await store().addRelease(aRelease({ app: 'blog' }));
    await store().addRelease(aRelease());
    expect(numbers(await store().openReleases())).toEqual([1, 3, 4]);
    expect(numbers(await store().openReleases('shop'))).toEqual([1, 4]);
    expect(numbers(await store().recentReleases({ limit: 3 }))).toEqual([4, 3, 2]);
    expect(numbers(await store().recentReleases({ app: 'shop', limit: 9 }))).toEqual([4, 2, 1]);
    expect(numbers(await store().recentReleases({ app: 'shop', environment: 'dev', limit: 9 }))).toEqual([2]);
  });

  it('knows nothing of what was never there', async () => {
    expect(await store().release('nobody')).toBeUndefined();
    expect(await store().releaseByNumber(7)).toBeUndefined();
    expect(await store().openReleases()).toEqual([]);
  });
}
