import type { ObservedOperation } from '../observation.ts';
import type { Gate } from './gate.ts';

/** Beanstalk takes one operation at a time ("Must be Ready"). Opened by its end. */
export const environmentGate: Gate = {
  name: 'environment',
  examine: ({ seen, operation }) => {
    if (!seen) return { gate: 'environment', open: false, manner: 'waits', because: 'unknown' };
    if (seen.status === 'Ready') return { gate: 'environment', open: true };
    const doing = operation?.outcome === 'running' ? whatItDoes(operation) : undefined;
    return { gate: 'environment', open: false, manner: 'waits', because: 'not-ready', status: seen.status, ...(doing !== undefined && { doing }) };
  },
};

/** A managed platform update begins like any other; a later event tells what it is. */
function whatItDoes({ events }: ObservedOperation): string | undefined {
  return (events.find(({ message }) => /managed (platform )?update/i.test(message)) ?? events[0])?.message;
}
