import { mondayOf } from '../barriers/calendar.ts';
import { beginsAt, localOf } from '../barriers/local-time.ts';
import type { WeekMinute } from '../barriers/planned-freeze.ts';
import type { Time } from '../observation.ts';

/** When an app's digest comes, each week: a local day and minute of a zone (IANA name). */
export interface DigestTime extends WeekMinute {
  readonly zone: string;
}

/** Monday at nine. */
export const USUAL_DIGEST: DigestTime = { day: 1, minute: 9 * 60, zone: 'UTC' };

/** One time at which a digest is due, and the local date by which it is known: 'YYYY-MM-DD'. */
export interface DigestDue {
  readonly at: Time;
  readonly date: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;

/** The last time until `now` at which a digest was due, and the first one after it. Where an hour comes twice it is the first, where it is left out the moment at which it is. */
export function digestTimes(time: DigestTime, now: Time): { readonly last: DigestDue; readonly next: DigestDue } {
  const local = mondayOf(localOf(now, time.zone)) + (time.day - 1) * DAY + time.minute * MINUTE;
  const [before, own, after] = [dueAt(local - WEEK, time.zone), dueAt(local, time.zone), dueAt(local + WEEK, time.zone)];
  return own.at <= now ? { last: own, next: after } : { last: before, next: own };
}

function dueAt(local: number, zone: string): DigestDue {
  return { at: beginsAt(local, zone), date: new Date(local).toISOString().slice(0, 10) };
}
