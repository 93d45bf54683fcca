import type { Account, ClientPool, ReadClients } from './clients.ts';
import { accountKey } from './clients.ts';
import { faultOf } from './faults.ts';
import type { Operation } from './faults.ts';

/**
 * Makes one read. Throws a fault. AWS publishes no rates for these services, so at most two reads per service and
 * account are under way (two, lest one that hangs holds up all), and simultaneous equal reads share one call.
 */
export type Read = <Input, Output>(
  account: Account,
  operation: Operation,
  input: Input,
  send: (clients: ReadClients, input: Input) => Promise<Output>,
) => Promise<Output>;

const AT_ONCE = 2;

export function createRead(pool: ClientPool): Read {
  const lanes = new Map<string, Lane>();
  const underWay = new Map<string, Promise<unknown>>();
  return <Input, Output>(account: Account, operation: Operation, input: Input, send: (clients: ReadClients, input: Input) => Promise<Output>) => {
    const place = accountKey(account);
    const key = `${place} ${operation} ${JSON.stringify(input)}`;
    const same = underWay.get(key);
    if (same) return same as Promise<Output>;
    const lane = laneOf(lanes, `${place} ${operation.split(':')[0]}`);
    const call = lane(async () => {
      try {
        return await send(pool.reading(account), input);
      } catch (error) {
        throw faultOf(error, operation);
      }
    }).finally(() => underWay.delete(key));
    underWay.set(key, call);
    return call;
  };
}

/** All pages, at most `most` of them. */
export async function pages<Page>(most: number, read: (token: string | undefined) => Promise<{ readonly page: Page; readonly next: string | undefined }>): Promise<readonly Page[]> {
  const found: Page[] = [];
  let token: string | undefined;
  for (let count = 0; count < most; count += 1) {
    const { page, next } = await read(token);
    found.push(page);
    if (!next || next === token) return found;
    token = next;
  }
  return found;
}

type Lane = <Output>(call: () => Promise<Output>) => Promise<Output>;

function laneOf(lanes: Map<string, Lane>, key: string): Lane {
  const known = lanes.get(key);
  if (known) return known;
  const lane = createLane(AT_ONCE);
  lanes.set(key, lane);
  return lane;
}

/** First come, first served, `width` at a time. */
export function createLane(width: number): Lane {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (call) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => { waiting.push(resolve); });
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
