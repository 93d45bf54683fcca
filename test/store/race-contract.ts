import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Stale } from '../../src/domain/faults.ts';
import type { Store } from '../../src/ports.ts';
import type { NewSubject } from './contract.ts';
import { aRelease, somethingSaid } from './samples.ts';
import { eachTest } from './subject.ts';

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export function raceContract(newSubject: NewSubject): void {
  const { store, second } = eachTest(newSubject);
  const either = (index: number): Store => (index % 2 === 0 ? store() : second());

  it('adds one release when many ask for the same at once', async () => {
    const answers = await Promise.all(times(12).map((index) => either(index).addRelease(aRelease(), 'request-1')));
    expect(answers.filter((answer) => answer.added)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.release.id)).size).toBe(1);
  });

  it('adds one release when many find the same execution at once', async () => {
    const route = { kind: 'pipeline', pipeline: 'shop-pipeline', executionId: 'e-1' } as const;
    const answers = await Promise.all(times(12).map((index) => either(index).addRelease(aRelease({ route }), index % 3 === 0 ? `request-${index}` : undefined)));
    expect(answers.filter((answer) => answer.added)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.release.number)).size).toBe(1);
  });

  it('gives different releases different numbers with no gap', async () => {
    const answers = await Promise.all(times(20).map((index) => either(index).addRelease(aRelease())));
    expect(answers.map((answer) => answer.release.number).sort((a, b) => a - b)).toEqual(times(20).map((index) => index + 1));
  });

  it('lets one of many savers win and tells all others', async () => {
    const { release } = await store().addRelease(aRelease());
    const saves = await Promise.allSettled(times(10).map((index) => either(index).saveRelease({ ...release, outcome: `saver ${index}` })));
    const refusals = saves.flatMap((save) => (save.status === 'rejected' ? [save.reason as unknown] : []));
    expect(refusals).toHaveLength(9);
    expect(refusals.every((reason) => reason instanceof Stale)).toBe(true);
    expect((await store().release(release.id))?.version).toBe(2);
  });

  it('lets one of many replace a note', async () => {
    await store().setNote('form:1', 'open');
    const answers = await Promise.all(times(10).map((index) => either(index).replaceNote('form:1', 'open', `used by ${index}`)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await second().note('form:1')).toBe(`used by ${answers.indexOf(true)}`);
  });

  it('takes one of many deliveries of the same click', async () => {
    const answers = await Promise.all(times(10).map((index) => either(index).receive(somethingSaid())));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('never gives one piece of work to two, and runs each again after its last nudge', async () => {
    const keys = times(6).map((index) => `key-${index}`);
    const wanted = new Map<string, number>();
    const seen = new Map<string, number>();
    const running = new Set<string>();
    const worker = async (mine: Store, owner: string): Promise<void> => {
      for (;;) {
        const answer = await mine.claim(owner, 1000, 1_000_000);
        if (!('claim' in answer)) return;
        const { key } = answer.claim;
        expect(running.has(key)).toBe(false);
        running.add(key);
        seen.set(key, wanted.get(key) ?? 0);
        await new Promise((resolve) => setImmediate(resolve));
        running.delete(key);
        await mine.finish(answer.claim, undefined);
      }
    };
    const nudger = async (mine: Store, start: number): Promise<void> => {
      for (const round of times(30)) {
        const key = keys[(start + round) % keys.length] ?? '';
        wanted.set(key, (wanted.get(key) ?? 0) + 1);
        await mine.nudge(key, 1000);
      }
    };
    await Promise.all([nudger(store(), 0), nudger(second(), 3), ...times(6).map((index) => worker(either(index), `worker-${index}`))]);
    await worker(store(), 'sweeper');
    expect(seen).toEqual(wanted);
  });

  it('does what a simple model of due work does', async () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('nudge' as const), key: fc.constantFrom('a', 'b'), at: fc.nat(50) }),
      fc.record({ do: fc.constant('claim' as const) }),
      fc.record({ do: fc.constant('finish' as const), dueAt: fc.option(fc.nat(100), { nil: undefined }) }),
      fc.record({ do: fc.constant('defer' as const), dueAt: fc.nat(100) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20 }) }),
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        round += 1;
        await compareWithModel(either(round), `${round}:`, acts);
      }),
      { numRuns: 15 },
    );
  });
}

type Act =
  | { readonly do: 'nudge'; readonly key: string; readonly at: number }
  | { readonly do: 'claim' }
  | { readonly do: 'finish'; readonly dueAt: number | undefined }
  | { readonly do: 'defer'; readonly dueAt: number }
  | { readonly do: 'wait'; readonly ms: number };

interface Modelled {
  dueAt: number | undefined;
  isNudged: boolean;
  isRunning: boolean;
}

/** Leases never run out here. Ends by finishing all, so that the next round meets an empty store. */
async function compareWithModel(store: Store, prefix: string, acts: readonly Act[]): Promise<void> {
  const model = new Map<string, Modelled>();
  const held: Awaited<ReturnType<typeof claimOne>>[] = [];
  let now = 0;
  const expected = (): string | undefined =>
    [...model].filter(([, work]) => !work.isRunning && work.dueAt !== undefined && work.dueAt <= now).sort(([a, one], [b, other]) => (one.dueAt ?? 0) - (other.dueAt ?? 0) || (a < b ? -1 : 1))[0]?.[0];
  const claimOne = async () => {
    const answer = await store.claim('me', now, 1_000_000);
    return 'claim' in answer ? answer.claim : undefined;
  };
  const step = async (act: Act): Promise<void> => {
    if (act.do === 'wait') now += act.ms;
    else if (act.do === 'nudge') {
      const key = prefix + act.key;
      const work = model.get(key) ?? { dueAt: undefined, isNudged: false, isRunning: false };
      model.set(key, { ...work, dueAt: Math.min(work.dueAt ?? act.at, act.at), isNudged: true });
      await store.nudge(key, act.at);
    } else if (act.do === 'claim') {
      const claim = await claimOne();
      expect(claim?.key).toBe(expected());
      if (!claim) return;
      model.set(claim.key, { dueAt: now, isNudged: false, isRunning: true });
      held.push(claim);
    } else {
      const claim = held.shift();
      const work = claim && model.get(claim.key);
      if (!claim || !work) return;
      const isHurried = act.do === 'finish' && work.isNudged;
      model.set(claim.key, { dueAt: isHurried ? work.dueAt : act.dueAt, isNudged: false, isRunning: false });
      await (act.do === 'finish' ? store.finish(claim, act.dueAt) : store.defer(claim, act.dueAt));
    }
  };
  for (const act of acts) await step(act);
  now = 1000;
  for (let drained = 0; drained < 10 && (held.length > 0 || expected() !== undefined); drained += 1) {
    await step({ do: 'claim' });
    await step({ do: 'finish', dueAt: undefined });
  }
  expect(await claimOne()).toBeUndefined();
}
