import { faultId } from '../domain/fault-id.ts';
import { Fault, Fenced, Stale } from '../domain/faults.ts';
import type { Time } from '../domain/observation.ts';
import type { Claim, Clock, Ids, Log, Store } from '../ports.ts';
import { backOff } from './back-off.ts';

/** Does one piece of due work; answers when it is due again, or undefined when there is nothing left to do. */
export type Handler = (key: string, claim: Claim) => Promise<Time | undefined>;

/** What became of one run, for the metrics. */
export type RunOutcome = 'done' | 'fault' | 'again';

export interface LoopSettings {
  readonly store: Pick<Store, 'claim' | 'finish' | 'defer' | 'renew'>;
  /** By the key's prefix, the part before the first colon. */
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Names this process in leases. */
  readonly owner: string;
  readonly parallel?: number;
  readonly leaseMs?: number;
  /** At longest; so late does a nudge of another process come at worst. */
  readonly maxSleepMs?: number;
  /**
   * A run ended in a fault. Answers true when the work is to be forgotten; it must have told whoever waits for it.
   * Never throws.
   */
  readonly onFault?: (claim: Claim, fault: unknown, id: string) => Promise<boolean>;
  readonly onRun?: (prefix: string, outcome: RunOutcome, ms: number) => void;
}

export interface Loop {
  /** Something may have become due. */
  wake(): void;
  /** Takes no new work, lets what runs finish for so long, then returns. */
  stop(graceMs?: number): Promise<void>;
  /** When the loop last turned, whether or not the store answered; epoch ms. */
  lastTurn(): Time;
  running(): number;
}

/** Claims due work and does it, several pieces at a time, until stopped. */
export function startLoop(settings: LoopSettings): Loop {
  const { store, clock, log, owner, parallel = 4, leaseMs = 30_000, maxSleepMs = 1_000 } = settings;
  const running = new Set<Promise<void>>();
  const state = { stopping: false, nudged: false, lastTurn: clock.now() };
  const alarm = alarmClock();

  function wake(): void {
    state.nudged = true;
    alarm.ring();
  }

  function start(claim: Claim): void {
    const run = runOnce(claim, settings, leaseMs).finally(() => {
      running.delete(run);
      wake();
    });
    running.add(run);
  }

  /** Takes all the work that there is room for; answers how long to sleep. */
  async function takeWork(): Promise<number> {
    while (running.size < parallel && !state.stopping) {
      const next = await store.claim(owner, clock.now(), leaseMs);
      if (!('claim' in next)) return Math.min(maxSleepMs, Math.max(5, (next.nextDueAt ?? Number.POSITIVE_INFINITY) - clock.now()));
      start(next.claim);
    }
    return maxSleepMs;
  }

  async function look(): Promise<void> {
    while (!state.stopping) {
      state.nudged = false;
      state.lastTurn = clock.now();
      const pause = await takeWork().catch((error: unknown) => {
        log.error({ err: error }, 'the store gave no work');
        state.nudged = false;
        return maxSleepMs;
      });
      if (!state.nudged) await alarm.sleep(pause);
    }
  }

  const looking = look();
  return {
    wake,
    lastTurn: () => state.lastTurn,
    running: () => running.size,
    async stop(graceMs = 10_000) {
      state.stopping = true;
      wake();
      await looking;
      const late = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([Promise.all(running), late]);
    },
  };
}

/** A sleep that can be ended early. */
function alarmClock(): { ring(): void; sleep(ms: number): Promise<void> } {
  let ring: (() => void) | undefined;
  return {
    ring: () => ring?.(),
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/** One run under its lease. Whoever lost the lease writes nothing more: the next run starts from what is recorded. */
async function runOnce(claim: Claim, settings: LoopSettings, leaseMs: number): Promise<void> {
  const { store, clock, log, handlers, onRun } = settings;
  const prefix = claim.key.split(':', 1)[0] ?? '';
  const began = clock.now();
  const renewal = setInterval(() => {
    store.renew(claim, clock.now(), leaseMs).catch((error: unknown) => log.warn({ key: claim.key, error: wordsOf(error) }, 'a lease could not be renewed'));
  }, leaseMs / 3);
  let outcome: RunOutcome = 'done';
  try {
    const handler = handlers[prefix];
    if (!handler) throw new Fault(`nothing handles work of the kind ${prefix}`, { retryable: false });
    await store.finish(claim, await handler(claim.key, claim));
  } catch (error) {
    outcome = await settle(claim, error, settings);
  } finally {
    clearInterval(renewal);
    onRun?.(prefix, outcome, clock.now() - began);
  }
}

async function settle(claim: Claim, error: unknown, settings: LoopSettings): Promise<RunOutcome> {
  const { store, clock, ids, log } = settings;
  try {
    if (error instanceof Fenced) return 'again';
    if (error instanceof Stale) {
      await store.finish(claim, clock.now());
      return 'again';
    }
    const fault = faultId(ids.next());
    const pause = backOff(error, claim.faults);
    log.warn({ fault, key: claim.key, faults: claim.faults + 1, againInMs: pause, err: error }, 'a run ended in a fault');
    if (await settings.onFault?.(claim, error, fault)) await store.finish(claim, undefined);
    else await store.defer(claim, clock.now() + pause);
  } catch (worse) {
    if (!(worse instanceof Fenced)) log.error({ key: claim.key, err: worse }, 'a fault could not be recorded; the lease runs out and the work is done again');
  }
  return 'fault';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
