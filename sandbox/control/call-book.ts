import type { Json } from '../json.ts';
import type { CallGate, Fault, WireCall } from './gate.ts';
import { ControlError } from './route.ts';

/** Which calls a hold or a fault is for. */
export interface Aim {
  /** A service, or 'any'. */
  readonly service: string;
  /** An operation, '*' for all, or '*mutating*'. */
  readonly operation: string;
  readonly when: 'before' | 'after';
}

export interface Hold extends Aim {
  readonly id: string;
  /** The first call that fits is 1. */
  readonly nth: number;
  readonly state: 'armed' | 'held' | 'released';
  readonly call?: CallRecord;
}

export interface CallRecord extends WireCall {
  readonly n: number;
  /** ISO time. */
  readonly at: string;
  /** HTTP's; missing while the call is under way. */
  readonly status?: number;
  readonly error?: string;
}

interface LiveHold {
  readonly id: string;
  readonly aim: Aim;
  readonly nth: number;
  seen: number;
  ticket?: number;
  state: Hold['state'];
  readonly held: PromiseWithResolvers<void>;
  readonly released: PromiseWithResolvers<Fault | undefined>;
}

interface LiveFault {
  readonly id: string;
  readonly aim: Aim;
  readonly fault: Fault;
  readonly delayMs: number;
  left: number;
}

const kept = 20_000;

/** The gate of every call of AWS and Slack: writes each down, and holds, slows or fails those that it was told to. */
export class CallBook implements CallGate {
  #next = 1;
  #calls: CallRecord[] = [];
  readonly #holds = new Map<string, LiveHold>();
  readonly #faults = new Map<string, LiveFault>();

  async before(call: WireCall): Promise<{ readonly ticket: number; readonly fault?: Fault }> {
    const ticket = this.#next++;
    this.#calls.push({ n: ticket, ...call, input: plain(call.input), at: new Date().toISOString() });
    if (this.#calls.length > kept) this.#calls = this.#calls.slice(-kept / 2);
    for (const hold of this.#holds.values()) if (hold.state === 'armed' && hold.ticket === undefined && fits(hold.aim, call) && ++hold.seen === hold.nth) hold.ticket = ticket;
    const fault = await this.#pass(ticket, call, 'before');
    if (!fault) return { ticket };
    this.#note(ticket, outcomeOf(fault));
    return { ticket, fault };
  }

  async after(ticket: number, outcome: { readonly status: number; readonly error?: string }): Promise<Fault | undefined> {
    const call = this.#calls.find((candidate) => candidate.n === ticket);
    this.#note(ticket, outcome);
    const fault = call && (await this.#pass(ticket, call, 'after'));
    if (fault) this.#note(ticket, outcomeOf(fault));
    return fault;
  }

  /** Calls with a number above `since`, oldest first. */
  calls(since = 0): readonly CallRecord[] {
    return this.#calls.filter((call) => call.n > since);
  }

  /** Holds the nth call that fits, from now on. */
  hold(aim: Aim, nth = 1): Hold {
    const hold: LiveHold = { id: `hold-${this.#next++}`, aim, nth, seen: 0, state: 'armed', held: Promise.withResolvers(), released: Promise.withResolvers() };
    this.#holds.set(hold.id, hold);
    return this.#shown(hold);
  }

  /** The hold, as soon as it holds a call, and after `wait` milliseconds at the latest. */
  async awaitHold(id: string, wait: number): Promise<Hold> {
    const hold = this.#hold(id);
    if (hold.state === 'armed' && wait > 0) await Promise.race([hold.held.promise, sleep(wait)]);
    return this.#shown(hold);
  }

  /** Lets the held call go on, or fail with `fault`. A hold that holds nothing yet is given up. */
  release(id: string, fault?: Fault): Hold {
    const hold = this.#hold(id);
    hold.state = 'released';
    hold.released.resolve(fault);
    hold.held.resolve();
    return this.#shown(hold);
  }

  forget(id: string): void {
    this.release(id);
    this.#holds.delete(id);
  }

  /** Makes the next `times` calls that fit wait `delayMs` and fail. */
  fail(aim: Aim, fault: Fault, times = 1, delayMs = 0): { readonly id: string } {
    const id = `fault-${this.#next++}`;
    this.#faults.set(id, { id, aim, fault, delayMs, left: times });
    return { id };
  }

  stopFailing(id: string): void {
    if (!this.#faults.delete(id)) throw new ControlError(`There is no fault ${id} (any more)`, 404);
  }

  /** For a reset: nothing is held, and nothing fails. Calls stay written down. */
  clear(): void {
    for (const id of this.#holds.keys()) this.forget(id);
    this.#faults.clear();
  }

  async #pass(ticket: number, call: WireCall, when: Aim['when']): Promise<Fault | undefined> {
    for (const hold of this.#holds.values()) {
      if (hold.ticket !== ticket || hold.aim.when !== when || hold.state !== 'armed') continue;
      hold.state = 'held';
      hold.held.resolve();
      const fault = await hold.released.promise;
      if (fault) return fault;
    }
    const struck = [...this.#faults.values()].find((fault) => fault.aim.when === when && fits(fault.aim, call));
    if (!struck) return undefined;
    struck.left -= 1;
    if (struck.left <= 0) this.#faults.delete(struck.id);
    if (struck.delayMs > 0) await sleep(struck.delayMs);
    return struck.fault;
  }

  #note(ticket: number, outcome: { readonly status: number; readonly error?: string }): void {
    this.#calls = this.#calls.map((call) => (call.n === ticket ? { ...call, ...outcome } : call));
  }

  #hold(id: string): LiveHold {
    const hold = this.#holds.get(id);
    if (!hold) throw new ControlError(`There is no hold ${id} (any more)`, 404);
    return hold;
  }

  #shown(hold: LiveHold): Hold {
    const call = hold.state === 'armed' ? undefined : this.#calls.find(({ n }) => n === hold.ticket);
    return { id: hold.id, ...hold.aim, nth: hold.nth, state: hold.state, ...(call ? { call } : {}) };
  }
}

function fits(aim: Aim, call: WireCall): boolean {
  if (aim.service !== 'any' && aim.service !== call.service) return false;
  return aim.operation === '*' || aim.operation === call.operation || (aim.operation === '*mutating*' && call.mutates);
}

function outcomeOf(fault: Fault): { readonly status: number; readonly error: string } {
  if (fault.kind === 'drop') return { status: 0, error: 'the connection was cut' };
  return fault.kind === 'status' ? { status: fault.status, error: `status ${fault.status}` } : { status: fault.status ?? 400, error: fault.code };
}

/** Keeps nothing alive: whoever waits here waits for a server that does. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** Bytes are shown by their number only. */
function plain(value: Json): Json {
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}
