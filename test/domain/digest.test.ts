import { describe, expect, it } from '@jest/globals';
import { nextCut, type AuditMark, type DigestCut } from '../../src/domain/digest/cut.ts';
import { digestTimes, USUAL_DIGEST, type DigestTime } from '../../src/domain/digest/weekly.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const shown = (time: DigestTime, now: string) => {
  const { last, next } = digestTimes(time, utc(now));
  return [last, next].map(({ at, date }) => `${new Date(at).toISOString().slice(0, 16)} ${date}`);
};
const sunday = (hour: number, minute: number): DigestTime => ({ day: 7, minute: hour * 60 + minute, zone: 'Europe/Berlin' });

const mark = (at: number, seq: number): AuditMark => ({ at, seq, hash: String(seq) });
const due = (at: number) => ({ at, date: `day ${at}` });

describe('the times of a digest', () => {
  it.each<readonly [string, DigestTime, string, readonly [string, string]]>([
    ['at the very moment', USUAL_DIGEST, '2026-01-05T09:00:00', ['2026-01-05T09:00 2026-01-05', '2026-01-12T09:00 2026-01-12']],
    ['just before it', USUAL_DIGEST, '2026-01-05T08:59:59.999', ['2025-12-29T09:00 2025-12-29', '2026-01-05T09:00 2026-01-05']],
    ['late on Sunday', USUAL_DIGEST, '2026-01-11T23:59:59', ['2026-01-05T09:00 2026-01-05', '2026-01-12T09:00 2026-01-12']],
    ['in a zone whose day has begun already', { day: 1, minute: 30, zone: 'Pacific/Auckland' }, '2026-01-04T12:00:00', ['2026-01-04T11:30 2026-01-05', '2026-01-11T11:30 2026-01-12']],
    ['when the hour is left out', sunday(2, 30), '2026-03-29T12:00:00', ['2026-03-29T01:00 2026-03-29', '2026-04-05T00:30 2026-04-05']],
    ['when the hour comes twice', sunday(2, 30), '2026-10-25T01:30:00', ['2026-10-25T00:30 2026-10-25', '2026-11-01T01:30 2026-11-01']],
    ['between the two', sunday(2, 30), '2026-10-25T00:45:00', ['2026-10-25T00:30 2026-10-25', '2026-11-01T01:30 2026-11-01']],
  ])('%s are the last and the next', (_when, time, now, times) => {
    expect(shown(time, now)).toEqual(times);
  });
});

describe('what a digest tells of', () => {
  const first = nextCut(undefined, false, due(5), mark(10, 3));
  const second = nextCut(first, false, due(12), mark(13, 7));

  it('begins when Jack first sees the app, with none that was due before', () => {
    expect(first).toEqual({ due: 10, from: mark(10, 3), to: mark(10, 3) });
    expect(nextCut(first, false, due(5), mark(11, 4))).toBe(first);
  });

  it('goes on where the last one ended', () => {
    expect(second).toEqual({ due: 12, week: 'day 12', from: mark(10, 3), to: mark(13, 7) });
    expect(nextCut(second, true, due(20), mark(20, 9))).toMatchObject({ week: 'day 20', from: mark(13, 7), to: mark(20, 9) });
  });

  it('is that of the last one too when that was never posted', () => {
    expect(nextCut(second, false, due(40), mark(41, 9))).toMatchObject({ week: 'day 40', from: mark(10, 3), to: mark(41, 9) });
  });

  it.each<readonly [string, { at: number; date: string }]>([
    ['at a later hour of the same day', { at: 13, date: 'day 12' }],
    ['at an earlier time', due(11)],
  ])('stays as it is when it would now be due %s', (_when, last) => {
    const known: DigestCut = second;
    expect(nextCut(known, true, last, mark(14, 8))).toBe(known);
  });
});
