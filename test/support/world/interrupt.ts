import { Fault } from '../../../src/domain/faults.ts';
import type { World } from '../../../src/ports.ts';
import type { FakeWorld } from './fake-world.ts';

/** The process is gone, in the middle of whatever it did. */
export class Crash extends Error {}

/** 'before' and 'after': killed then. 'lost': it happened, but the answer never came. */
export type Side = 'before' | 'after' | 'lost';

/** Which call is interrupted, counted from 1 over all calls that change something; 0: none. */
export interface Interruption {
  readonly at: number;
  readonly side: Side;
}

export interface Interrupted {
  readonly world: FakeWorld;
  /** 'aws.perform start-execution', 'store.saveRelease', 'slack.post headline', … in order. */
  readonly calls: readonly string[];
}

const STORE = ['addRelease', 'saveRelease', 'saveBarriers', 'recordRunning', 'saveMessage', 'finishSaid', 'setNote', 'replaceNote', 'nudge', 'finish'] as const satisfies readonly (keyof World['store'])[];
const SLACK = ['post', 'edit', 'reply'] as const satisfies readonly (keyof World['slack'])[];

/** The same world, in which Jack is interrupted once at this call. */
export function interrupted(world: FakeWorld, { at, side }: Interruption): Interrupted {
  const calls: string[] = [];
  const around = async (name: string, call: () => Promise<unknown>): Promise<unknown> => {
    calls.push(name);
    const hit = calls.length === at;
    if (hit && side === 'before') throw new Crash(name);
    const answer = await call();
    if (hit && side === 'lost') throw new Fault(`no answer to ${name}`, { retryable: true, unknownOutcome: true });
    if (hit) throw new Crash(name);
    return answer;
  };
  return {
    calls,
    world: {
      ...world,
      store: wrapped(world.store, 'store', STORE, around),
      slack: wrapped(world.slack, 'slack', SLACK, around),
      aws: wrapped(world.aws, 'aws', ['perform'], around),
    },
  };
}

type Around = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

function wrapped<Port extends object>(port: Port, name: string, methods: readonly (keyof Port & string)[], around: Around): Port {
  return new Proxy(port, {
    get(target, method, receiver) {
      const own: unknown = Reflect.get(target, method, receiver);
      const known = methods.find((one) => one === method);
      if (known === undefined || typeof own !== 'function') return own;
      return (...given: readonly unknown[]) => around(`${name}.${known}${detailOf(given)}`, () => Reflect.apply(own, target, given) as Promise<unknown>);
    },
  });
}

/** What the call is about, where that can be told: an effect's kind, a message's key. */
function detailOf(given: readonly unknown[]): string {
  const found = given.map((one) => (typeof one === 'object' && one !== null ? (Reflect.get(one, 'kind') ?? Reflect.get(one, 'key')) : undefined)).find((word) => typeof word === 'string');
  return typeof found === 'string' ? ` ${found}` : '';
}
