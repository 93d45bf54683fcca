import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { noBarriers, type Barrier, type Barriers } from '../../src/domain/barriers/barriers.ts';
import { nextChange, occurrencesAt } from '../../src/domain/barriers/calendar.ts';
import { freezeInForce } from '../../src/domain/barriers/in-force.ts';
import type { PlannedFreeze } from '../../src/domain/barriers/planned-freeze.ts';
import { cases } from '../support/cases.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const utc = (text: string): number => Date.parse(`${text}Z`);
const local = (at: number): string => new Date(at).toISOString().slice(0, 16);
const shown = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 16));

function dated(zone: string, from: string, until: string, name = 'dated'): PlannedFreeze {
  return { name, zone, when: { kind: 'dated', from, until } };
}

function weekly(zone: string, [fromDay, fromHour]: readonly [number, number], [untilDay, untilHour]: readonly [number, number], name = 'weekly'): PlannedFreeze {
  return { name, zone, when: { kind: 'weekly', from: { day: fromDay, minute: fromHour * 60 }, until: { day: untilDay, minute: untilHour * 60 } } };
}

const weekend = weekly('Europe/Berlin', [5, 16], [1, 8], 'weekend');

/** The first moment from `now` on at which none of these freezes: windows may follow each other. */
function nextAllowed(windows: readonly PlannedFreeze[], environment: string, now: number): number | undefined {
  const freeze = freezeInForce(noBarriers('shop', environment), windows, now);
  return freeze ? freeze.nextAllowed : now;
}

/** Begin and end of the one occurrence that is in force some time after its begin. */
function spanOf(window: PlannedFreeze, during: number): readonly (string | undefined)[] {
  const [one] = occurrencesAt([window], 'prod', during);
  return [shown(one?.from), shown(one?.until)];
}

describe('a dated freeze', () => {
  it.each([
    ['Europe/Berlin', 'in winter', '2026-01-05T12:00', '2026-01-06T12:00', '2026-01-05T11:00', '2026-01-06T11:00'],
    ['Europe/Berlin', 'over the hour that is left out', '2026-03-28T12:00', '2026-03-29T12:00', '2026-03-28T11:00', '2026-03-29T10:00'],
    ['Europe/Berlin', 'from the hour that is left out', '2026-03-29T02:30', '2026-03-29T12:00', '2026-03-29T01:00', '2026-03-29T10:00'],
    ['Europe/Berlin', 'until the hour that is left out', '2026-03-28T12:00', '2026-03-29T02:30', '2026-03-28T11:00', '2026-03-29T01:30'],
    ['Europe/Berlin', 'within the hour that is left out', '2026-03-29T02:10', '2026-03-29T02:20', '2026-03-29T01:00', '2026-03-29T01:20'],
    ['Europe/Berlin', 'from the hour that comes twice', '2026-10-25T02:30', '2026-10-25T12:00', '2026-10-25T00:30', '2026-10-25T11:00'],
    ['Europe/Berlin', 'until the hour that comes twice', '2026-10-24T12:00', '2026-10-25T02:30', '2026-10-24T10:00', '2026-10-25T01:30'],
    ['America/New_York', 'from the hour that is left out', '2026-03-08T02:30', '2026-03-08T12:00', '2026-03-08T07:00', '2026-03-08T16:00'],
    ['America/New_York', 'until the hour that is left out', '2026-03-07T12:00', '2026-03-08T02:30', '2026-03-07T17:00', '2026-03-08T07:30'],
    ['America/New_York', 'from and until the hour that comes twice', '2026-11-01T01:15', '2026-11-01T01:30', '2026-11-01T05:15', '2026-11-01T06:30'],
    ['Australia/Lord_Howe', 'from the half hour that comes twice', '2026-04-05T01:45', '2026-04-05T12:00', '2026-04-04T14:45', '2026-04-05T01:30'],
    ['Australia/Lord_Howe', 'until the half hour that comes twice', '2026-04-04T12:00', '2026-04-05T01:45', '2026-04-04T01:00', '2026-04-04T15:15'],
    ['Australia/Lord_Howe', 'from the half hour that is left out', '2026-10-04T02:15', '2026-10-04T12:00', '2026-10-03T15:30', '2026-10-04T01:00'],
    ['Australia/Lord_Howe', 'until the half hour that is left out', '2026-10-03T12:00', '2026-10-04T02:15', '2026-10-03T01:30', '2026-10-03T15:45'],
    ['Asia/Kathmandu', 'where clocks never change', '2026-12-24T12:00', '2026-12-25T00:00', '2026-12-24T06:15', '2026-12-24T18:15'],
    ['Pacific/Apia', 'east of the date line', '2026-01-01T00:00', '2026-01-02T00:00', '2025-12-31T11:00', '2026-01-01T11:00'],
  ])('in %s %s', (zone, _what, from, until, begins, ends) => {
    expect(spanOf(dated(zone, from, until), utc(ends) - MINUTE)).toEqual([begins, ends]);
  });

  it('freezes from its first moment to the one before its last', () => {
    const windows = [dated('UTC', '2026-01-05T12:00', '2026-01-05T13:00')];
    const counts = ['11:59', '12:00', '12:59', '13:00'].map((time) => occurrencesAt(windows, 'prod', utc(`2026-01-05T${time}`)).length);
    expect(counts).toEqual([0, 1, 1, 0]);
  });
});

