import { describe, expect, it } from '@jest/globals';
import type { ConfiguredApp } from '../../src/config/config.ts';
import { problemText } from '../../src/config/problems.ts';
import { readConfig } from '../../src/config/read.ts';

function read(digest: string): ConfiguredApp['digest'] | readonly string[] {
  const answer = readConfig(`apps:
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: { owners: [U0OLIVE001] }
${digest}`);
  return 'problems' in answer ? answer.problems.map((problem) => problemText(problem)) : answer.config.apps[0]?.digest;
}

describe('the digest in jack.yml', () => {
  it.each([
    ['left out', '', undefined],
    ['off', '    digest: off', 'off'],
    ['off in quotes', '    digest: "off"', 'off'],
    ['empty settings', '    digest: {}', { day: 1, minute: 540, zone: 'UTC' }],
    ['one setting', '    digest: { day: sun }', { day: 7, minute: 540, zone: 'UTC' }],
    ['all settings', '    digest: { day: fri, at: "16:30", zone: Europe/Berlin }', { day: 5, minute: 990, zone: 'Europe/Berlin' }],
    ['a time without quotes', '    digest: { at: 0:00 }', { day: 1, minute: 0, zone: 'UTC' }],
  ])('as %s is read', (_what, text, digest) => {
    expect(read(text)).toEqual(digest);
  });

  it.each([
    ['nothing', 'digest:', 'apps[0].digest: found nothing; allowed: off, or the settings day, at and zone'],
    ['another word', 'digest: never', 'apps[0].digest: found "never"; allowed: off, or the settings day, at and zone'],
    ['a yes or no', 'digest: false', 'apps[0].digest: found false; allowed: off, or the settings day, at and zone'],
    ['a list', 'digest: [mon]', 'apps[0].digest: found a list; allowed: off, or the settings day, at and zone'],
    ['a day that is none', 'digest: { day: mo }', 'apps[0].digest.day: found "mo" (did you mean mon?); allowed: mon, tue, wed, thu, fri, sat, sun'],
    ['a time that no clock shows', 'digest: { at: "24:00" }', 'apps[0].digest.at: found "24:00"; allowed: a time of day such as "09:00"'],
    ['half a time', 'digest: { at: 9 }', 'apps[0].digest.at: found 9; allowed: a time of day such as "09:00"'],
    ['a time with a sign', 'digest: { at: "-1:00" }', 'apps[0].digest.at: found "-1:00"; allowed: a time of day such as "09:00"'],
    ['a zone that is none', 'digest: { zone: Europe/Berln }', 'apps[0].digest.zone: found "Europe/Berln" (did you mean Europe/Berlin?); allowed: a time zone by its IANA name, such as Europe/Berlin or UTC'],
    ['an unknown setting', 'digest: { dai: mon }', 'apps[0].digest.dai: found an unknown setting "dai" (did you mean day?); allowed: day, at, zone'],
  ])('as %s is a problem', (_what, text, problem) => {
    expect(read(`    ${text}`)).toEqual([`jack.yml:6 ${problem}`]);
  });

  it('tells all its problems at once', () => {
    expect(read('    digest:\n      day: someday\n      at: noon\n      zone: Mars')).toEqual([
      expect.stringContaining('jack.yml:7 apps[0].digest.day'),
      expect.stringContaining('jack.yml:8 apps[0].digest.at'),
      expect.stringContaining('jack.yml:9 apps[0].digest.zone'),
    ]);
  });
});
