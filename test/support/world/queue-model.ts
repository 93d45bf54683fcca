import * as fc from 'fast-check';
import { queueGate } from '../../../src/domain/gates/queue.ts';
import { aheadOf } from '../../../src/domain/occupancy.ts';
import { withStatus, type Release } from '../../../src/domain/release.ts';
import { aDeploy, ADA, anEnvironment, aVersionRelease, MINUTE, T0 } from './builders.ts';

/**
 * One release on its way in, as the reconciler takes it: it looks whether it is its turn, writes down that it goes in,
 * looks once more who else is there, and goes in or steps back. Between any two of these anything may happen.
 */
export interface InQueue {
  release: Release;
  phase: 'waiting' | 'planned' | 'written' | 'inside' | 'over';
  /** Nothing can be read for it: its runs end in a fault. */
  broken: boolean;
}

export type QueueEvent =
  | { readonly kind: 'step' | 'cancels' | 'breaks' | 'mends' | 'dies'; readonly which: number }
  | { readonly kind: 'time'; readonly minutes: number };

export interface Queue extends Array<InQueue> {
  now: number;
}

const which = fc.nat({ max: 4 });

export const events: fc.Arbitrary<readonly QueueEvent[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('step' as const), which }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('cancels' as const, 'breaks' as const, 'mends' as const, 'dies' as const), which }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 4 }) }) },
  ),
  { maxLength: 40, size: 'max' },
);

export function aQueue(size: number): Queue {
  const all = Array.from({ length: size }, (_, index): InQueue => ({ release: aVersionRelease({ id: `release-${index + 1}`, number: index + 1, version: 1, status: 'waiting', waiting: { for: 'queue', behind: 0, place: 1 } }), phase: 'waiting', broken: false }));
  return Object.assign(all, { now: T0 });
}

export function happensInQueue(event: QueueEvent, queue: Queue): void {
  if (event.kind === 'time') {
    queue.now += event.minutes * MINUTE;
    return;
  }
  const one = queue[event.which % queue.length];
  if (!one || one.phase === 'over') return;
  if (event.kind === 'step') step(one, queue);
  else if (event.kind === 'cancels') cancels(one, queue);
  else if (event.kind === 'dies') dies(one);
  else one.broken = event.kind === 'breaks';
}

/** Everybody goes on until nothing moves any more; `stuck` never does. */
export function settle(queue: Queue, stuck: InQueue | undefined): void {
  for (const one of queue) one.broken = one === stuck;
  if (stuck) step(stuck, queue);
  queue.now += 5 * MINUTE;
  for (let round = 0; round < 12 * queue.length; round += 1) for (const one of queue) if (one.phase !== 'over') step(one, queue);
}

function step(one: InQueue, queue: Queue): void {
  if (one.broken && one.phase !== 'inside') {
    const { since } = one.release.trouble ?? { since: queue.now };
    one.release = { ...one.release, trouble: { since, text: 'Nothing can be read.', faultId: 'f-1' } };
    return;
  }
  const { trouble: _mended, ...mended } = one.release;
  one.release = mended;
  if (one.phase === 'waiting') plans(one, queue);
  else if (one.phase === 'planned') writes(one, queue);
  else if (one.phase === 'written') entersOrStepsBack(one, queue);
  else over(one, queue);
}

function plans(one: InQueue, queue: Queue): void {
  if (one.release.cancel) return over(one, queue);
  one.phase = isItsTurn(one, queue) ? 'planned' : 'waiting';
}

function writes(one: InQueue, queue: Queue): void {
  one.release = { ...one.release, intent: { effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v2' }, t0: queue.now } };
  one.phase = 'written';
}

/** A run that died in between comes by here too: it looks before it goes in. */
function entersOrStepsBack(one: InQueue, queue: Queue): void {
  const { intent: _settled, ...rest } = one.release;
  const turn = isItsTurn(one, queue);
  one.release = turn ? { ...withStatus(rest, 'running', queue.now), deploys: [aDeploy()] } : rest;
  one.phase = turn ? 'inside' : 'waiting';
}

function isItsTurn(one: InQueue, queue: Queue): boolean {
  const open = queue.filter(({ phase }) => phase !== 'over').map(({ release }) => release);
  const ahead = aheadOf(one.release, open, queue.now);
  return queueGate.examine({ environment: anEnvironment('prod'), route: 'version', purpose: 'deploy', ahead, approvalAction: false }).open;
}

/** Saved compare-and-set: who has planned before has to plan anew. */
function cancels(one: InQueue, queue: Queue): void {
  one.release = { ...one.release, cancel: { by: ADA, at: queue.now } };
  if (one.phase === 'planned') one.phase = 'waiting';
}

/** What was not written down is forgotten. */
function dies(one: InQueue): void {
  if (one.phase === 'planned') one.phase = 'waiting';
}

function over(one: InQueue, queue: Queue): void {
  one.release = withStatus(one.release, one.release.cancel ? 'cancelled' : 'live', queue.now);
  one.phase = 'over';
}
