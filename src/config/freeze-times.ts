import type { PlannedFreeze, WeekMinute } from '../domain/barriers/planned-freeze.ts';
import { nearest } from '../domain/nearest.ts';

/** In the order of the week. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const EVERY = /^(\w+) (\d\d?:\d\d) ?[-–] ?(\w+) (\d\d?:\d\d)$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?$/;

export const EVERY_ALLOWED = 'a day and time to a day and time, such as fri 16:00 - mon 08:00 (days: mon … sun; not the same moment twice)';
export const MOMENT_ALLOWED = 'a date and time such as 2026-12-24 12:00, or a date for its midnight';
export const ZONE_ALLOWED = 'a time zone by its IANA name, such as Europe/Berlin or UTC';

/** `fri 16:00 - mon 08:00`; undefined when it is something else, or would freeze all of the week. */
export function readEvery(text: string): { readonly from: WeekMinute; readonly until: WeekMinute } | undefined {
  const [, fromDay = '', fromTime = '', untilDay = '', untilTime = ''] = EVERY.exec(text.trim().toLowerCase()) ?? [];
  const from = weekMinute(fromDay, fromTime);
  const until = weekMinute(untilDay, untilTime);
  if (!from || !until || (from.day === until.day && from.minute === until.minute)) return undefined;
  return { from, until };
}

function weekMinute(day: string, time: string): WeekMinute | undefined {
  const index = DAYS.findIndex((one) => one === day.slice(0, 3));
  const full = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const minute = minuteOf(time);
  return index === -1 || minute === undefined || (day !== DAYS[index] && day !== full[index]) ? undefined : { day: index + 1, minute };
}

/** '9:05' as the minute of the day; undefined when no clock shows it. */
export function minuteOf(time: string): number | undefined {
  if (!/^\d\d?:\d\d$/.test(time)) return undefined;
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** A local date and time as 'YYYY-MM-DDTHH:MM'; undefined when it is something else, or a day that no calendar has. */
export function readMoment(text: string): string | undefined {
  const [, date, time = '00:00'] = MOMENT.exec(text.trim()) ?? [];
  const local = `${date ?? ''}T${time}`;
  const at = Date.parse(`${local}:00Z`);
  return date === undefined || minuteOf(time) === undefined || Number.isNaN(at) || new Date(at).toISOString().slice(0, 16) !== local ? undefined : local;
}

/** When it freezes, from the checked settings. Undefined: neither or half of it was written. */
export function timesOf({ every, from, until }: { readonly every?: string | undefined; readonly from?: string | undefined; readonly until?: string | undefined }): PlannedFreeze['when'] | undefined {
  const weekly = every === undefined ? undefined : readEvery(every);
  if (weekly) return { kind: 'weekly', ...weekly };
  const [begin, end] = [readMoment(from ?? ''), readMoment(until ?? '')];
  return begin === undefined || end === undefined ? undefined : { kind: 'dated', from: begin, until: end };
}

/** Whether this is a time zone that Node knows. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1);
}

/** The zone that was probably meant: by its whole name, or by its city alone. */
export function nearestZone(asked: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const city = nearest(cityOf(asked).replaceAll(' ', '_'), zones.map(cityOf));
  const whole = nearest(asked, zones);
  return asked.includes('/') ? (whole ?? zones.find((zone) => cityOf(zone) === city)) : (zones.find((zone) => cityOf(zone) === city) ?? whole);
}
