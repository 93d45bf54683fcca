import type { Time } from '../observation.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Making one costs more than using it a thousand times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What the clocks of a zone show, as if it were UTC: arithmetic on it is plain, and a difference in days is one in
 * dates. By the tz data that Node brings.
 */
export function localOf(at: Time, zone: string): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) shown[type] = Number(value);
  return Date.UTC(shown.year ?? 0, (shown.month ?? 1) - 1, shown.day ?? 1, shown.hour ?? 0, shown.minute ?? 0, shown.second ?? 0);
}

/** The first moment at which the clocks show this local time or a later one. In an hour that is left out: when it is left out. */
export function beginsAt(local: number, zone: string): Time {
  const moments = momentsOf(local, zone);
  return moments.length > 0 ? Math.min(...moments) : gapBefore(local, zone);
}

/** The last moment at which the clocks show this local time; in an hour that is left out, as much later as it lies in that hour. */
export function endsAt(local: number, zone: string): Time {
  const moments = momentsOf(local, zone);
  return moments.length > 0 ? Math.max(...moments) : local - offsetBefore(local, zone);
}

/** None in an hour that is left out, two in one that comes twice. */
function momentsOf(local: number, zone: string): readonly Time[] {
  return [local - offsetBefore(local, zone), local - offsetAfter(local, zone)].filter((at) => localOf(at, zone) === local);
}

/** A day to either side lies beyond a change, and the next one is weeks away. */
function offsetBefore(local: number, zone: string): number {
  return offsetAt(local - DAY, zone);
}

function offsetAfter(local: number, zone: string): number {
  return offsetAt(local + DAY, zone);
}

function offsetAt(at: Time, zone: string): number {
  return localOf(at, zone) - at;
}

/** The moment of the change, found by halving: until then the clocks show less. */
function gapBefore(local: number, zone: string): Time {
  let [before, from] = [local - offsetAfter(local, zone), local - offsetBefore(local, zone)];
  while (from - before > 1000) {
    const middle = before + Math.floor((from - before) / 2000) * 1000;
    if (localOf(middle, zone) < local) before = middle;
    else from = middle;
  }
  return from;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numbers = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone: zone, hourCycle: 'h23', ...numbers });
  formats.set(zone, format);
  return format;
}
