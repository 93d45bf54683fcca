import type { Gate } from './gate.ts';

/** One release at a time works on an environment. A rollback does not wait for what it is there to undo. */
export const queueGate: Gate = {
  name: 'queue',
  examine: ({ ahead, purpose }) => {
    const before = purpose === 'rollback' ? ahead.filter((release) => release.purpose === 'rollback') : ahead;
    const first = before[0];
    if (!first) return { gate: 'queue', open: true };
    return { gate: 'queue', open: false, manner: 'waits', because: 'occupied', by: first.number, place: before.length };
  },
};
