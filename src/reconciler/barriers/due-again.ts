import type { App, Environment } from '../../domain/app.ts';
import { isInForce, type Barrier, type Barriers } from '../../domain/barriers/barriers.ts';
import { nextChange } from '../../domain/barriers/calendar.ts';
import type { Time } from '../../domain/observation.ts';
import type { Rhythm } from '../rhythm.ts';

interface DueFacts {
  readonly app: App;
  readonly environment: Environment;
  readonly now: Time;
  readonly rhythm: Rhythm;
  readonly nagMs: number;
  /** A change was decided on and has not been made. */
  readonly pending: boolean;
}

/**
 * Fast while a hold waits to be opened, slow while a barrier is in force (so that a transition opened in the console is seen),
 * and not later than the next reminder, end or window.
 */
export function barriersDueAt(barriers: Barriers, facts: DueFacts): Time | undefined {
  const { now, rhythm } = facts;
  const inForce = barriers.all.filter((one) => isInForce(one, now));
  const moves = facts.pending || barriers.holds.some(({ state }) => state === 'ajar' || (inForce.length === 0 && state !== 'stuck'));
  const times = [
    ...(moves ? [now + rhythm.fastMs] : []),
    ...(inForce.length > 0 || barriers.holds.length > 0 || barriers.kept ? [now + rhythm.slowMs] : []),
    ...inForce.map(({ until }) => until),
    ...inForce.filter(({ kind }) => kind === 'lock').map((lock) => nextReminder(lock, facts)),
    ...windowsOf(facts),
  ];
  return times.length === 0 ? undefined : Math.min(...times);
}

function nextReminder({ since }: Barrier, { now, nagMs }: DueFacts): Time {
  return since + (Math.floor((now - since) / nagMs) + 1) * nagMs;
}

function windowsOf({ app, environment, now }: DueFacts): readonly Time[] {
  const next = app.freezes === undefined || app.freezes.length === 0 ? undefined : nextChange(app.freezes, environment.name, now);
  return next === undefined ? [] : [next];
}
