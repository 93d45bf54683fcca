import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listing } from '../../sandbox/control/door.ts';
import { seedFile } from '../../sandbox/aws/seed-file.ts';
import { defaultSeed } from '../../sandbox/aws/seeds/default.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: { aws: 0, control: 0, slack: 0 }, speed: 100 });
});

afterAll(() => sandbox.stop());

async function ask(method: string, path: string, body?: object | string): Promise<{ readonly status: number; readonly answer: { readonly error?: string; readonly routes?: readonly string[] } & Record<string, unknown> }> {
  const response = await fetch(`${sandbox.controlUrl}${path}`, { method, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
  const answer: Record<string, unknown> = JSON.parse(await response.text());
  return { status: response.status, answer };
}

describe('the control door', () => {
  it('has the routes that its README lists, and no others', () => {
    const readme = readFileSync(new URL('../../sandbox/README.md', import.meta.url), 'utf8');
    const documented = [...readme.matchAll(/^\| `(GET|POST|DELETE) (\/[^` ]*)` \|/gm)].map(([, method, path]) => `${method} ${path}`);
    const registered = listing(sandbox.routes()).map((line) => line.slice(0, line.indexOf(': ')));
    expect(documented.toSorted()).toEqual(registered.toSorted());
  });

  it('refuses a path that cannot be decoded', async () => {
    expect(await ask('GET', '%')).toEqual({ status: 400, answer: { error: 'The path cannot be decoded' } });
    const s3 = await fetch(`${sandbox.awsUrl}/%`);
    expect([s3.status, await s3.text()]).toEqual([400, expect.stringContaining('<Code>InvalidURI</Code>')]);
  });

  it('answers an unknown path with what there is', async () => {
    const { status, answer } = await ask('GET', 'nowhere');
    expect(status).toBe(404);
    expect(answer.routes).toContain('GET /speed: how many times faster than AWS things take here');
  });

  it.each([
    ['a body that is not JSON', 'POST', 'speed', '{', 'The body is not JSON'],
    ['a body that is no object', 'POST', 'speed', '[]', 'The body must be a JSON object'],
    ['a missing argument', 'POST', 'holds', { when: 'before' }, '"operation" is missing'],
    ['a word that it does not know', 'POST', 'holds', { operation: 'x', when: 'during' }, '"when" must be one of before, after'],
    ['an impossible speed', 'POST', 'speed', { speed: 0 }, '"speed" must be above 0'],
    ['an unknown mishap', 'POST', 'mishaps', { id: 'flood', place: 'shop-build' }, 'There is no mishap flood. Known: '],
    ['a mishap at an unknown place', 'POST', 'mishaps', { id: 'tests-failed', place: 'shop-biuld' }, 'tests-failed strikes at shop-build, api-build, not at shop-biuld'],
    ['an unknown assumption', 'POST', 'assumptions', { itRains: true }, '"itRains" is no assumption'],
    ['an assumption of the wrong kind', 'POST', 'assumptions', { executionVisibleAfterMs: true }, '"executionVisibleAfterMs" is no assumption, or its value is of the wrong kind'],
    ['an unknown repository', 'POST', 'aws/push', { repository: 'shoop', message: 'm', author: { name: 'a', email: 'a@b' } }, 'There is no repository shoop. Known: shop, acme/api'],
    ['a seed with a misspelt part', 'POST', 'reset', { seed: { repositorys: [] } }, 'A seed has no part "repositorys"'],
    ['a seed that lacks something deep inside', 'POST', 'reset', { seed: { pipelines: [{}] } }, 'The seed\'s pipelines/0 lacks "declaration"'],
    ['a seed with an unknown word', 'POST', 'reset', { seed: { repositories: [{ name: 'a', provider: 'Svn', branch: 'main', commits: [] }] } }, 'The seed\'s repositories/0/provider must be equal to one of the allowed values: CodeCommit, GitHub'],
  ])('tells what is wrong with %s', async (_case, method, path, body, words) => {
    const { status, answer } = await ask(method, path, body);
    expect(status).toBe(400);
    expect(answer.error).toContain(words);
  });

  it('holds the default account against the form of a seed file too', () => {
    const { startedAt: _startedAt, ...seed } = defaultSeed(Date.now());
    expect(seedFile(JSON.parse(JSON.stringify(seed)))).toEqual(JSON.parse(JSON.stringify(seed)));
  });

  it('makes calls fail with an empty body', async () => {
    const { status } = await ask('POST', 'faults', { service: 'slack', operation: 'auth.test', when: 'before', fault: { kind: 'status', status: 503, body: '', headers: {} } });
    expect(status).toBe(200);
    const answer = await fetch(`${sandbox.slackApiUrl}auth.test`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([503, '']);
  });

  it('lists, arms and disarms mishaps where they can strike', async () => {
    const { answer } = await ask('POST', 'mishaps', { id: 'tests-failed', place: 'shop-build', times: 2 });
    expect(answer['armed']).toEqual([{ id: 'tests-failed', place: 'shop-build', times: 2 }]);
    expect((await ask('POST', 'mishaps/disarm', { id: 'tests-failed', place: 'shop-build' })).answer['armed']).toEqual([]);
  });

  it('has the switches that its README lists, as they are at first', async () => {
    const readme = readFileSync(new URL('../../sandbox/README.md', import.meta.url), 'utf8');
    const documented = [...readme.matchAll(/^\| `(\w+)` \| (true|false|\d+) \|/gm)].map(([, name = '', value = '']): [string, unknown] => [name, JSON.parse(value)]);
    await ask('POST', 'reset');
    expect((await ask('GET', 'assumptions')).answer).toEqual(Object.fromEntries(documented));
  });

  it('switches assumptions, until a reset', async () => {
    const before = (await ask('GET', 'assumptions')).answer;
    expect((await ask('POST', 'assumptions', { executionVisibleAfterMs: 7 })).answer).toMatchObject({ executionVisibleAfterMs: 7 });
    await ask('POST', 'reset');
    expect((await ask('GET', 'assumptions')).answer).toEqual(before);
  });

  it('takes a seed with a reset, and keeps the account when the seed is bad', async () => {
    await ask('POST', 'reset', { seed: { queues: [{ name: 'other' }], rules: [], alarms: [] } });
    expect(sandbox.account().seed.queues).toEqual([{ name: 'other' }]);
    await ask('POST', 'reset', { seed: { pipelines: [{}] } });
    expect(sandbox.account().seed.queues).toEqual([{ name: 'other' }]);
    await ask('POST', 'reset');
    expect(sandbox.account().seed.queues).toHaveLength(2);
  });

  it('streams what changes, at most ten times a second', async () => {
    const stop = new AbortController();
    const stream = await fetch(`${sandbox.controlUrl}changes`, { signal: stop.signal });
    if (!stream.body) throw new Error('there is no stream');
    for (let round = 0; round < 30; round += 1) await ask('POST', 'speed', { speed: 100 });
    let text = '';
    for await (const chunk of stream.body) {
      text += Buffer.from(chunk).toString('utf8');
      if (text.includes('"area":"control"')) break;
    }
    stop.abort();
    expect(text.split('data: ').length - 1).toBeLessThan(30);
  });
});

interface Started {
  readonly child: ReturnType<typeof spawn>;
  readonly output: () => { readonly out: string; readonly err: string };
  readonly firstLine: Promise<unknown>;
}

function run(args: readonly string[]): Started {
  const child = spawn(process.execPath, ['sandbox/main.ts', ...args], { cwd: new URL('../..', import.meta.url), stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  return { child, output: () => ({ out, err }), firstLine: once(child.stdout, 'data') };
}

describe('npm run sandbox', () => {
  it('prints one line of JSON, and ends with 0 on SIGTERM', async () => {
    const { child, output, firstLine } = run(['--speed', '60']);
    await firstLine;
    const { env, ...addresses }: { env: Record<string, string> } & Record<string, string> = JSON.parse(output().out);
    expect(Object.keys(addresses)).toEqual(['slackApiUrl', 'awsEndpointUrl', 'pageUrl', 'controlUrl']);
    expect(Object.keys(env)).toEqual(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL', 'AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
    expect(await (await fetch(`${addresses['pageUrl']}control/speed`)).json()).toEqual({ speed: 60 });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(output().out.trim().split('\n')).toHaveLength(1);
  }, 20_000);

  it.each([
    [['--speed', '0'], '--speed must be a number above 0, not 0.'],
    [['--aws', ''], '--aws must be a port (0 for any free one), not .'],
    [['--seed', 'nowhere.json'], "--seed nowhere.json cannot be read as JSON: ENOENT: no such file or directory, open 'nowhere.json'"],
    [['--seed', 'sandbox/package.json'], 'A seed has no part "name". Its parts: accountId, region, keys, roles, repositories, projects, pipelines, applications, alarms, queues, rules'],
  ])('says in one sentence what is wrong with %j', async (args, sentence) => {
    const { child, output } = run(args);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toEqual({ out: '', err: `${sentence}\n` });
  }, 20_000);

  it.each(['--aws', '--slack', '--control', '--web'])('says in one sentence that the port of %s is taken', async (option) => {
    const port = new URL(sandbox.controlUrl).port;
    const { child, output } = run([option, port]);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output().err).toMatch(new RegExp(`^Port ${port} for .+ is taken by another program: stop that program or choose another port\\.\n$`));
  }, 20_000);
});
