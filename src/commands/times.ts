import { LONGEST_LOCK_MS } from '../domain/barriers/barriers.ts';
import { beginsAt, localOf } from '../domain/barriers/local-time.ts';
import type { Time } from '../domain/observation.ts';
import { no, yes, type Answer } from '../domain/refusal.ts';

/** What a time may look like, for who typed another one. */
const FORMS = 'a length such as `for 2h` or `for 3d`, a clock such as `until 18:00` or `until monday 08:00`, or a date such as `until 2026-12-27 08:00`; if it belongs to the reason, put the reason in quotes';
export const TO_COME = 'a time that is still to come';
const LONGEST = 'at most 30 days, for AWS lets nothing go on after that';

/** Until when, as somebody typed it, and the words without it. */
export interface Timed {
  readonly words: readonly string[];
  /** Absent: they did not say. */
  readonly until?: Time;
  /** It was a time of a clock, read in this zone. */
  readonly zone?: string;
}

export interface Moment {
  readonly now: Time;
  /** IANA name of the person's time zone. */
  readonly zone: string;
}

/**
 * Reads `for 2h`, `until 18:00` or `until 2026-12-27 08:00` at the end of the words, else at their beginning. Words in
 * quotes are a reason, and so is what does not look like a time (`for the sale`, `until all is well`); what looks like
 * one and is none is refused.
 */
export function readTime(words: readonly string[], moment: Moment): Answer<Timed> {
  const quoted = inQuotes(words);
  const at = words.findLastIndex((word, index) => isTimeWord(word) && !quoted.slice(index).includes(true));
  const [word = '', ...rest] = at < 0 ? [] : words.slice(at);
  if (at >= 0 && endOf(word, rest, moment) !== undefined) return timed(words.slice(0, at), [word, ...rest], moment);
  const [first = '', ...behind] = words;
  const count = isTimeWord(first) ? MOST_WORDS.find((most) => most <= behind.length && endOf(first, behind.slice(0, most), moment) !== undefined) : undefined;
  if (count !== undefined) return timed(behind.slice(count), words.slice(0, count + 1), moment);
  return at >= 0 && meansTime(word, rest) ? no({ kind: 'bad-time', words: [word, ...rest].join(' '), allowed: FORMS }) : yes({ words });
}

/** A date with its clock, or a length with its unit. */
const MOST_WORDS: readonly number[] = [2, 1];

export function isTimeWord(word: string): boolean {
  return /^(for|until|till)$/i.test(word);
}

/** Whether each word stands, or begins or ends, within double quotes. */
function inQuotes(words: readonly string[]): readonly boolean[] {
  let open = false;
  return words.map((word) => {
    const marks = word.split('"').length - 1;
    const within = open || marks > 0;
    if (marks % 2 === 1) open = !open;
    return within;
  });
}

/** `for 2 customers` and `until QA is done` are reasons. */
function meansTime(word: string, rest: readonly string[]): boolean {
  const text = rest.join(' ');
  if (/^for$/i.test(word)) return /^\d+([.,]\d+)?\S*$/.test(text) || LENGTH.test(text);
  return rest.length === 1 || /^\d/.test(text) || DAY.test(text);
}

function timed(words: readonly string[], time: readonly string[], moment: Moment): Answer<Timed> {
  const [word = '', ...rest] = time;
  const typed = time.join(' ');
  const until = endOf(word, rest, moment);
  if (until === undefined) return no({ kind: 'bad-time', words: typed, allowed: FORMS });
  if (until <= moment.now) return no({ kind: 'bad-time', words: typed, allowed: TO_COME });
  if (until > moment.now + LONGEST_LOCK_MS) return no({ kind: 'bad-time', words: typed, allowed: LONGEST });
  return yes({ words, until, ...(!/^for$/i.test(word) && { zone: moment.zone }) });
}

const DAY_MS = 86_400_000;
const LENGTH = /^\d+ ?(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)$/i;
const PART = /(\d+) ?(s|m|h|d|w)[a-z]*/gi;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };
const WEEKDAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY = /^(today|tomorrow|sun(day)?|mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?)( \d{1,2}[:.]\d{2})?$/i;

/** The moment that the words name; undefined when they name none. */
function endOf(word: string, rest: readonly string[], moment: Moment): Time | undefined {
  const text = rest.join(' ').toLowerCase();
  return /^for$/i.test(word) ? afterLength(text, moment.now) : onClock(text, moment);
}

function afterLength(text: string, now: Time): Time | undefined {
  if (!LENGTH.test(text) && !/^(\d+[mhdw])+$/.test(text)) return undefined;
  let length = 0;
  for (const [, count, unit = ''] of text.matchAll(PART)) length += Number(count) * (UNIT_MS[unit.toLowerCase()] ?? 0);
  return length === 0 ? undefined : now + length;
}

/** `18:00` is the next time that the clock shows it, today or tomorrow; a day without a clock begins at midnight. */
function onClock(text: string, { now, zone }: Moment): Time | undefined {
  const clock = /^(\d{1,2})[:.](\d{2})$/.exec(text);
  if (clock) return nextClock(clock[0], now, zone);
  const date = /^(\d{4}-\d{2}-\d{2})(?:[ t](\d{1,2}[:.]\d{2}))?$/.exec(text);
  if (date) return at(date[1] ?? '', date[2], zone);
  const [day = '', time] = DAY.test(text) ? text.split(' ') : [];
  return day === '' ? undefined : at(dayAfter(daysTo(day, now, zone), now, zone), time, zone);
}

function nextClock(clock: string, now: Time, zone: string): Time | undefined {
  const today = at(dayAfter(0, now, zone), clock, zone);
  return today === undefined || today > now ? today : at(dayAfter(1, now, zone), clock, zone);
}

/** The moment at which the zone's clocks show this; undefined when no clock ever does (`25:00`, February 30). */
function at(date: string, clock: string | undefined, zone: string): Time | undefined {
  const written = `${date}T${(clock ?? '00:00').replace('.', ':').padStart(5, '0')}`;
  const local = Date.parse(`${written}Z`);
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 16) !== written) return undefined;
  return beginsAt(local, zone);
}

/** A local date, so many days from today. */
function dayAfter(days: number, now: Time, zone: string): string {
  return new Date(localOf(now, zone) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A weekday is the next one, a week ahead if it is today. */
function daysTo(day: string, now: Time, zone: string): number {
  if (day === 'today' || day === 'tomorrow') return day === 'today' ? 0 : 1;
  const today = new Date(`${dayAfter(0, now, zone)}T00:00Z`).getUTCDay();
  return ((WEEKDAYS.indexOf(day.slice(0, 3)) - today + 6) % 7) + 1;
}
