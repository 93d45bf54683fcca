import { describe, expect, it } from '@jest/globals';
import { remember } from '../../src/aws/memory.ts';
import { createLane, createRead, pages } from '../../src/aws/reads.ts';
import type { ClientPool } from '../../src/aws/clients.ts';

const nobody = { reading: () => ({}), changing: () => ({}), close: () => undefined } as unknown as ClientPool;
const account = { region: 'us-east-1' };

/** A source of pages, each with the token that `next` gives it. */
function source(next: (page: number) => string | undefined): () => Promise<{ readonly page: number; readonly next: string | undefined }> {
  let page = 0;
  return () => Promise.resolve({ page: (page += 1), next: next(page) });
}

describe('reads', () => {
  it('that are equal and simultaneous share one call', async () => {
    const read = createRead(nobody);
    let calls = 0;
    const ask = () => read(account, 'codepipeline:GetPipeline', { name: 'shop' }, () => Promise.resolve((calls += 1)));
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    expect(await ask()).toBe(2);
  });

  it('throw faults that name the call', async () => {
    const read = createRead(nobody);
    await expect(read(account, 'codebuild:BatchGetBuilds', {}, () => Promise.reject(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })))).rejects.toMatchObject({ name: 'Fault', retryable: true, retryAfterMs: 2000 });
  });

  it('wait their turn, first come first served', async () => {
    const lane = createLane(1);
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const order: string[] = [];
    const one = lane(() => first.promise).then((value) => order.push(value));
    const two = lane(() => second.promise).then((value) => order.push(value));
    second.resolve('second');
    first.resolve('first');
    await Promise.all([one, two]);
    expect(order).toEqual(['first', 'second']);
    await expect(lane(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await lane(() => Promise.resolve('free again'))).toBe('free again');
  });

  it('of pages end with the last page, at the limit, or when a token repeats', async () => {
    expect(await pages(9, source((page) => (page < 3 ? `t${page}` : undefined)))).toEqual([1, 2, 3]);
    expect(await pages(2, source((page) => `t${page}`))).toEqual([1, 2]);
    expect(await pages(9, source(() => 'same'))).toEqual([1, 2]);
  });
});

describe('a memory', () => {
  it('shares a look-up under way, keeps the answer and forgets on demand', async () => {
    const known = remember<number>(60_000);
    let looks = 0;
    const look = () => Promise.resolve((looks += 1));
    expect(await Promise.all([known.of('a', look), known.of('a', look)])).toEqual([1, 1]);
    known.forget('a');
    expect(await known.of('a', look)).toBe(2);
  });

  it('keeps no failure, no stale answer, and no more than its limit', async () => {
    const known = remember<number>((value) => (value < 0 ? 0 : 60_000), 1);
    await expect(known.of('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await known.of('a', () => Promise.resolve(-1))).toBe(-1);
    expect(await known.of('a', () => Promise.resolve(2))).toBe(2);
    await known.of('b', () => Promise.resolve(3));
    expect(await known.of('a', () => Promise.resolve(4))).toBe(4);
  });
});
