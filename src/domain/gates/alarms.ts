import { passable } from './gate.ts';

/** Nothing comes in while one of the environment's alarms rings, or does not answer; a rollback may be what silences it. Opened by the alarms. */
export const alarmsGate = passable({
  name: 'alarms',
  examine({ environment, purpose, alarms }) {
    if ((environment.alarms ?? []).length === 0) return { gate: 'alarms', open: true, note: 'not-configured' };
    if (purpose === 'rollback') return { gate: 'alarms', open: true, note: 'not-asked-for-rollbacks' };
    const { ringing, unknown } = alarms ?? { ringing: [], unknown: [] };
    if (ringing.length + unknown.length === 0) return { gate: 'alarms', open: true };
    return { gate: 'alarms', open: false, manner: 'waits', because: 'alarms', ringing, unknown };
  },
});
