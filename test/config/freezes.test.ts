import { describe, expect, it } from '@jest/globals';
import type { ConfiguredApp } from '../../src/config/config.ts';
import { joinApp } from '../../src/config/join.ts';
import { problemText } from '../../src/config/problems.ts';
import { readConfig } from '../../src/config/read.ts';

const file = (rest: string): string => `apps:
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: { owners: [U0OLIVE001] }
${rest}`;

function appIn(text: string): ConfiguredApp | undefined {
  const answer = readConfig(file(text));
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  return answer.config.apps[0];
}

function problemsIn(text: string): readonly string[] {
  const answer = readConfig(file(text));
  return 'problems' in answer ? answer.problems.map((problem) => problemText(problem)) : [];
}

describe('a freeze in jack.yml', () => {
  it('is weekly, or comes once, in the time of its zone', () => {
    const app = appIn(`    freezes:
      - { name: weekend, every: fri 16:00 - mon 08:00, zone: Europe/Berlin, environments: [prod] }
      - { name: nights, every: Monday 9:05 – tue 00:00, zone: UTC }
      - { name: year’s end, from: 2026-12-23 12:00, until: 2027-01-04, zone: America/New_York }
`);
    expect(app?.freezes).toEqual([
      { name: 'weekend', zone: 'Europe/Berlin', environments: ['prod'], when: { kind: 'weekly', from: { day: 5, minute: 960 }, until: { day: 1, minute: 480 } } },
      { name: 'nights', zone: 'UTC', when: { kind: 'weekly', from: { day: 1, minute: 545 }, until: { day: 2, minute: 0 } } },
      { name: 'year’s end', zone: 'America/New_York', when: { kind: 'dated', from: '2026-12-23T12:00', until: '2027-01-04T00:00' } },
    ]);
  });

  it.each([
    ['a day that is none', 'every: fry 16:00 - mon 08:00, zone: UTC', 'a day and time to a day and time'],
    ['an hour that is none', 'every: fri 24:00 - mon 08:00, zone: UTC', 'a day and time to a day and time'],
    ['all of the week', 'every: fri 16:00 - fri 16:00, zone: UTC', 'not the same moment twice'],
    ['no time', 'zone: UTC', 'every (weekly), or from and until (dated)'],
    ['half a time', 'from: 2026-12-24, zone: UTC', 'from and until together'],
    ['two kinds of time', 'every: fri 16:00 - mon 08:00, until: 2026-12-24, zone: UTC', 'either every, or from and until'],
    ['a day that no calendar has', 'from: 2026-02-30, until: 2026-03-01, zone: UTC', 'a date and time such as'],
    ['an end before its begin', 'from: 2026-12-24 12:00, until: 2026-12-24 11:59, zone: UTC', 'a time after from ("2026-12-24 12:00")'],
    ['an end at its begin', 'from: 2026-12-24 12:00, until: 2026-12-24 12:00, zone: UTC', 'a time after from'],
    ['no zone', 'every: fri 16:00 - mon 08:00', 'a time zone by its IANA name'],
    ['no environment', 'every: fri 16:00 - mon 08:00, zone: UTC, environments: []', 'at least one environment'],
    ['a setting that nobody knows', 'every: fri 16:00 - mon 08:00, zone: UTC, tz: UTC', 'name, every, from, until, zone, environments'],
  ])('with %s is a problem', (_what, times, allowed) => {
    expect(problemsIn(`    freezes: [{ name: weekend, ${times} }]\n`)).toEqual([expect.stringContaining(allowed)]);
  });

  it.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['Asia/Katmandu2', 'Asia/Katmandu'],
  ])('in the unknown zone %s probably meant %s', (zone, meant) => {
    expect(problemsIn(`    freezes: [{ name: weekend, every: fri 16:00 - mon 08:00, zone: ${zone} }]\n`)).toEqual([expect.stringContaining(`did you mean ${meant}?`)]);
  });

  it('has a name of its own, and all problems are told at once', () => {
    const text = `    freezes:
      - { name: weekend, every: fri 16:00 - mon 08:00, zone: Europe/Berlin }
      - { name: weekend, every: often, zone: Mars }
`;
    expect(problemsIn(text)).toEqual([
      expect.stringContaining('jack.yml:8 apps[0].freezes[1].every: found "often"'),
      expect.stringContaining('jack.yml:8 apps[0].freezes[1].zone: found "Mars"'),
      expect.stringContaining('jack.yml:8 apps[0].freezes[1].name: found "weekend" a second time'),
    ]);
  });
});

