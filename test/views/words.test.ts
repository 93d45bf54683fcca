import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { clip, clipMarkup, clock, counted, dateAndClock, duration, link, listed, mention, nameInArn, plain, quoted, revisionWords } from '../../src/views/words.ts';
import { commit, T0 } from '../support/world/builders.ts';
import { hostile } from '../support/world/hostile.ts';

describe('words', () => {
  it('of others are one line without markup, whatever they are', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 300 }), (text, max) => {
        const shown = plain(text, max);
        expect(shown).not.toMatch(/[<>\n]|&(?!(amp|lt|gt);)/);
        expect(Array.from(shown.replaceAll(/&(amp|lt|gt);/g, 'x')).length).toBeLessThanOrEqual(max);
      }),
      { numRuns: 500 },
    );
  });

  it('in a block of code stay inside of it, however long they are, and fit', () => {
    fc.assert(
      fc.property(fc.array(hostile), (lines) => {
        const shown = quoted(lines);
        expect(shown).toMatch(/^```[\s\S]*```$/);
        expect(shown.slice(3, -3)).not.toMatch(/```|[<>]|&(?!(amp|lt|gt);)/);
        expect(Array.from(shown).length).toBeLessThanOrEqual(3000);
      }),
      { numRuns: 500 },
    );
  });

  it('in a block of code keep their end, which is what matters', () => {
    expect(quoted(['x'.repeat(5000), 'npm ERR! 1'])).toMatch(/^```….*\nnpm ERR! 1```$/s);
    expect(quoted(['a', 'b'])).toBe('```a\nb```');
  });

  it('with markup are never cut inside of a mention, a date or an escaped character', () => {
    expect(clipMarkup('wait for <@U0ADA00001> and more', 14)).toBe('wait for …');
    expect(clipMarkup('a &lt; b', 6)).toBe('a …');
    expect(clipMarkup('<@U0ADA00001> and', 15)).toBe('<@U0ADA00001> …');
    expect(clipMarkup('short', 5)).toBe('short');
  });

  it('are cut by code points', () => {
    expect(clip('🚀🚀🚀', 3)).toBe('🚀🚀🚀');
    expect(clip('🚀🚀🚀🚀', 3)).toBe('🚀🚀…');
  });

  it('hide no controls that turn or cover what follows, and keep what letters and emoji need', () => {
    const tricky = 'a\u202Eb\u2066c\u2069\u200B\u200F\uFEFFd\u0007\u001B';
    expect(plain(tricky)).toBe('abcd');
    expect(quoted([`${tricky}\te`, 'f'])).toBe('```abcd\te\nf```');
    expect(plain('👩‍💻 می‌خواهم é')).toBe('👩‍💻 می‌خواهم é');
  });

  it('of a link cannot leave it', () => {
    expect(link('https://example.com/a|b>c<d', '<b>')).toBe('<https://example.com/a%7Cb%3Ec%3Cd|&lt;b&gt;>');
  });

  it.each([
    ['U0ADA00001', '<@U0ADA00001>'],
    ['W0ADA00001', '<@W0ADA00001>'],
    ['S0LEADS001', '<!subteam^S0LEADS001>'],
  ])('for %s mention', (who, shown) => {
    expect(mention(who)).toBe(shown);
  });

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('in a list: %j', (words, shown) => {
    expect(listed(words)).toBe(shown);
  });

  it.each([
    [-5, '0 s'],
    [400, '0 s'],
    [59_600, '1 min'],
    [8_000, '8 s'],
    [200_000, '3 min 20 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
  ])('for %d ms', (ms, shown) => {
    expect(duration(ms)).toBe(shown);
  });

  it('of time are each reader’s own, with a fallback', () => {
    expect(clock(T0)).toBe('<!date^1767603600^{time}|09:00 UTC>');
    expect(dateAndClock(T0)).toBe('<!date^1767603600^{date_short_pretty} {time}|2026-01-05 09:00 UTC>');
  });

  it.each([
    [{}, 'the newest revision'],
    [{ label: 'v1' }, 'unknown revision (label `v1`)'],
    [{ id: commit('a') }, '`aaaaaaa`'],
    [{ id: commit('a'), summary: 'Fix\n\nit <b>' }, '`aaaaaaa` Fix'],
  ])('for a revision: %j', (revision, shown) => {
    expect(revisionWords(revision)).toBe(shown);
  });

  it('count, and name who stands in an ARN', () => {
    expect([counted(1, 'commit'), counted(2, 'commit'), nameInArn('arn:aws:iam::1:user/olive'), nameInArn('olive')]).toEqual(['1 commit', '2 commits', 'olive', 'olive']);
  });
});
