import { describe, expect, it } from '@jest/globals';
import { Fault, Fenced, Stale } from '../../src/domain/faults.ts';
import type { Claim } from '../../src/ports.ts';
import { backOff } from '../../src/reconciler/back-off.ts';
import { startLoop, type Handler, type LoopSettings } from '../../src/reconciler/loop.ts';

const START = Date.now();

/** Due work in memory: key → when it is due; what is claimed is away until it is finished. */
function dueWork() {
  const due = new Map<string, number>();
  const taken = new Set<string>();
  const log: string[] = [];
  const faults = new Map<string, number>();
  const store: LoopSettings['store'] = {
    async claim(owner, now) {
      const [key] = [...due].filter(([key, at]) => at <= now && !taken.has(key)).map(([key]) => key);
      if (key === undefined) return { nextDueAt: [...due].filter(([key]) => !taken.has(key)).map(([, at]) => at).sort((a, b) => a - b)[0] };
      taken.add(key);
      return { claim: { key, owner, epoch: 1, nudges: 0, faults: faults.get(key) ?? 0 } };
    },
    async finish(claim, dueAt) {
      taken.delete(claim.key);
      faults.delete(claim.key);
      if (dueAt === undefined) due.delete(claim.key);
      else due.set(claim.key, dueAt);
      log.push(`finish ${claim.key}`);
    },
    async defer(claim, dueAt) {
      taken.delete(claim.key);
      faults.set(claim.key, claim.faults + 1);
      due.set(claim.key, dueAt);
      log.push(`defer ${claim.key}`);
    },
    async renew(claim) {
      log.push(`renew ${claim.key}`);
    },
  };
  return { store, due, log };
}

function start(handlers: Record<string, Handler>, work: ReturnType<typeof dueWork>, more: Partial<LoopSettings> = {}) {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return startLoop({ store: work.store, handlers, clock: { now: () => Date.now() }, ids: { next: () => 'ffff0000-0000-4000-8000-000000000000' }, log, owner: 'me', ...more });
}

