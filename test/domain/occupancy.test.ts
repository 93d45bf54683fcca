import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { aheadOf, isQueued, withTurnTold } from '../../src/domain/occupancy.ts';
import type { Release } from '../../src/domain/release.ts';
import { aDeploy, ADA, aVersionRelease, GRACE, MINUTE, T0 } from '../support/world/builders.ts';
import { aQueue, events, happensInQueue, settle } from '../support/world/queue-model.ts';
import { cases } from '../support/cases.ts';

const queued = (id: string, number: number, changes: Partial<Release> = {}): Release =>
  aVersionRelease({ id, number, status: 'waiting', waiting: { for: 'queue', behind: 1, place: 1 }, ...changes });
const broken = (since: number) => ({ trouble: { since, text: 'AWS does not answer.', faultId: 'f-1' } });

describe('the head of the queue', () => {
  it.each<readonly [string, Partial<Release>, boolean]>([
    ['holds up the others', {}, true],
    ['that is being cancelled holds up nobody', { cancel: { by: ADA, at: T0 } }, false],
    ['whose cancelling AWS refused holds up the others', { cancel: { by: ADA, at: T0, refused: true } }, true],
    ['in trouble for a moment holds up the others', broken(T0 - MINUTE), true],
    ['in trouble for minutes holds up nobody', broken(T0 - 3 * MINUTE), false],
    ['in trouble for minutes holds them up once it has decided to go in', { ...broken(T0 - 3 * MINUTE), intent: { effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v2' }, t0: T0 } }, true],
    ['in trouble for minutes holds them up while it is inside', { ...broken(T0 - 3 * MINUTE), status: 'running', deploys: [aDeploy()] }, true],
  ])('%s', (_what, changes, holdsUp) => {
    const head = queued('head', 1, changes);
    const next = queued('next', 2);
    expect(aheadOf(next, [head, next], T0).map(({ id }) => id)).toEqual(holdsUp ? ['head'] : []);
  });

  it('that was passed waits for who passed it', () => {
    const head = queued('head', 1, broken(T0 - 3 * MINUTE));
    const inside = queued('inside', 2, { status: 'running', deploys: [aDeploy()] });
    expect(aheadOf(head, [head, inside], T0).map(({ id }) => id)).toEqual(['inside']);
  });
});

describe('who waits for the turn of a release', () => {
  const watched = queued('me', 3, { turnWatchers: [GRACE, ADA] });

  it('is told nothing while it is in the queue', () => {
    expect(withTurnTold(watched, T0)).toBe(watched);
  });

  it('is told once when it is out, and again only if they ask again', () => {
    const told = withTurnTold({ ...watched, status: 'running' }, T0);
    expect(told).toMatchObject({ notes: [{ key: 'your-turn:1', at: T0, what: { kind: 'your-turn', users: [GRACE, ADA] } }] });
    expect(told).not.toHaveProperty('turnWatchers');
    expect(withTurnTold(told, T0 + 1)).toBe(told);
    expect(withTurnTold({ ...told, turnWatchers: [ADA] }, T0 + 1).notes.map(({ key }) => key)).toEqual(['your-turn:1', 'your-turn:2']);
  });

  it.each<readonly [string, Partial<Release>]>([
    ['it was cancelled', { status: 'cancelled' }],
    ['it is being cancelled', { status: 'running', cancel: { by: ADA, at: T0 } }],
  ])('is told nothing when %s', (_what, changes) => {
    expect(withTurnTold({ ...watched, ...changes }, T0).notes).toEqual([]);
  });
});

describe('a queue', () => {
  it('never has two inside, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), events, (size, history) => {
        const queue = aQueue(size);
        for (const event of history) {
          happensInQueue(event, queue);
          const inside = queue.filter((one) => one.phase === 'inside' && one.release.purpose === 'deploy');
          expect(inside.length).toBeLessThan(2);
        }
      }),
      { numRuns: cases(10_000) },
    );
  });

  it('lets everybody through in the end who was not cancelled, past those that are stuck', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), events, fc.nat({ max: 4 }), (size, history, stuck) => {
        const queue = aQueue(size);
        for (const event of history) happensInQueue(event, queue);
        const dead = queue[stuck % size];
        settle(queue, dead?.phase === 'waiting' ? dead : undefined);
        expect(queue.filter((one) => one !== dead && one.phase !== 'over').map(({ release }) => release.number)).toEqual([]);
      }),
      { numRuns: cases(2_000) },
    );
  });

  it('knows who is in it', () => {
    expect(isQueued(queued('me', 1))).toBe(true);
    expect(isQueued({ ...queued('me', 1), status: 'running' })).toBe(false);
  });
});
