import { describe, expect, it } from '@jest/globals';
import type { ConfiguredApp } from '../../src/config/config.ts';
import { joinApp } from '../../src/config/join.ts';
import type { Discovered } from '../../src/config/join.ts';
import { problemText } from '../../src/config/problems.ts';
import type { Pipeline, PipelineAction } from '../../src/domain/app.ts';

const shop: ConfiguredApp = { name: 'shop', channel: 'C0SHOP0001', region: 'us-east-1', application: 'shop', people: { owners: ['U0OLIVE001'], contributors: [] }, environments: [] };

const deploy = (beanstalkEnvironment: string, runOrder = 1): PipelineAction => ({ name: `Deploy-${beanstalkEnvironment}`, runOrder, kind: 'deploy', provider: 'ElasticBeanstalk', beanstalkEnvironment });
const approve = (runOrder = 1): PipelineAction => ({ name: 'Approve', runOrder, kind: 'approval', provider: 'Manual' });
const pipeline = (name: string, ...stages: readonly (readonly PipelineAction[])[]): Pipeline => ({ name, mode: 'SUPERSEDED', version: 1, stages: stages.map((actions, index) => ({ name: `Stage${index}`, actions })) });

const usual: Discovered = {
  beanstalkEnvironments: ['shop-prod', 'shop-dev'],
  pipelines: [pipeline('shop', [deploy('shop-dev')], [deploy('shop-prod', 2), approve(1)])],
};

/** name, Beanstalk's name and loudness of each environment; or the problems. */
function outcome(configured: ConfiguredApp, discovered: Discovered): readonly string[] {
  const joined = joinApp(configured, discovered);
  if ('problems' in joined) return joined.problems.map((problem) => problemText(problem));
  return joined.app.environments.map((one) => `${one.name} ${one.beanstalkEnvironment} ${one.loudness} ${one.verifyMs}${one.approval ? ' approval' : ''}`);
}