describe('a weekly freeze', () => {
  it.each([
    ['Friday afternoon', '2026-01-09T15:00', ['2026-01-09T15:00', '2026-01-12T07:00']],
    ['the last minute of Monday morning', '2026-01-12T06:59', ['2026-01-09T15:00', '2026-01-12T07:00']],
    ['the weekend in which the clocks go forward: an hour less', '2026-03-29T12:00', ['2026-03-27T15:00', '2026-03-30T06:00']],
    ['the weekend in which they go back: an hour more', '2026-10-25T12:00', ['2026-10-23T14:00', '2026-10-26T07:00']],
  ])('is in force on %s', (_what, at, span) => {
    expect(spanOf(weekend, utc(at))).toEqual(span);
  });

  it.each(['2026-01-09T14:59', '2026-01-12T07:00', '2026-01-14T12:00'])('is not in force at %s', (at) => {
    expect(occurrencesAt([weekend], 'prod', utc(at))).toEqual([]);
  });

  it('may last nearly a week', () => {
    const all = weekly('UTC', [3, 12], [3, 11]);
    expect(spanOf(all, utc('2026-01-07T10:59'))).toEqual(['2025-12-31T12:00', '2026-01-07T11:00']);
    expect(shown(nextAllowed([all], 'prod', utc('2026-01-07T10:59')))).toBe('2026-01-07T11:00');
    expect(occurrencesAt([all], 'prod', utc('2026-01-07T11:30'))).toEqual([]);
  });

  it('is of the environments that it names', () => {
    const at = utc('2026-01-10T12:00');
    expect(occurrencesAt([{ ...weekend, environments: ['prod'] }], 'prod', at)).toHaveLength(1);
    expect(occurrencesAt([{ ...weekend, environments: ['prod'] }], 'dev', at)).toEqual([]);
  });
});

describe('the calendar', () => {
  it('tells the next moment at which anything begins or ends', () => {
    const windows = [weekend, dated('UTC', '2026-01-08T00:00', '2026-01-08T01:00')];
    const moments = ['2026-01-07T00:00', '2026-01-08T00:00', '2026-01-08T01:00', '2026-01-09T15:00', '2026-01-12T07:00'].map((at) => shown(nextChange(windows, 'prod', utc(at))));
    expect(moments).toEqual(['2026-01-08T00:00', '2026-01-08T01:00', '2026-01-09T15:00', '2026-01-12T07:00', '2026-01-16T15:00']);
    expect(nextChange([dated('UTC', '2026-01-08T00:00', '2026-01-08T01:00')], 'prod', utc('2026-02-01T00:00'))).toBeUndefined();
  });

  it('tells the first moment without any freeze, where one follows the other', () => {
    const monday = dated('Europe/Berlin', '2026-01-12T07:00', '2026-01-12T18:00');
    const night = weekly('Europe/Berlin', [1, 18], [2, 6], 'night');
    expect(shown(nextAllowed([weekend, monday, night], 'prod', utc('2026-01-10T12:00')))).toBe('2026-01-13T05:00');
    expect(shown(nextAllowed([weekend], 'prod', utc('2026-01-14T12:00')))).toBe('2026-01-14T12:00');
  });

  it('says that there is none where freezes leave no gap', () => {
    const windows = [weekly('UTC', [1, 0], [4, 0]), weekly('UTC', [4, 0], [1, 0])];
    expect(nextAllowed(windows, 'prod', utc('2026-01-10T12:00'))).toBeUndefined();
  });

  it('agrees with a clock that is read minute by minute, in every zone and around every change', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns', 'Africa/Casablanca', 'UTC'];
    const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2026-06-17'];
    const story = fc.record({ zone: fc.constantFrom(...zones), day: fc.constantFrom(...changes), minute: fc.integer({ min: 0, max: 300 }), length: fc.integer({ min: 1, max: 600 }), probe: fc.integer({ min: -120, max: 900 }) });
    fc.assert(
      fc.property(story, ({ zone, day, minute, length, probe }) => {
        const from = utc(`${day}T00:00`) + minute * MINUTE;
        const expected = byTheClock(zone, local(from), local(from + length * MINUTE));
        const now = expected.from + probe * MINUTE;
        const isIn = expected.from <= now && now < expected.until;
        for (const window of [dated(zone, local(from), local(from + length * MINUTE)), asWeekly(zone, from, from + length * MINUTE)]) {
          expect(occurrencesAt([window], 'prod', now).map(({ from, until }) => ({ from, until }))).toEqual(isIn ? [expected] : []);
          expect(nextAllowed([window], 'prod', now)).toBe(isIn ? expected.until : now);
        }
      }),
      { numRuns: cases(150) },
    );
  });
});

