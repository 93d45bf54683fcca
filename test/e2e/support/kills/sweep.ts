import { until } from '../door.ts';
import { equalKey } from '../messages.ts';
import type { Stage } from '../stage.ts';

interface HeldCall {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Hold {
  readonly id: string;
  readonly state: 'armed' | 'held' | 'released';
  readonly call?: HeldCall;
}

/** Kills that are made while a story is told. */
export interface Sweep {
  /** What was killed at, in order, as '<operation> <what>'. */
  readonly killedAt: readonly string[];
  /** The different calls that were seen, in order; those that were not killed at too. */
  readonly seen: ReadonlySet<string>;
  /** Waits until the channel is at rest although nobody was killed meanwhile: while the bot is dead it says nothing. */
  settled(channel: string): Promise<void>;
  /** Ends the sweep; what is held goes on. Throws what went wrong in it. */
  end(): Promise<void>;
}

export interface SweepPlan {
  readonly when: 'before' | 'after';
  /** Whether to kill at this call, the first time it is seen; `nth` counts the different ones from 1. Every one by default. */
  readonly at?: (signature: string, nth: number) => boolean;
  /** Kills whoever made the held call; the stage's bot by default. `revive` is called when the call is gone. */
  readonly kill?: () => Promise<void>;
  readonly revive?: () => Promise<void>;
}

/**
 * Kills the bot at its mutating calls, each once: while the call is held before its effect, or after its effect and
 * before the answer. The next hold is armed before the held call is let go, so that none passes unseen.
 */
export async function sweep(stage: Stage, plan: SweepPlan): Promise<Sweep> {
  const { kill = () => stage.killBot(), revive = () => stage.startBot() } = plan;
  const seen = new Set<string>();
  const killedAt: string[] = [];
  const state: { ended: boolean; busy: boolean; trouble?: unknown } = { ended: false, busy: false };
  let hold = await arm(stage, plan.when);

  async function watch(): Promise<void> {
    while (!state.ended) {
      const now = await stage.door.get<Hold>(`/holds/${hold.id}?wait=200`);
      if (now.state !== 'held' || !now.call) continue;
      const next = await arm(stage, plan.when);
      state.busy = true;
      hold = await handle(now, now.call, next);
      state.busy = false;
    }
  }

  /** Answers with the hold to watch from now on. */
  async function handle(held: Hold, call: HeldCall, next: Hold): Promise<Hold> {
    const signature = signatureOf(call);
    const isNew = isBots(call) && !seen.has(signature);
    if (isBots(call)) seen.add(signature);
    if (!isNew || (plan.at && !plan.at(signature, seen.size))) {
      await stage.door.post(`/holds/${held.id}/release`);
      return next;
    }
    killedAt.push(signature);
    await kill();
    await stage.door.post(`/holds/${held.id}/release`, { fault: { kind: 'drop' } });
    const following = plan.kill ? next : await withoutTheDead(next);
    await revive();
    return following;
  }

  /** What else the bot was about to do when it was killed is cut with it: let go later, it would come after its successor's. */
  async function withoutTheDead(next: Hold): Promise<Hold> {
    const { id, state: now } = await stage.door.get<Hold>(`/holds/${next.id}`);
    if (now !== 'held') return next;
    const another = await arm(stage, plan.when);
    await stage.door.post(`/holds/${id}/release`, { fault: { kind: 'drop' } });
    return withoutTheDead(another);
  }

  const watching = watch().catch((error: unknown) => {
    state.trouble = error;
  });
  return {
    killedAt,
    seen,
    async settled(channel) {
      for (let before = -1; state.trouble === undefined && before !== killedAt.length; ) {
        await until('the last kill to be over', () => (state.busy && state.trouble === undefined ? undefined : true), 60_000, 20);
        before = killedAt.length;
        await stage.settle(channel, 1000);
      }
    },
    async end() {
      state.ended = true;
      await watching;
      await stage.door.post(`/holds/${hold.id}/release`);
      if (state.trouble !== undefined) throw state.trouble;
    },
  };
}

function arm(stage: Stage, when: SweepPlan['when']): Promise<Hold> {
  return stage.door.post<Hold>('/holds', { service: 'any', operation: '*mutating*', when });
}

function isBots({ service, caller }: HeldCall): boolean {
  return service === 'slack' || !caller.endsWith('/olive');
}

/** The same step of the story has the same signature in every try, though times and ids may differ. */
function signatureOf({ service, operation, input }: HeldCall): string {
  const word = (name: string): string => words(input[name]);
  if (service !== 'slack') return `${operation} ${word('stageName') || word('name') || word('EnvironmentName') || word('pipelineName')}`;
  const payload = parsed(parsed(input['metadata'])['event_payload']);
  const key = words(payload['key']);
  if (key !== '') return `${operation} ${equalKey(key)}`;
  return `${operation} ${word('text').replaceAll(/`[0-9a-f]{7}`/g, 'a commit').replaceAll(/\d+/g, 'n').slice(0, 80)}`;
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  return typeof value === 'string' && value.startsWith('{') ? (JSON.parse(value) as Record<string, unknown>) : {};
}
