import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { run, stopped, type Ended, type OneRun } from './support/one-run.ts';

jest.setTimeout(40_000);

const CONFIG = `
apps:
  - name: shop
    channel: C0SHOP0001
    region: us-east-1
    people: { contributors: [U0ADA00001] }
`;
/** Root may read and write everything, so as root these runs are somebody else's. */
const notRoot = process.getuid?.() === 0 ? 65_534 : undefined;

let sandbox: OneRun;
let folder = '';
let env: Record<string, string> = {};
let controlUrl = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jack-start-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'jack.yml'), CONFIG);
  sandbox = run({ args: ['sandbox/main.ts', '--speed', '100'], env: {} });
  const told = JSON.parse(await sandbox.line(/^\{/)) as { env: Record<string, string>; controlUrl: string };
  ({ controlUrl } = told);
  env = { ...told.env, JACK_CONFIG: join(folder, 'jack.yml'), JACK_DATA: join(folder, 'data') };
});

afterAll(async () => {
  await stopped(sandbox);
  await rm(folder, { recursive: true, force: true });
});

async function control(path: string, body: object): Promise<void> {
  const answer = await fetch(new URL(path, controlUrl), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect({ status: answer.status, body: answer.ok ? '' : await answer.text() }).toEqual({ status: 200, body: '' });
}

function start(changed: Record<string, string> = {}, uid?: number): OneRun {
  return run({ args: ['src/main.ts'], env: { ...env, ...changed }, ...(uid !== undefined && { uid }) });
}

/** One sentence on stderr that says what to do, nothing else, soon. */
function expectSentence(end: Ended, ...words: readonly string[]): void {
  expect(end.stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(words[0] ?? '')]);
  for (const word of words) expect(end.stderr).toContain(word);
  expect(end.stderr).not.toMatch(/\n\s+at |Error:|undefined|\[object/);
  expect(end.code).toBe(1);
  expect(end.ms).toBeLessThan(15_000);
}

async function takenPort(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, () => resolve());
  });
  return { port: (server.address() as AddressInfo).port, server };
}

