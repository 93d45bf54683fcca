import { environmentsBefore, hasApprovalBefore, type Pipeline } from '../../domain/app.ts';
import { keyOfAttempt } from '../../domain/attempt.ts';
import { alarmsGate } from '../../domain/gates/alarms.ts';
import { environmentGate } from '../../domain/gates/environment.ts';
import { foreignLockGate } from '../../domain/gates/foreign-lock.ts';
import { freezeGate } from '../../domain/gates/freeze.ts';
import type { Closed, Gate, GateFacts } from '../../domain/gates/gate.ts';
import type { ClosedGate } from '../../domain/gates/index.ts';
import { lockGate } from '../../domain/gates/lock.ts';
import { promotionGate } from '../../domain/gates/promotion.ts';
import { queueGate } from '../../domain/gates/queue.ts';
import { roleGate } from '../../domain/gates/role.ts';
import { entranceOf } from '../../domain/occupancy.ts';
import { withNote, withStatus, type Release, type Waiting } from '../../domain/release.ts';
import { doorOf, doorsOf, gateFacts, type PlanFacts } from './plan-facts.ts';

/** Of an environment that jack.yml does not name any more no gate can be examined: all are closed. */
export const UNLISTED: Waiting = { for: 'gate', gate: 'environment', because: { because: 'unlisted' } };

/**
 * The gates in front of every effect that lets a release into its environment, in their order. Undefined: all open.
 * They are examined again each time, so one that closes later holds the release.
 */
export function waitsAtDoor(release: Release, facts: PlanFacts): Waiting | undefined {
  return waitsAtBarrier(release, facts) ?? waitsInQueue(release, facts) ?? waitsForEnvironment(release, facts) ?? waitsForConditions(release, facts);
}

/**
 * Who asked may still deploy; locks and freezes, and for what no transition stops, those that somebody closed in AWS. In
 * a pipeline AWS itself holds. Of every environment that the same yes lets it into.
 */
export function waitsAtBarrier(release: Release, facts: PlanFacts): Waiting | undefined {
  return waitsAtDoors(release.route.kind === 'version' ? [roleGate, lockGate, foreignLockGate, freezeGate] : [roleGate, lockGate, freezeGate], release, facts);
}

/** Promotion and alarms, of every environment that the same yes lets it into. */
export function waitsForConditions(release: Release, facts: PlanFacts): Waiting | undefined {
  return waitsAtDoors([promotionGate, alarmsGate], release, facts);
}

function waitsAtDoors(gates: readonly Gate[], release: Release, facts: PlanFacts): Waiting | undefined {
  for (const door of doorsOf(release, facts)) {
    const waiting = waitsAt(gates, gateFacts(release, door));
    if (waiting?.for === 'gate') return { ...waiting, environment: doorOf(release, door) };
  }
  return undefined;
}

/**
 * A lock or a freeze that closed after the request keeps an execution from being started; what its holder sends waits
 * in front of the transition. Where no approval stands before the environment, nothing else lets it in: the conditions
 * have to be met before it starts, but for environments that it passes on its way.
 */
export function waitsToStart(release: Release, pipeline: Pipeline | undefined, facts: PlanFacts): Waiting | undefined {
  const gate = gateFacts(release, facts);
  if (!gate) return UNLISTED;
  const { environment } = gate;
  const closed = [roleGate, lockGate, freezeGate].map((one) => one.examine(gate)).find((state): state is ClosedGate => !state.open && (state.manner === 'refuses' || state.because === 'unasked'));
  if (closed) return waitingAt(closed, gate);
  if (!pipeline || hasApprovalBefore(pipeline, environment.beanstalkEnvironment)) return undefined;
  return waitsAt([promotionGate, alarmsGate], { ...gate, onTheWay: environmentsBefore(facts.app, environment, pipeline) });
}

/** Undefined: it is this release's turn. */
export function waitsInQueue(release: Release, facts: PlanFacts): Waiting | undefined {
  return waitsAt([queueGate], gateFacts(release, facts));
}

/** Undefined: Beanstalk is Ready. */
export function waitsForEnvironment(release: Release, facts: PlanFacts): Waiting | undefined {
  return waitsAt([environmentGate], gateFacts(release, facts));
}

function waitsAt(gates: readonly Gate[], facts: GateFacts | undefined): Waiting | undefined {
  if (!facts) return UNLISTED;
  const closed = gates.map((gate) => gate.examine(facts)).find((state): state is ClosedGate => !state.open);
  return closed && waitingAt(closed, facts);
}

/** With where it is held, when that is not its own environment. */
function inPlace(release: Release, what: Extract<Waiting, { for: 'gate' | 'queue' | 'environment' }>): Waiting {
  const { environment = entranceOf(release), ...here } = what;
  return environment === release.environment ? here : { ...here, environment };
}

function waitingAt(state: ClosedGate, { requesters = [] }: GateFacts): Waiting {
  const { gate, open: _closed, manner: _manner, ...because } = state;
  if (because.because === 'occupied') return { for: 'queue', behind: because.by, place: because.place };
  if (gate === 'environment') return { for: 'environment', status: because.because === 'not-ready' ? because.status : 'unknown' };
  return { for: 'gate', gate, because: because.because === 'role' ? { ...because, askers: requesters } : because };
}

/** The same release, waiting for this. What is held at a gate is told once for each thing that closed it. */
export function waitingFor(release: Release, what: Waiting, facts: Pick<PlanFacts, 'now'>): Release {
  const waiting = what.for === 'gate' || what.for === 'queue' || what.for === 'environment' ? inPlace(release, what) : what;
  const held = withStatus(release, 'waiting', facts.now, waiting);
  if (waiting.for !== 'gate') return held;
  if (waiting.because.because === 'unknown' && (waiting.gate !== 'role' || JSON.stringify(release.waiting) !== JSON.stringify(waiting))) return held;
  return withNote(held, keyOfAttempt(['held', waiting.gate, ...(waiting.environment === undefined ? [] : [waiting.environment]), closerOf(waiting.because)].join(':'), held), facts.now, { kind: 'waiting', waiting });
}

function closerOf(closed: Closed): string {
  if (closed.because === 'locked') return closed.barrierId;
  if (closed.because === 'unasked') return `over:${closed.barrierId}`;
  return closed.because === 'frozen' ? String(closed.freeze.since) : closed.because;
}
