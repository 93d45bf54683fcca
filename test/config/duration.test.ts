import { expect, it } from '@jest/globals';
import { readDuration } from '../../src/config/duration.ts';

it.each([
  ['20s', 20_000],
  ['4h', 14_400_000],
  ['2d', 172_800_000],
  ['1h30m', 5_400_000],
  ['500ms', 500],
  ['0s', 0],
  ['20', undefined],
  ['s', undefined],
  ['-1s', undefined],
  ['1 h', undefined],
  ['1.5h', undefined],
  ['', undefined],
])('reads %j as %p milliseconds', (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});
