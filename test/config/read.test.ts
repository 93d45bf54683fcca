import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../src/config/problems.ts';
import { readConfig } from '../../src/config/read.ts';

const DEMO = `apps:
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: { owners: [U0OLIVE001], contributors: [U0ADA00001, U0GRACE001] }
    environments: { dev: {}, prod: { approval: { from: [S0APPROVE1, U0OLIVE001], count: 1, expires: 4h }, verify: 20s } }
`;

/** Every problem in a line of its own. */
function problemsIn(text: string): readonly string[] {
  const answer = readConfig(text);
  return 'problems' in answer ? answer.problems.map((problem) => problemText(problem)) : [];
}

describe('reading jack.yml', () => {
  it('fills in what was left out and turns times into milliseconds', () => {
    expect(readConfig(DEMO)).toEqual({
      config: {
        apps: [
          {
            name: 'shop',
            channel: 'C0SHOP0001',
            region: 'us-east-1',
            application: 'shop',
            people: { owners: ['U0OLIVE001'], contributors: ['U0ADA00001', 'U0GRACE001'] },
            environments: [{ name: 'dev' }, { name: 'prod', approval: { from: ['S0APPROVE1', 'U0OLIVE001'], count: 1, expiresMs: 14_400_000 }, verifyMs: 20_000 }],
          },
        ],
      },
    });
  });

  it('takes an environment with nothing under it', () => {
    expect(problemsIn(DEMO.replace('dev: {}', 'dev: '))).toEqual([]);
  });

  it('tells every problem at once, each with its line and what is allowed', () => {
    const text = `apps:
  - name: status
    chanel: C0SHOP0001
    region: Virginia
    people:
      owners: [olive]
    environments:
      lock: {}
      prod:
        approval: { form: [U0OLIVE001], count: 0 }
        verify: 20
        loudness: approval
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: {}
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: { owners: [U0OLIVE001] }
    environments: { prod: { approval: { from: [U0OLIVE001], count: 2 } } }
`;
    expect(problemsIn(text)).toEqual([
      'jack.yml:2 apps[0].name: found "status"; allowed: a word that is not a command of its own',
      'jack.yml:2 apps[0].channel: found nothing; allowed: a Slack channel id (C… or G…)',
      'jack.yml:3 apps[0].chanel: found an unknown setting "chanel" (did you mean channel?); allowed: name, channel, region, role, application, pipelines, people, freezes, digest, environments',
      'jack.yml:4 apps[0].region: found "Virginia"; allowed: an AWS region such as eu-central-1',
      'jack.yml:6 apps[0].people.owners[0]: found "olive"; allowed: a Slack user id (U… or W…) or user group id (S…)',
      'jack.yml:8 apps[0].environments.lock: found "lock"; allowed: a word that is not a command of its own',
      'jack.yml:10 apps[0].environments.prod.approval.from: found nothing; allowed: a list, each a Slack user id (U… or W…) or user group id (S…)',
      'jack.yml:10 apps[0].environments.prod.approval.count: found 0; allowed: a whole number from 1',
      'jack.yml:10 apps[0].environments.prod.approval.form: found an unknown setting "form" (did you mean from?); allowed: from, count, expires',
      'jack.yml:11 apps[0].environments.prod.verify: found 20; allowed: a time such as 60s, at most 1d (units: ms, s, m, h, d)',
      'jack.yml:12 apps[0].environments.prod.loudness: found "approval" (did you mean approvals?); allowed: all, approvals or failures',
      'jack.yml:16 apps[1].people: found nobody; allowed: at least one owner or contributor, else nobody could deploy',
      'jack.yml:17 apps[2].name: found "shop" a second time; allowed: a name that no other app has',
      'jack.yml:21 apps[2].environments.prod.approval.count: found 2; allowed: at most 1: so many approvers are named in from',
    ]);
  });

  it.each([
    ['', 'jack.yml:1: found nothing; allowed: the setting apps'],
    ['apps: []', 'jack.yml:1 apps: found an empty list; allowed: at least one app'],
    ['apps: shop', 'jack.yml:1 apps: found "shop"; allowed: a list of apps'],
    ['- apps', 'jack.yml:1: found a list; allowed: the setting apps'],
    ['apps: [shop]', 'jack.yml:1 apps[0]: found "shop"; allowed: an app: name, channel, region, people, …'],
    ['apps:\n  - name: a\n   name: b\n', 'jack.yml:3: found'],
    ['apps: []\napps: []\n', 'jack.yml:2: found Map keys must be unique; allowed: YAML, each setting once'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(problemsIn(text)[0]).toContain(problem);
  });

  it('lets a list of approvers be empty: then nobody may approve', () => {
    expect(problemsIn(DEMO.replace('[S0APPROVE1, U0OLIVE001]', '[]'))).toEqual([]);
  });
});