function ofWeek(local: number) {
  return { day: ((new Date(local).getUTCDay() + 6) % 7) + 1, minute: Math.floor((local % DAY) / MINUTE) };
}

function asWeekly(zone: string, from: number, until: number): PlannedFreeze {
  return { name: 'weekly', zone, when: { kind: 'weekly', from: ofWeek(from), until: ofWeek(until) } };
}

/** The oracle knows no arithmetic of zones: it reads a clock of the zone minute by minute. */
function byTheClock(zone: string, from: string, until: string): { readonly from: number; readonly until: number } {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const start = utc(from) - 15 * 60 * MINUTE;
  const minutes = Array.from({ length: 42 * 60 }, (_, index) => start + index * MINUTE).map((at) => ({ at, reads: clock.format(at).replace(' ', 'T') }));
  const begin = minutes.find(({ reads }) => reads >= from);
  const last = minutes.findLast(({ reads }) => reads === until);
  const before = minutes.findLast(({ reads }) => reads < until);
  const late = before && before.at + utc(until) - utc(before.reads);
  return { from: begin?.at ?? 0, until: last?.at ?? late ?? 0 };
}

function barriers(changes: Partial<Barriers> = {}): Barriers {
  return { ...noBarriers('shop', 'prod'), ...changes };
}

describe('the freeze in force', () => {
  const now = utc('2026-01-10T12:00');
  const declared: Barrier = { id: 'b', kind: 'freeze', by: 'U0OLIVE001', since: now - DAY, until: now + 4 * DAY, reason: 'audit', watchers: [], notes: [] };

  it('is that of the window, whether or not its begin has been noted', () => {
    expect(freezeInForce(barriers(), [weekend], now)).toEqual({ by: 'jack.yml', reason: 'weekend', since: utc('2026-01-09T15:00'), until: utc('2026-01-12T07:00'), nextAllowed: utc('2026-01-12T07:00'), keys: [`window:prod:weekend@${utc('2026-01-09T15:00')}`] });
    expect(freezeInForce(barriers(), [], now)).toBeUndefined();
  });

  it('is the one that lasts longest, and names the first moment without any', () => {
    const next = dated('UTC', '2026-01-14T00:00', '2026-01-15T00:00');
    expect(freezeInForce(barriers({ all: [declared] }), [weekend, next], now)).toMatchObject({ by: 'U0OLIVE001', reason: 'audit', nextAllowed: utc('2026-01-15T00:00') });
  });

  it('is over once it was thawed, and only that occurrence', () => {
    const from = utc('2026-01-09T15:00');
    const thawed = barriers({ thawed: [{ window: 'weekend', from, until: utc('2026-01-12T07:00'), by: 'U0OLIVE001', at: now }] });
    expect(freezeInForce(thawed, [weekend], now)).toBeUndefined();
    expect(freezeInForce(thawed, [weekend], now + 7 * DAY)).toMatchObject({ reason: 'weekend' });
    expect(freezeInForce(barriers({ all: [{ ...declared, ended: { at: now - 1, how: 'thawed' } }] }), [], now)).toBeUndefined();
  });
});
