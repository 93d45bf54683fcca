import type { Gate } from './gate.ts';

/** Contributors and owners deploy; viewers look. Who asked has still to be one when the release goes in. Opened by an owner who adds the person to `people` in jack.yml. */
export const roleGate: Gate = {
  name: 'role',
  examine: ({ role }) => {
    if (role === undefined) return { gate: 'role', open: true, note: 'nobody-typed-it' };
    if (role === 'unknown') return { gate: 'role', open: false, manner: 'refuses', because: 'unknown' };
    if (role !== 'viewer') return { gate: 'role', open: true };
    return { gate: 'role', open: false, manner: 'refuses', because: 'role', role };
  },
};