async function until(claim: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !claim(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(claim()).toBe(true);
}

const broken: Handler = async () => {
  throw new TypeError('a bug');
};

describe('the loop', () => {
  it('gives each piece of work to the handler of its kind, and forgets what is done', async () => {
    const work = dueWork();
    const done: string[] = [];
    work.due.set('said:1', START).set('release:2', START);
    const handler = (kind: string): Handler => async (key) => void done.push(`${kind} ${key}`);
    const loop = start({ said: handler('said'), release: handler('release') }, work);
    await until(() => done.length === 2);
    await loop.stop();
    expect(done.sort()).toEqual(['release release:2', 'said said:1']);
    expect(work.due.size).toBe(0);
  });

  it('wakes when it is nudged, long before it would look by itself', async () => {
    const work = dueWork();
    const done: number[] = [];
    const loop = start({ said: async () => void done.push(Date.now()) }, work, { maxSleepMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    work.due.set('said:1', Date.now());
    loop.wake();
    await until(() => done.length === 1);
    await loop.stop();
  });

  it('sleeps until the next work is due', async () => {
    const work = dueWork();
    const done: number[] = [];
    const dueAt = Date.now() + 80;
    work.due.set('said:1', dueAt);
    const loop = start({ said: async () => void done.push(Date.now()) }, work, { maxSleepMs: 60_000 });
    await until(() => done.length === 1);
    await loop.stop();
    expect(done[0]).toBeGreaterThanOrEqual(dueAt);
  });

  it('does at most so many at once', async () => {
    const work = dueWork();
    let now = 0;
    let most = 0;
    for (let count = 0; count < 9; count += 1) work.due.set(`said:${count}`, START);
    const loop = start(
      {
        said: async () => {
          now += 1;
          most = Math.max(most, now);
          await new Promise((resolve) => setTimeout(resolve, 10));
          now -= 1;
          return undefined;
        },
      },
      work,
      { parallel: 3 },
    );
    await until(() => work.due.size === 0);
    await loop.stop();
    expect(most).toBe(3);
  });

  it('defers what ended in a fault, and counts', async () => {
    const work = dueWork();
    const seen: Claim[] = [];
    work.due.set('release:1', START);
    const loop = start(
      {
        release: async (_key, claim) => {
          seen.push(claim);
          throw new Fault('AWS is away', { retryable: true });
        },
      },
      work,
    );
    await until(() => work.log.includes('defer release:1'));
    await loop.stop();
    expect(work.due.get('release:1')).toBeGreaterThan(Date.now() + 500);
    expect(seen).toHaveLength(1);
  });

  it('forgets what somebody was told about', async () => {
    const work = dueWork();
    const told: string[] = [];
    work.due.set('said:1', START);
    const loop = start({ said: broken }, work, { onFault: async (claim, _fault, id) => Boolean(told.push(`${claim.key} ${id}`)) });
    await until(() => work.due.size === 0);
    await loop.stop();
    expect(told).toEqual([expect.stringMatching(/^said:1 f-[A-Z2-9]{4}$/)]);
  });

  it('runs again at once when somebody else saved first, and leaves a lost lease alone', async () => {
    const work = dueWork();
    let runs = 0;
    work.due.set('release:1', START).set('release:2', START);
    const loop = start(
      {
        release: async (key) => {
          if (key === 'release:2') throw new Fenced(key);
          runs += 1;
          if (runs === 1) throw new Stale('release 1');
          return undefined;
        },
      },
      work,
    );
    await until(() => runs === 2 && !work.due.has('release:1'));
    await loop.stop();
    expect(work.log.filter((line) => line.endsWith('release:2'))).toEqual([]);
  });

  it('renews the lease of a long run', async () => {
    const work = dueWork();
    work.due.set('release:1', START);
    const loop = start({ release: () => new Promise((resolve) => setTimeout(() => resolve(undefined), 80)) }, work, { leaseMs: 60 });
    await until(() => work.due.size === 0);
    await loop.stop();
    expect(work.log).toContain('renew release:1');
  });

  it('lets what runs finish when it stops, and takes nothing new', async () => {
    const work = dueWork();
    const done: string[] = [];
    work.due.set('said:1', START);
    const loop = start(
      {
        said: async (key) => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          done.push(key);
          return undefined;
        },
      },
      work,
      { parallel: 1 },
    );
    await until(() => loop.running() === 1);
    work.due.set('said:2', START);
    await loop.stop();
    expect(done).toEqual(['said:1']);
    expect(work.due.has('said:2')).toBe(true);
  });

  it('keeps on when the store fails for a while', async () => {
    const work = dueWork();
    let failures = 2;
    const claim = work.store.claim.bind(work.store);
    work.store.claim = async (...given) => {
      failures -= 1;
      if (failures >= 0) throw new Error('no database');
      return claim(...given);
    };
    work.due.set('said:1', START);
    const loop = start({ said: async () => undefined }, work, { maxSleepMs: 10 });
    await until(() => work.due.size === 0);
    await loop.stop();
  });
});

describe('the pause after a fault', () => {
  const retryable = new Fault('x', { retryable: true });

  it('doubles from a second to a minute', () => {
    expect([0, 1, 2, 5, 6, 100].map((faults) => backOff(retryable, faults, () => 0))).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
  });

  it('is shortened a little by chance, and never below what was asked for', () => {
    expect(backOff(retryable, 3, () => 1)).toBe(6000);
    expect(backOff(new Fault('x', { retryable: true, retryAfterMs: 9000 }), 0, () => 1)).toBe(9000);
  });

  it('is long for what no repeat can mend', () => {
    expect(backOff(new TypeError('a bug'), 1, () => 0)).toBe(60_000);
  });
});
