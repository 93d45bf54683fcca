import { lockOf, type Barriers } from '../barriers/barriers.ts';
import type { PlannedFreeze } from '../barriers/planned-freeze.ts';
import { unanswered, unaskedOf } from '../barriers/held-at-gate.ts';
import { freezeInForce } from '../barriers/in-force.ts';
import { isForeign } from '../gates/foreign-lock.ts';
import type { GateFacts } from '../gates/gate.ts';
import type { DisabledTransition, Time } from '../observation.ts';
import type { Release } from '../release.ts';

/** What the gates know of an environment's door besides the queue, Beanstalk and the approval. All absent: nothing is in the way. */
export type DoorFacts = Pick<GateFacts, 'role' | 'lock' | 'freeze' | 'unasked' | 'foreign' | 'notYetOn' | 'alarms'>;

/** What was read, or that it could not be. */
export type Read<T> = T | 'unknown';

/** What a lock or a freeze that is over left to be asked about this release. */
export function unaskedFacts(release: Release, barriers: Read<Barriers>, now: Time): Pick<DoorFacts, 'unasked'> {
  const over = barriers === 'unknown' ? undefined : unanswered(release, barriers, now);
  return over && barriers !== 'unknown' ? { unasked: unaskedOf(over, release, barriers, now) } : {};
}

/** The lock and the freeze in force. */
export function barrierFacts(barriers: Read<Barriers>, windows: readonly PlannedFreeze[], now: Time): Pick<DoorFacts, 'lock' | 'freeze'> {
  if (barriers === 'unknown') return { lock: 'unknown', freeze: 'unknown' };
  const lock = lockOf(barriers, now);
  const freeze = freezeInForce(barriers, windows, now);
  return { ...(lock && { lock }), ...(freeze && { freeze }) };
}

/** Whether a lock or a freeze is known to be in force. */
export function isShutBy({ lock, freeze }: Pick<DoorFacts, 'lock' | 'freeze'>): boolean {
  return [lock, freeze].some((one) => one !== undefined && one !== 'unknown');
}

/** Of the disabled transitions on the way those that are not Jack's. One way that cannot be read keeps all closed. */
export function foreignFacts(disabled: readonly Read<readonly DisabledTransition[]>[], known?: ReadonlySet<string>): Pick<DoorFacts, 'foreign'> {
  if (disabled.includes('unknown')) return { foreign: 'unknown' };
  return { foreign: disabled.flatMap((one) => (one === 'unknown' ? [] : one)).filter((one) => isForeign(one, known)) };
}

/** INSUFFICIENT_DATA rings not: it is what CloudWatch says of a metric without traffic. */
export function alarmFacts(names: readonly string[], told: Read<readonly { readonly name: string; readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' }[]>): Pick<DoorFacts, 'alarms'> {
  if (told === 'unknown') return { alarms: { ringing: [], unknown: names } };
  const stateOf = (name: string) => told.find((alarm) => alarm.name === name)?.state;
  return { alarms: { ringing: names.filter((name) => stateOf(name) === 'ALARM'), unknown: names.filter((name) => stateOf(name) === undefined) } };
}
