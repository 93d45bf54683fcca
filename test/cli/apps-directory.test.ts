import { describe, expect, it } from '@jest/globals';
import { openDirectory, type Discover } from '../../src/apps-directory.ts';
import type { ConfiguredApp } from '../../src/config/config.ts';
import { Fault } from '../../src/domain/faults.ts';
import { StartProblem } from '../../src/start-problem.ts';
import { keptLog } from '../slack/fake-slack.ts';

const configured = (name: string): ConfiguredApp => ({ name, channel: `C${name}`, region: 'us-east-1', application: name, people: { owners: [], contributors: [] }, environments: [] });
const found = (name: string) => ({ pipelines: [], environments: [{ beanstalkEnvironment: `${name}-prod`, id: 'e-1' }] });
const has = (beanstalkEnvironment: string, id: string) => ({ beanstalkEnvironment, id });
const sharing = async (): ReturnType<Discover> => ({ pipelines: [], environments: [has('shop-prod', 'e-1')] });
const withDev = async (): ReturnType<Discover> => ({ pipelines: [], environments: [has('shop-prod', 'e-1'), has('shop-dev', 'e-2')] });
const away = new Fault('codepipeline:ListPipelines got no answer: ECONNREFUSED', { retryable: true });

function open(discover: Discover, patienceMs = 1000) {
  const log = keptLog();
  return { log, directory: openDirectory({ configured: [configured('shop'), configured('api')], discover, log, patienceMs }) };
}

