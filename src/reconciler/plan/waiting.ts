import { environmentGate } from '../../domain/gates/environment.ts';
import { queueGate } from '../../domain/gates/queue.ts';
import { withStatus, type Release, type Waiting } from '../../domain/release.ts';
import { gateFacts, type PlanFacts } from './plan-facts.ts';

/**
 * The gates in front of every effect that lets a release into its environment: the queue, then Beanstalk's Ready.
 * Undefined: both open. They are examined again each time, so one that closes later holds the release.
 */
export function waitsAtDoor(release: Release, facts: PlanFacts): Waiting | undefined {
  return waitsInQueue(release, facts) ?? waitsForEnvironment(release, facts);
}

/** Undefined: it is this release's turn. */
export function waitsInQueue(release: Release, facts: PlanFacts): Waiting | undefined {
  const gate = gateFacts(release, facts);
  const queue = gate && queueGate.examine(gate);
  return queue?.open === false && queue.because === 'occupied' ? { for: 'queue', behind: queue.by, place: queue.place } : undefined;
}

/** Undefined: Beanstalk is Ready. */
export function waitsForEnvironment(release: Release, facts: PlanFacts): Waiting | undefined {
  const gate = gateFacts(release, facts);
  const ready = gate && environmentGate.examine(gate);
  if (ready?.open !== false) return undefined;
  return { for: 'environment', status: ready.because === 'not-ready' ? ready.status : 'unknown' };
}

/** The same release, waiting for this. */
export function waitingFor(release: Release, waiting: Waiting, facts: Pick<PlanFacts, 'now'>): Release {
  return withStatus(release, 'waiting', facts.now, waiting);
}
