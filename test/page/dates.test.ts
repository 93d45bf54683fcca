import { describe, expect, it } from '@jest/globals';
import { formatSlackDate, sayAge } from '../../sandbox/web/page/text/dates.ts';

const now = Date.UTC(2026, 10, 22, 14, 0);
const berlin = { now, timeZone: 'Europe/Berlin', locale: 'en-GB' };

describe("Slack's dates", () => {
  it('are in the zone of the reader', () => {
    const at = Date.UTC(2026, 10, 22, 12, 2) / 1000;
    expect(formatSlackDate(at, '{date_short_pretty} at {time}', berlin)).toBe('today at 13:02');
    expect(formatSlackDate(at, '{time}', { now, timeZone: 'America/Los_Angeles' })).toBe('4:02 AM');
  });

  it('say yesterday by the calendar of the reader, not by 24 hours', () => {
    const at = Date.UTC(2026, 10, 21, 16, 30) / 1000;
    expect(formatSlackDate(at, '{date_pretty}', berlin)).toBe('yesterday');
    expect(formatSlackDate(at, '{date_pretty}', { now, timeZone: 'Asia/Seoul', locale: 'en-GB' })).toBe('today');
  });

  it('are written out when they are far', () => {
    expect(formatSlackDate(Date.UTC(2026, 0, 5, 9) / 1000, '{date_short_pretty}, {date_num}', berlin)).toBe('5 Jan 2026, 2026-01-05');
  });

  it('leave tokens that nobody knows as they stand', () => {
    expect(formatSlackDate(now / 1000, '{weather}', berlin)).toBe('{weather}');
  });

  it.each([
    [20_000, 'just now'],
    [60_000, '1 minute ago'],
    [3_600_000 * 5, '5 hours ago'],
    [86_400_000 * 3, '3 days ago'],
    [-7_200_000, 'in 2 hours'],
  ])('say that %d ms is %s', (ms, words) => {
    expect(sayAge(ms)).toBe(words);
  });
});
