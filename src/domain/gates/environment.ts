import type { Gate } from './gate.ts';

/** Beanstalk takes one operation at a time ("Must be Ready"). */
export const environmentGate: Gate = {
  name: 'environment',
  examine: ({ seen, operation }) => {
    if (!seen) return { gate: 'environment', open: false, manner: 'waits', because: 'unknown' };
    if (seen.status === 'Ready') return { gate: 'environment', open: true };
    const doing = operation?.outcome === 'running' ? operation.events[0]?.message : undefined;
    return { gate: 'environment', open: false, manner: 'waits', because: 'not-ready', status: seen.status, ...(doing !== undefined && { doing }) };
  },
};
