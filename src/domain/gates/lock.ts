import { passable, type GateFacts, type GateState } from './gate.ts';

/**
 * One person holds the environment. They pass with a version and with a rollback; what they send through the pipeline
 * waits in front of the transition until they unlock. Opened by the holder, by an owner who steals it, or by its time;
 * for a release that it held, then by a word on that release.
 */
export const lockGate = passable({
  name: 'lock',
  examine(facts): GateState {
    const { lock } = facts;
    if (lock === undefined) return unasked(facts) ?? { gate: 'lock', open: true };
    if (lock === 'unknown') return { gate: 'lock', open: false, manner: 'refuses', because: 'unknown' };
    const isTheirs = holds(facts, lock.by);
    if (isTheirs && (facts.route === 'version' || facts.purpose === 'rollback')) return unasked(facts) ?? { gate: 'lock', open: true, note: 'yours' };
    const { id, by, since, until, reason } = lock;
    return { gate: 'lock', open: false, manner: isTheirs ? 'waits' : 'refuses', because: 'locked', by, barrierId: id, since, until, reason };
  },
});

function unasked({ unasked: left }: GateFacts): GateState | undefined {
  return left?.barrier === 'lock' ? { gate: 'lock', open: false, manner: 'waits', ...left } : undefined;
}

function holds({ requesters }: GateFacts, holder: string): boolean {
  return (requesters ?? []).includes(holder);
}