describe('joining the file with AWS', () => {
  it('finds names and order where the file has none', () => {
    expect(outcome(shop, usual)).toEqual(['dev shop-dev failures 60000', 'prod shop-prod approvals 60000']);
  });

  it('keeps what the file says of the app', () => {
    expect(joinApp({ ...shop, roleArn: 'arn:aws:iam::123456789012:role/jack' }, usual)).toMatchObject({
      app: { name: 'shop', channel: 'C0SHOP0001', region: 'us-east-1', application: 'shop', roleArn: 'arn:aws:iam::123456789012:role/jack', people: shop.people, pipelines: usual.pipelines },
    });
  });

  it('takes what the file says of an environment and does not lose the others', () => {
    const environments = [{ name: 'prod', approval: { from: ['U0OLIVE001'], count: 1 }, verifyMs: 20_000, loudness: 'all' } as const];
    expect(outcome({ ...shop, environments }, usual)).toEqual(['dev shop-dev failures 60000', 'prod shop-prod all 20000 approval']);
  });

  it('lets the file name the order and the Beanstalk environments', () => {
    const environments = [{ name: 'live', beanstalkEnvironment: 'shop-prod' }, { name: 'dev' }];
    expect(outcome({ ...shop, environments }, usual)).toEqual(['live shop-prod approvals 60000', 'dev shop-dev failures 60000']);
  });

  it('leaves out an environment that neither the file nor a pipeline names, once the file names some', () => {
    const discovered = { ...usual, beanstalkEnvironments: [...usual.beanstalkEnvironments, 'shop-scratch'] };
    expect(outcome({ ...shop, environments: [{ name: 'dev' }] }, discovered)).toHaveLength(2);
    expect(outcome(shop, discovered)).toEqual([
      'jack.yml apps.shop.environments: found environments of which neither the file nor a pipeline tells the order; allowed: all of them in promotion order, for example (put them right):\n  environments:\n    dev: { beanstalk: shop-dev }\n    prod: { beanstalk: shop-prod }\n    scratch: { beanstalk: shop-scratch }',
    ]);
  });

  it('does not guess the order of two pipelines, and takes the order of the file', () => {
    const discovered = { ...usual, pipelines: [pipeline('to-dev', [deploy('shop-dev')]), pipeline('to-prod', [deploy('shop-prod')])] };
    expect(outcome(shop, discovered)[0]).toContain('neither the file nor a pipeline tells the order');
    expect(outcome({ ...shop, environments: [{ name: 'dev' }, { name: 'prod' }] }, discovered)).toEqual(['dev shop-dev approvals 60000', 'prod shop-prod approvals 60000']);
    expect(outcome({ ...shop, pipelines: ['to-prod'], environments: [{ name: 'prod' }] }, discovered)).toEqual(['prod shop-prod approvals 60000']);
  });

  it('does not guess between two that are deployed to at the same time, and a circle is no order', () => {
    const together = { ...usual, pipelines: [pipeline('shop', [deploy('shop-dev'), deploy('shop-prod')])] };
    const circle = { ...usual, pipelines: [pipeline('a', [deploy('shop-dev')], [deploy('shop-prod')]), pipeline('b', [deploy('shop-prod')], [deploy('shop-dev')])] };
    expect(outcome(shop, together)[0]).toContain('tells the order');
    expect(outcome(shop, circle)[0]).toContain('tells the order');
  });

  it.each([
    ['an environment that is not there', { environments: [{ name: 'prd' }] }, 'jack.yml apps.shop.environments.prd: found no Beanstalk environment of that name in shop (did you mean shop-prod?); allowed: shop-prod, shop-dev (with the setting beanstalk where the name differs)'],
    ['a pipeline that is not there', { pipelines: ['shp'] }, 'jack.yml apps.shop.pipelines: found no pipeline shp that deploys to shop (did you mean shop?); allowed: shop'],
    ['one Beanstalk environment under two names', { environments: [{ name: 'prod' }, { name: 'live', beanstalkEnvironment: 'shop-prod' }] }, 'jack.yml apps.shop.environments.live: found the Beanstalk environment shop-prod under a second name; allowed: one name for each Beanstalk environment'],
  ])('tells of %s', (_what, changes, problem) => {
    expect(outcome({ ...shop, ...changes }, usual)).toEqual([problem]);
  });

  it('tells of an application that is not there or has no environments', () => {
    const nothing = { beanstalkEnvironments: [], pipelines: [], applications: ['shops', 'blog'] };
    expect(outcome(shop, nothing)).toEqual(['jack.yml apps.shop.application: found no Beanstalk application shop in us-east-1 (did you mean shops?); allowed: shops, blog']);
    expect(outcome(shop, { beanstalkEnvironments: [], pipelines: [] })[0]).toContain('found no environment of the Beanstalk application shop in us-east-1');
  });

  it('asks for another name where the short one is a command or taken', () => {
    const discovered = { beanstalkEnvironments: ['shop-status', 'prod', 'shop-prod'], pipelines: [pipeline('shop', [deploy('shop-status')], [deploy('prod')], [deploy('shop-prod')])] };
    expect(outcome(shop, discovered)).toEqual([
      'jack.yml apps.shop.environments: found the Beanstalk environment shop-status, of which the short name status cannot be used; allowed: a name of its own for it\n  environments:\n    <name>: { beanstalk: shop-status }',
      'jack.yml apps.shop.environments: found the Beanstalk environment shop-prod, of which the short name prod is taken; allowed: a name of its own for it\n  environments:\n    <name>: { beanstalk: shop-prod }',
    ]);
  });

  it('knows an application whose name has other letters, and an app that is called otherwise', () => {
    const discovered = { beanstalkEnvironments: ['Web-Shop-prod'], pipelines: [] };
    expect(outcome({ ...shop, application: 'Web Shop' }, discovered)).toEqual(['prod Web-Shop-prod approvals 60000']);
  });
});