describe('an environment in jack.yml', () => {
  it('names what it comes after, its alarms, and who may let a rollback in', () => {
    const app = appIn('    environments: { dev: {}, prod: { after: [dev], alarms: [5xx, slow], rollback: { approval: { from: [U0OLIVE001], expires: 30m } } } }\n');
    expect(app?.environments[1]).toEqual({ name: 'prod', after: ['dev'], alarms: ['5xx', 'slow'], rollbackApproval: { from: ['U0OLIVE001'], count: 1, expiresMs: 1_800_000 } });
  });

  it('has no more approvals of a rollback than people who may give them', () => {
    expect(problemsIn('    environments: { prod: { rollback: { approval: { from: [U0OLIVE001], count: 2 } } } }\n')).toEqual([expect.stringContaining('environments.prod.rollback.approval.count: found 2; allowed: at most 1')]);
  });

  it.each([
    ['an unknown one', { dev: [], prod: ['dv'] }, 'environments.prod.after: found no other environment dv (did you mean dev?); allowed: dev'],
    ['itself', { dev: [], prod: ['prod'] }, 'environments.prod.after: found no other environment prod'],
    ['one that waits for it', { dev: ['prod'], prod: ['dev'] }, 'environments.dev.after: found a circle'],
  ])('does not come after %s', (_what, after, problem) => {
    const environments = Object.entries(after).map(([name, after]) => ({ name, after }));
    const app: ConfiguredApp = { name: 'shop', channel: 'C0SHOP0001', region: 'us-east-1', application: 'shop', people: { owners: ['U0OLIVE001'], contributors: [] }, environments };
    const joined = joinApp(app, { beanstalkEnvironments: ['shop-dev', 'shop-prod'], pipelines: [] });
    expect('problems' in joined && joined.problems.map((one) => problemText(one))[0]).toContain(problem);
  });

  it('that a freeze names has to be there', () => {
    const app: ConfiguredApp = { name: 'shop', channel: 'C0SHOP0001', region: 'us-east-1', application: 'shop', people: { owners: ['U0OLIVE001'], contributors: [] }, environments: [{ name: 'dev' }, { name: 'prod' }], freezes: [{ name: 'weekend', zone: 'UTC', environments: ['prd'], when: { kind: 'dated', from: '2026-01-01T00:00', until: '2026-01-02T00:00' } }] };
    const aws = { beanstalkEnvironments: ['shop-dev', 'shop-prod'], pipelines: [] };
    const joined = joinApp(app, aws);
    expect('problems' in joined && joined.problems.map((one) => problemText(one))).toEqual(['jack.yml apps.shop.freezes (weekend).environments: found no environment prd (did you mean prod?); allowed: dev, prod']);
    expect(joinApp({ ...app, freezes: [] }, aws)).toHaveProperty('app.freezes', []);
  });
});

describe('an author in jack.yml', () => {
  it('is known by the e-mail address in lower case', () => {
    const answer = readConfig('apps: [{ name: shop, channel: C0SHOP0001, region: us-east-1, people: { owners: [U0OLIVE001], authors: { Ada@Example.org: U0ADA00001 } } }]');
    expect(answer).toHaveProperty('config.apps.0.people.authors', { 'ada@example.org': 'U0ADA00001' });
  });

  it('is one user, by an e-mail address', () => {
    const answer = readConfig('apps: [{ name: shop, channel: C0SHOP0001, region: us-east-1, people: { owners: [U0OLIVE001], authors: { ada: U0ADA00001, grace@example.org: S0LEADS001 } } }]');
    expect('problems' in answer && answer.problems.map((one) => problemText(one))).toEqual([expect.stringContaining('an e-mail address'), expect.stringContaining('a Slack user id (U… or W…)')]);
  });
});
