import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Stale } from '../../src/domain/faults.ts';
import { BEFORE_THE_FIRST } from '../../src/domain/auditing/chain.ts';
import { verifyAudit } from '../../src/domain/auditing/verify.ts';
import type { Store } from '../../src/ports.ts';
import { sha256 } from '../../src/store/audit.ts';
import type { NewSubject } from './contract.ts';
import { aFact, aRelease, somethingSaid } from './samples.ts';
import { eachTest } from './subject.ts';

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const whats = async (store: Store): Promise<readonly string[]> => (await store.auditLines({ limit: 99 })).map((line) => line.what);

const seqsOf = ({ lines, inAll }: Awaited<ReturnType<Store['auditOfRelease']>>) => ({ seqs: lines.map(({ seq }) => seq), inAll });

export function auditContract(newSubject: NewSubject): void {
  const { store, second } = eachTest(newSubject);

  it('chains what is added, from one on', async () => {
    expect(await store().auditHead()).toBeUndefined();
    await store().addAudit([aFact(), aFact({ what: 'lock.take', on: { barrier: 'b-1' } })]);
    await second().addAudit([aFact({ what: 'lock.release' })]);
    await store().addAudit([]);
    const lines = await store().auditLines({ limit: 9 });
    expect(lines.map(({ seq, what }) => ({ seq, what }))).toEqual([{ seq: 1, what: 'release.request' }, { seq: 2, what: 'lock.take' }, { seq: 3, what: 'lock.release' }]);
    expect(lines.map((line) => line.previous)).toEqual([BEFORE_THE_FIRST, lines[0]?.hash, lines[1]?.hash]);
    expect(await second().auditHead()).toEqual({ seq: 3, hash: lines[2]?.hash });
    expect(verifyAudit(lines, sha256)).toEqual({ ok: true, head: await store().auditHead() });
  });

  it('reads back whatever people write, cut to a thousand characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer(), async (detail, at) => {
        const after = (await store().auditHead())?.seq ?? 0;
        await store().addAudit([aFact({ detail, at, who: detail })]);
        expect(await second().auditLines({ after, limit: 9 })).toMatchObject([{ ...aFact({ detail, at, who: detail }), seq: after + 1 }]);
      }),
      { numRuns: 20 },
    );
    await store().addAudit([aFact({ detail: '🚀'.repeat(1200) })]);
    const lines = await store().auditLines({ limit: 99 });
    expect(lines.at(-1)?.detail).toBe('🚀'.repeat(1000));
    expect(verifyAudit(lines, sha256)).toMatchObject({ ok: true });
  });

  it('finds lines from a line on', async () => {
    await store().addAudit(times(4).map(() => aFact()));
    expect((await store().auditLines({ after: 1, limit: 2 })).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('finds the newest lines of a release, newest last, and how many there are of it in all', async () => {
    await store().addAudit([aFact({ on: { release: 7 } }), aFact({ on: { release: 8 } }), aFact(), aFact({ on: { release: 7 } }), aFact({ on: { release: 7 } })]);
    expect(seqsOf(await store().auditOfRelease(7, 9))).toEqual({ seqs: [1, 4, 5], inAll: 3 });
    expect(seqsOf(await second().auditOfRelease(7, 2))).toEqual({ seqs: [4, 5], inAll: 3 });
    expect(seqsOf(await store().auditOfRelease(9, 9))).toEqual({ seqs: [], inAll: 0 });
    expect((await store().auditOfRelease(7, 1)).lines).toEqual((await store().auditLines({ limit: 9 })).slice(-1));
  });

  it('tells of a release with its number, and only when it was added', async () => {
    await store().addRelease(aRelease());
    const also = { audit: [aFact(), aFact({ what: 'gate.break-glass' })] };
    const wanted = aRelease();
    await store().addRelease(wanted, 'request-1', also);
    await second().addRelease(aRelease(), 'request-1', also);
    await store().addRelease(wanted, undefined, also);
    expect((await store().auditLines({ limit: 9 })).map(({ what, on }) => ({ what, release: on.release }))).toEqual([{ what: 'release.request', release: 2 }, { what: 'gate.break-glass', release: 2 }]);
  });

  it('has no line of what was rolled back', async () => {
    const { release } = await store().addRelease(aRelease());
    await store().saveRelease(release, undefined, { audit: [aFact({ what: 'release.cancel' })] });
    await expect(second().saveRelease(release, undefined, { audit: [aFact({ what: 'release.end' })] })).rejects.toThrow(Stale);
    expect(await whats(store())).toEqual(['release.cancel']);
    expect((await store().auditHead())?.seq).toBe(1);
  });

  it('tells once of what was said, though its end is repeated', async () => {
    const also = { audit: [aFact({ what: 'click.approve', outcome: 'refused' })] };
    await store().receive(somethingSaid());
    await store().finishSaid('trigger-1', 'refused', also);
    await store().finishSaid('trigger-1', 'refused', also);
    expect(await whats(store())).toEqual(['click.approve']);
  });

  it('gives many writers at once one unbroken chain', async () => {
    const either = (index: number): Store => (index % 2 === 0 ? store() : second());
    const { release } = await store().addRelease(aRelease());
    await Promise.allSettled([
      ...times(16).map((index) => either(index).addAudit([aFact({ at: index }), aFact({ at: index })])),
      ...times(6).map((index) => either(index).saveRelease(release, undefined, { audit: [aFact({ what: 'release.cancel' })] })),
      ...times(6).map((index) => either(index).addRelease(aRelease(), undefined, { audit: [aFact()] })),
    ]);
    const lines = await store().auditLines({ limit: 99 });
    expect(lines.map((line) => line.seq)).toEqual(times(16 * 2 + 1 + 6).map((index) => index + 1));
    expect(verifyAudit(lines, sha256)).toEqual({ ok: true, head: await second().auditHead() });
  });
}
