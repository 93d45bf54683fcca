import { describe, expect, it } from '@jest/globals';
import { readTime } from '../../src/commands/times.ts';

/** Monday, nine o'clock in Berlin. */
const NOW = Date.UTC(2026, 0, 5, 8, 0);
const BERLIN = { now: NOW, zone: 'Europe/Berlin' };
const words = (text: string): readonly string[] => text.split(' ');
const trailing = (text: string, moment = BERLIN) => readTime(words(text), moment);
const until = (text: string, moment = BERLIN): string | undefined => {
  const read = trailing(text, moment);
  return read.ok && read.value.until !== undefined ? new Date(read.value.until).toISOString().slice(0, 16) : undefined;
};

describe('a time at the end of the words', () => {
  it.each([
    ['for 2h', '2026-01-05T10:00'],
    ['for 90m', '2026-01-05T09:30'],
    ['for 1h30m', '2026-01-05T09:30'],
    ['for 2 hours', '2026-01-05T10:00'],
    ['for 3 days', '2026-01-08T08:00'],
    ['for 30d', '2026-02-04T08:00'],
    ['FOR 2H', '2026-01-05T10:00'],
    ['until 18:00', '2026-01-05T17:00'],
    ['until 18.30', '2026-01-05T17:30'],
    ['until 8:00', '2026-01-06T07:00'],
    ['until tomorrow', '2026-01-05T23:00'],
    ['until tomorrow 08:00', '2026-01-06T07:00'],
    ['until monday 08:00', '2026-01-12T07:00'],
    ['until Friday', '2026-01-08T23:00'],
    ['until fri 16:00', '2026-01-09T15:00'],
    ['until 2026-01-27', '2026-01-26T23:00'],
    ['until 2026-01-27 08:00', '2026-01-27T07:00'],
    ['until 2026-01-27T08:00', '2026-01-27T07:00'],
  ])('such as “%s” is understood', (text, end) => {
    expect(until(`prod migration ${text}`)).toBe(end);
    expect(trailing(`prod migration ${text}`)).toMatchObject({ ok: true, value: { words: ['prod', 'migration'] } });
  });

  it('is a clock of the person’s own zone, in summer and in winter', () => {
    const may = { now: Date.UTC(2026, 4, 4, 8), zone: 'America/New_York' };
    expect(until('x until 18:00', may)).toBe('2026-05-04T22:00');
    expect(until('x until 18:00', { now: NOW, zone: 'America/New_York' })).toBe('2026-01-05T23:00');
    expect(until('x until 2026-03-29 03:00', { now: Date.UTC(2026, 2, 20), zone: 'Europe/Berlin' })).toBe('2026-03-29T01:00');
  });

  it('that the spring leaves out is when it is left out', () => {
    expect(until('x until 2026-03-29 02:30', { now: Date.UTC(2026, 2, 20), zone: 'Europe/Berlin' })).toBe('2026-03-29T01:00');
  });

  it.each([
    ['until 25:00', 'a length such as'],
    ['until 2026-02-31', 'a length such as'],
    ['until noonish', 'a length such as'],
    ['until 2026-13-01 08:00', 'a length such as'],
    ['for 2x', 'a length such as'],
    ['for 0h', 'a length such as'],
    ['until 2026-01-04', 'still to come'],
    ['until 2026-01-05 08:59', 'still to come'],
    ['for 31d', 'at most 30 days'],
    ['for 99999999999999999999h', 'at most 30 days'],
    ['until 2027-01-01', 'at most 30 days'],
    ['until 18:00 please', 'a length such as'],
  ])('such as “%s” is refused with what is allowed', (text, allowed) => {
    expect(trailing(`prod migration ${text}`)).toMatchObject({ ok: false, refusal: { kind: 'bad-time', words: text, allowed: expect.stringContaining(allowed) } });
  });

  it.each(['prod for the sale', 'prod broken for 2 customers', 'prod until QA is done', 'prod until all is well', 'prod "the sale for 2h"', 'prod "until 18:00"', 'prod', ''])('is not found in “%s”', (text) => {
    expect(trailing(text)).toEqual({ ok: true, value: { words: words(text) } });
  });

  it('stands behind a reason in quotes', () => {
    expect(until('prod "until 18:00 or so" for 2h')).toBe('2026-01-05T10:00');
  });
});

describe('a time at the front of the words', () => {
  it.each([
    ['until 18:00 the sale', ['the', 'sale'], '2026-01-05T17:00'],
    ['for 2h the sale', ['the', 'sale'], '2026-01-05T10:00'],
    ['for 2 hours sale', ['sale'], '2026-01-05T10:00'],
    ['until 2026-01-27 08:00 Christmas', ['Christmas'], '2026-01-27T07:00'],
    ['until 2026-01-27 Christmas party', ['Christmas', 'party'], '2026-01-26T23:00'],
  ])('such as “%s” leaves the reason', (text, rest, end) => {
    const read = readTime(words(text), BERLIN);
    expect(read).toMatchObject({ ok: true, value: { words: rest } });
    expect(read.ok && new Date(read.value.until ?? 0).toISOString().slice(0, 16)).toBe(end);
  });

  it.each(['for the sale', '"for 2h" sale', 'the sale'])('is not found in “%s”', (text) => {
    expect(readTime(words(text), BERLIN)).toEqual({ ok: true, value: { words: words(text) } });
  });

  it('that is none is refused', () => {
    expect(readTime(words('until 25:00 sale'), BERLIN)).toMatchObject({ ok: false, refusal: { kind: 'bad-time', words: 'until 25:00 sale' } });
    expect(readTime(words('until 2026-01-04 sale'), BERLIN)).toMatchObject({ ok: false, refusal: { kind: 'bad-time' } });
  });
});
