import type { Time } from '../observation.ts';
import type { Barriers } from './barriers.ts';
import type { PlannedFreeze, Occurrence, WeekMinute } from './planned-freeze.ts';
import { beginsAt, endsAt, localOf } from './local-time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4 * DAY;

/** Occurrences of the environment's windows that are in force at `now`, the one that lasts longest first. */
export function occurrencesAt(windows: readonly PlannedFreeze[], environment: string, now: Time): readonly Occurrence[] {
  return near(windows, environment, now)
    .filter(({ from, until }) => from <= now && now < until)
    .sort((a, b) => b.until - a.until || a.from - b.from);
}

/** The next moment after `now` at which a window begins or ends; undefined: none does any more. */
export function nextChange(windows: readonly PlannedFreeze[], environment: string, now: Time): Time | undefined {
  const moments = near(windows, environment, now).flatMap(({ from, until }) => [from, until]).filter((at) => at > now);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Those that nobody thawed. An occurrence is known by its window's name and its begin. */
export function withoutThawed(occurrences: readonly Occurrence[], thawed: Barriers['thawed']): readonly Occurrence[] {
  return occurrences.filter((one) => !thawed.some(({ window, from }) => window === one.window && from === one.from));
}

/** Every occurrence that may be in force now or comes next: weekly ones of two weeks to either side, dated ones whenever they are. */
function near(windows: readonly PlannedFreeze[], environment: string, now: Time): readonly Occurrence[] {
  return windows.filter(({ environments }) => environments === undefined || environments.includes(environment)).flatMap((window) => occurrencesOf(window, now));
}

function occurrencesOf(window: PlannedFreeze, now: Time): readonly Occurrence[] {
  const { name, zone, when } = window;
  if (when.kind === 'dated') return [occurrence(name, zone, localTime(when.from), localTime(when.until))];
  const monday = mondayOf(localOf(now, zone));
  const begin = minuteOfWeek(when.from);
  const length = minuteOfWeek(when.until) - begin;
  const lasts = length > 0 ? length : length + WEEK;
  return [-2, -1, 0, 1, 2].map((week) => {
    const from = monday + week * WEEK + begin;
    return occurrence(name, zone, from, from + lasts);
  });
}

/** Where the clocks change, a freeze is rather too long than too short. */
function occurrence(window: string, zone: string, from: number, until: number): Occurrence {
  return { window, from: beginsAt(from, zone), until: endsAt(until, zone) };
}

function localTime(written: string): number {
  return Date.parse(`${written}:00Z`);
}

/** Midnight of the week's Monday, local times in and out. */
export function mondayOf(local: number): number {
  return local - ((((local - FIRST_MONDAY) % WEEK) + WEEK) % WEEK);
}

function minuteOfWeek({ day, minute }: WeekMinute): number {
  return (day - 1) * DAY + minute * MINUTE;
}