describe('the apps', () => {
  it('are those that were found; one that fails does not stop the others', async () => {
    const { directory, log } = open(async ({ name }) => {
      if (name === 'shop') throw away;
      return found(name);
    });
    const apps = await directory;
    expect(apps.all().map(({ name }) => name)).toEqual(['api']);
    expect(apps.problems()).toEqual([{ app: 'shop', channel: 'Cshop', problem: expect.stringContaining('AWS_ENDPOINT_URL') }]);
    expect(log.lines).toHaveLength(1);
  });

  it('all failing stop the start, with one line each', async () => {
    const { directory } = open(async () => {
      throw away;
    });
    const problem = await directory.then(() => undefined, (error: unknown) => error);
    expect(problem).toBeInstanceOf(StartProblem);
    expect((problem as StartProblem).lines).toEqual([expect.stringMatching(/^App shop cannot be used: /), expect.stringMatching(/^App api cannot be used: /)]);
  });

  it('stay as they were while something is against a changed file', async () => {
    const { directory } = open(async ({ name }) => found(name));
    const apps = await directory;
    const seen: (readonly string[])[] = [];
    const objects = async (before: readonly { name: string }[], after: readonly { name: string }[]) => {
      seen.push(before.map(({ name }) => name), after.map(({ name }) => name));
      return 'api is locked';
    };
    await expect(apps.replace([configured('shop')], objects)).rejects.toThrow('api is locked');
    expect(seen).toEqual([['shop', 'api'], ['shop']]);
    expect(apps.all().map(({ name }) => name)).toEqual(['shop', 'api']);
    await apps.replace([configured('shop')], async () => undefined);
    expect(apps.all().map(({ name }) => name)).toEqual(['shop']);
  });

  describe('two that share a Beanstalk environment', () => {
    const store = { ...configured('store'), application: 'shop' };
    const inAccount = (number: string) => ({ ...store, roleArn: `arn:aws:iam::${number}:role/jack` });
    const opened = (second: ConfiguredApp, discover: Discover = sharing) => openDirectory({ configured: [configured('shop'), second], discover, log: keptLog() });
    const names = async (second: ConfiguredApp, discover?: Discover) => (await opened(second, discover)).all().map(({ name }) => name);

    it('do not both come in: the second is told what to write', async () => {
      const apps = await opened(store);
      expect(apps.all().map(({ name }) => name)).toEqual(['shop']);
      expect(apps.problems().map(({ problem }) => problem)).toEqual([
        "jack.yml apps.store.environments: found the Beanstalk environment shop-prod, which the app shop has already; allowed: each environment in one app, for its locks and its queue are that app's: pipelines and environments that shop does not have, or one app instead of the two",
      ]);
      const part = { ...store, environments: [{ name: 'dev' }, { name: 'prod' }] };
      expect((await opened(part, async (app) => (app.name === 'shop' ? sharing() : withDev()))).problems()[0]?.problem).toMatch(/\n {2}environments:\n {4}dev: \{ beanstalk: shop-dev \}$/);
    });

    it('are told by the account of the role, or by Beanstalk’s id where a role is missing', async () => {
      expect(await names(inAccount('111111111111'))).toEqual(['shop']);
      expect(await names(inAccount('111111111111'), async ({ roleArn }) => ({ pipelines: [], environments: [has('shop-prod', roleArn === undefined ? 'e-1' : 'e-2')] }))).toEqual(['shop', 'store']);
      expect(await names({ ...store, region: 'eu-central-1' })).toEqual(['shop', 'store']);
    });

    it('keep a changed file out, and one that comes to share later stays as it was', async () => {
      let at = 'store-prod';
      const apps = await opened(store, async ({ name }) => ({ pipelines: [], environments: [has(name === 'shop' ? 'shop-prod' : at, 'e')] }));
      at = 'shop-prod';
      await apps.refresh('store');
      expect(apps.all().map(({ environments }) => environments.map(({ beanstalkEnvironment }) => beanstalkEnvironment))).toEqual([['shop-prod'], ['store-prod']]);
      expect(apps.problems()).toHaveLength(1);
      await expect(apps.replace([configured('shop'), store])).rejects.toThrow('which the app shop has already');
      await apps.replace([store]);
      expect([apps.all().map(({ name }) => name), apps.problems()]).toEqual([['store'], []]);
    });
  });

  it('are waited for no longer than a start may take', async () => {
    const { directory } = open(() => new Promise(() => undefined), 20);
    await expect(directory).rejects.toThrow('AWS did not answer in us-east-1');
  });

  it('stay known while AWS does not answer, and the problem is told until it does', async () => {
    const broken = new Set<string>();
    const { directory } = open(async ({ name }) => {
      if (broken.has(name)) throw away;
      return found(name);
    });
    const apps = await directory;
    broken.add('shop');
    await apps.refresh('shop');
    expect([apps.all().length, apps.problems().length]).toEqual([2, 1]);
    broken.clear();
    await apps.refresh('shop');
    expect([apps.all().length, apps.problems().length]).toEqual([2, 0]);
  });

  it('are asked for anew on demand', async () => {
    const asked: (readonly [string, boolean])[] = [];
    const { directory } = open(async ({ name }, fresh) => {
      asked.push([name, fresh]);
      return found(name);
    });
    await (await directory).refresh('api');
    expect(asked).toEqual([['shop', false], ['api', false], ['api', true]]);
  });

  it('are others when jack.yml was changed, and a file that cannot be used is told until it can', async () => {
    const { directory } = open(async ({ name }) => found(name));
    const apps = await directory;
    await apps.replace([configured('api'), configured('store')]);
    expect(apps.all().map(({ name }) => name)).toEqual(['api', 'store']);
    apps.complain('no app is named');
    expect(apps.problems()).toEqual([{ app: 'jack.yml', channel: '', problem: 'no app is named' }]);
    await apps.replace([configured('api')]);
    expect([apps.all().map(({ name }) => name), apps.problems()]).toEqual([['api'], []]);
  });

  it('keep each complaint about jack.yml until it is so no more', async () => {
    const { directory } = open(async ({ name }) => found(name));
    const apps = await directory;
    const told = (): readonly string[] => apps.problems().map(({ problem }) => problem);
    apps.complain('prod is locked', 'barriers:shop/prod');
    apps.complain('dev is frozen', 'barriers:shop/dev');
    apps.complain('no app is named');
    apps.complain('prod is frozen', 'barriers:shop/prod');
    expect(told()).toEqual(['prod is frozen', 'dev is frozen', 'no app is named']);
    await apps.replace([configured('shop')]);
    expect(told()).toEqual(['prod is frozen', 'dev is frozen']);
    apps.complain(undefined, 'barriers:shop/prod');
    expect(told()).toEqual(['dev is frozen']);
  });
});