describe('a start that cannot work says what to do', () => {
  it('when nothing is set, for each setting', async () => {
    const end = await run({ args: ['src/main.ts'], env: { JACK_CONFIG: join(folder, 'jack.yml') } }).ended;
    expect(end.code).toBe(1);
    expect(end.stderr.split('\n').filter((line) => line !== '')).toEqual([expect.stringMatching(/^SLACK_BOT_TOKEN is not set: /), expect.stringMatching(/^Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set: /)]);
  });

  it('when the bot token is wrong', async () => {
    expectSentence(await start({ SLACK_BOT_TOKEN: 'xoxb-wrong' }).ended, 'Slack does not accept SLACK_BOT_TOKEN (invalid_auth)', 'OAuth & Permissions');
  });

  it('when the app token is wrong', async () => {
    expectSentence(await start({ SLACK_APP_TOKEN: 'xapp-wrong' }).ended, 'Slack does not accept SLACK_APP_TOKEN (invalid_auth)', 'connections:write');
  });

  it('when Slack cannot be reached', async () => {
    const { port, server } = await takenPort();
    server.close();
    expectSentence(await start({ SLACK_API_URL: `http://127.0.0.1:${port}/api/` }).ended, 'Slack cannot be reached (ECONNREFUSED)', 'SLACK_API_URL');
  });

  it('when a scope is missing, naming it', async () => {
    const manifest = parse(await readFile('manifest.yml', 'utf8')) as { oauth_config: { scopes: { bot: string[] } } };
    const scopes = manifest.oauth_config.scopes.bot;
    await control('slack/scopes', { scopes: scopes.filter((scope) => scope !== 'usergroups:read') });
    const end = await start().ended;
    await control('slack/scopes', { scopes });
    expectSentence(end, 'lacks the bot scope usergroups:read', 'install the app again');
  });

  it('when there is no jack.yml', async () => {
    expectSentence(await start({ JACK_CONFIG: join(folder, 'none.yml') }).ended, 'none.yml', 'JACK_CONFIG');
  });

  it('when jack.yml may not be read', async () => {
    const file = join(folder, 'secret.yml');
    await writeFile(file, CONFIG, { mode: 0o000 });
    expectSentence(await start({ JACK_CONFIG: file }, notRoot).ended, 'may not be read', 'JACK_CONFIG');
  });

  it('when jack.yml is wrong, with every problem and its line', async () => {
    const file = join(folder, 'wrong.yml');
    await writeFile(file, 'apps:\n  - name: shop\n    chanel: C0SHOP0001\n    region: 7\n');
    const end = await start({ JACK_CONFIG: file }).ended;
    expect(end.code).toBe(1);
    const lines = end.stderr.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.startsWith(`${file}:`))).toBe(true);
    expect(end.stderr).toContain('did you mean channel?');
  });

  it('when the health port is taken', async () => {
    const { port, server } = await takenPort();
    const end = await start({ HEALTH_PORT: String(port) }).ended;
    server.close();
    expectSentence(end, `Port ${port} (HEALTH_PORT) is taken`, 'set HEALTH_PORT');
  });

  it('when the port for Slack’s deliveries is taken', async () => {
    const { port, server } = await takenPort();
    const end = await start({ SLACK_APP_TOKEN: '', PORT: String(port) }).ended;
    server.close();
    expectSentence(end, `Port ${port} (PORT) is taken`, 'set PORT');
  });

  it('when the data folder is read-only', async () => {
    const data = join(folder, 'read-only');
    await mkdir(data);
    await chmod(data, 0o555);
    const end = await start({ JACK_DATA: data }, notRoot).ended;
    expectSentence(end, `The data folder ${data} cannot be written`, 'JACK_DATA');
  });

  it('when AWS cannot be reached', async () => {
    expectSentence(await start({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).ended, 'App shop cannot be used', 'AWS_ENDPOINT_URL');
  });

  it('when AWS does not accept the credentials', async () => {
    expectSentence(await start({ AWS_SECRET_ACCESS_KEY: 'wrong' }).ended, 'App shop cannot be used', 'Check AWS_PROFILE');
  });

  it('when the credentials have expired', async () => {
    await control('faults', { service: 'elasticbeanstalk', operation: 'DescribeEnvironments', when: 'before', times: 1, fault: { kind: 'error', code: 'ExpiredToken', message: 'The security token included in the request is expired', status: 403 } });
    expectSentence(await start().ended, 'App shop cannot be used', 'expired', 'Renew them');
  });
});

describe('a start that works', () => {
  it('is the only one on its data folder, answers on its health pages, and drains on SIGTERM', async () => {
    const jack = start({ HEALTH_PORT: '0' });
    const ready = JSON.parse(await jack.line(/Jack is ready/)) as { healthPort: number };
    const pages = await Promise.all(['healthz', 'readyz', 'metrics'].map(async (page) => (await fetch(`http://127.0.0.1:${ready.healthPort}/${page}`)).status));
    expectSentence(await start().ended, `The data folder ${join(folder, 'data')} is in use by another Jack`, 'JACK_DATA');
    const end = await stopped(jack);
    expect({ pages, code: end.code, stderr: end.stderr }).toEqual({ pages: [200, 200, 200], code: 0, stderr: '' });
    expect(end.stdout).not.toMatch(/xox|xapp|sandbox-secret|signing-secret/);
  });
});

describe('the command line', () => {
  it('checks a configuration without Slack and AWS', async () => {
    const end = await run({ args: ['src/main.ts', 'check', join(folder, 'jack.yml')], env: {} }).ended;
    expect(end).toMatchObject({ code: 0, stdout: `${join(folder, 'jack.yml')} is in order: shop`, stderr: '' });
  });

  it('says what it knows, and what was probably meant', async () => {
    const [help, typo] = await Promise.all([run({ args: ['src/main.ts', '--help'], env: {} }).ended, run({ args: ['src/main.ts', 'chekc'], env: {} }).ended]);
    expect(help.stdout).toContain('jack check [file]');
    expect(typo).toMatchObject({ code: 2, stderr: 'jack knows no "chekc" (did you mean check?): jack help lists what it knows.\n' });
  });
});
