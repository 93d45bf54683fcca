import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sample, string } from 'fast-check';
import { byHandText } from '../../src/cli/by-hand.ts';
import { shellOf } from '../../src/cli/by-hand/line.ts';
import type { Place } from '../../src/cli/by-hand/place.ts';
import { approvalsBefore } from '../../src/cli/by-hand/places.ts';
import { recipesFor } from '../../src/cli/by-hand/recipes/index.ts';
import { closedLines, plain, whose } from '../../src/cli/by-hand/told.ts';
import { joined, literal, query, quoted, variable } from '../../src/cli/by-hand/word.ts';
import { barrierReason } from '../../src/domain/barriers/barriers.ts';
import { holdReason } from '../../src/domain/effect.ts';
import type { Pipeline, PipelineAction } from '../../src/domain/app.ts';
import { parseCall, picked } from '../support/command-line/call.ts';
import { bash } from '../support/command-line/shell.ts';

/** What bash passes on, argument by argument. */
async function passedOn(words: readonly string[]): Promise<readonly string[]> {
  const { out, err, code } = await bash(`printf '%s\\0' ${words.join(' ')}`);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  return out.split('\0').slice(0, -1);
}

const NASTY = ["O'Hara", '$(touch pwned)', '`id`', '"; aws s3 rb x; "', 'a b', '!!', '!x', '\\', '\\$HOME', '*', '~', '=ls', '--help', '-x', '#no', 'a\nb', '\u001b[2J', '\u202Eabc', '', 'ü🙂', '%1', '{a,b}', '<x>', 'a&b|c;d'];

describe('a word for the shell', () => {
  it('comes out of bash as it went in', async () => {
    expect(await passedOn(NASTY.map((text) => quoted(text)))).toEqual(NASTY);
  });

  it('does so whatever it is', async () => {
    const text = string({ unit: 'binary', maxLength: 12 }).map((one) => one.replaceAll('\0', ''));
    const texts = sample(text, { numRuns: 500, seed: 7 });
    expect(await passedOn(texts.map((one) => quoted(one)))).toEqual(texts);
  });

  it('stands as it is where nothing needs quotes', () => {
    expect(quoted('code-pipeline-1700000000000-BuildOutput-1')).toBe('code-pipeline-1700000000000-BuildOutput-1');
    expect(joined('actionName=', literal('Source'), ',revisionValue=', variable('COMMIT')).argument).toBe('actionName=Source,revisionValue="$COMMIT"');
  });

  it('is one value of a JMESPath expression, and nothing more', async () => {
    // No name in AWS ends in a backslash, for which JMESPath has no escape there.
    const names = NASTY.filter((text) => !/\p{C}|\\$/u.test(text));
    const words = names.map((name) => query`stages[?name=='${literal(name)}'].name | [0]`.argument);
    const queries = await passedOn(words);
    const answer = { stages: names.map((name) => ({ name })) };
    expect(queries.map((one) => picked(one, answer))).toEqual(names);
  });
});

describe('the lines for names of any kind', () => {
  const nasty = `a'b"c$(touch pwned)\`id\`!x\\ --y`;
  const word = literal(nasty);
  const way = { pipeline: word, stage: word, deploy: word, title: 'It', isFirstStage: false, approvals: [{ stage: word, action: word, waiting: [nasty] }], source: literal('Source') };
  const place: Place = { region: literal('us-east-1'), application: word, environment: literal(`-${nasty}`), ways: [{ ...way, mode: 'one-by-one' }, { ...way, mode: 'parallel' }], goBackTo: nasty, unknown: [] };

  it('reach AWS’s command line whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'by-hand-'));
    const lines = recipesFor(place).flatMap((recipe) => recipe.steps.flatMap((step) => step.lines.map((line) => shellOf(line))));
    const ended = await bash([`cd '${folder}'`, 'exec 3>&1 >/dev/null', String.raw`aws() { { printf '%s\0' "$@"; printf '\1\0'; } >&3; echo chosen; }`, ...lines.map((line) => line.replace(/^(COMMIT|EXECUTION|LABEL)=$/, '$1=chosen'))].join('\n'));
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
    expect(ended).toMatchObject({ code: 0, err: '' });
    const calls = ended.out.split('\u0001\0').slice(0, -1).map((call) => parseCall(call.split('\0').slice(0, -1)));
    const values = calls.flatMap((call) => Object.entries(call.input));
    const under = (name: string): readonly unknown[] => [...new Set(values.filter(([key]) => key === name).map(([, value]) => JSON.stringify(value)))];
    expect(calls.length).toBeGreaterThan(50);
    expect(under('ApplicationName')).toEqual([JSON.stringify(nasty)]);
    expect(under('EnvironmentName')).toEqual([JSON.stringify(`-${nasty}`)]);
    expect(under('EnvironmentNames')).toEqual([JSON.stringify([`-${nasty}`])]);
    expect(under('stageName')).toEqual([JSON.stringify(nasty)]);
    expect(under('VersionLabel')).toEqual([JSON.stringify(nasty), '"chosen"']);
  });
});

function action(name: string, kind: PipelineAction['kind'], runOrder: number, beanstalkEnvironment?: string): PipelineAction {
  return { name, kind, runOrder, provider: '', ...(beanstalkEnvironment !== undefined && { beanstalkEnvironment }) };
}

describe('the approvals in front of a deploy', () => {
  const prod = action('DeployProd', 'deploy', 2, 'shop-prod');
  const pipeline: Pipeline = {
    name: 'shop', mode: 'SUPERSEDED', version: 1,
    stages: [
      { name: 'Build', actions: [action('Legal', 'approval', 1)] },
      { name: 'Dev', actions: [action('DeployDev', 'deploy', 1, 'shop-dev')] },
      { name: 'Ask', actions: [action('Owner', 'approval', 1)] },
      { name: 'Prod', actions: [prod, action('Team', 'approval', 1), action('After', 'approval', 3)] },
    ],
  };

  it('are those behind the deploy to another environment, in the order in which they are asked', () => {
    expect(approvalsBefore(pipeline, prod)).toEqual([{ stage: 'Ask', action: 'Owner' }, { stage: 'Prod', action: 'Team' }]);
  });
});

describe('what is told of a closed transition', () => {
  const id = '00000000-0000-4000-8000-000000000000';

  it('says by the reason whose it is', () => {
    expect(whose(barrierReason({ id, kind: 'lock' }, 'prod'))).toMatch(/^By its words Jack’s, .*lock: ask its holder/);
    expect(whose(barrierReason({ id, kind: 'freeze' }, 'prod'))).toMatch(/freeze/);
    expect(whose(holdReason({ id, number: 12 }, 'shop-prod'))).toMatch(/release 12/);
    expect(whose('Held by hand while Jack is away')).toBe('Not Jack’s: ask who closed it.');
    expect(whose(`Jack lock of prod (lock ${id}) no`)).toBe('Not Jack’s: ask who closed it.');
  });

  it('says that this is read from words, where they are Jack’s', () => {
    const way = { pipeline: 'shop', stage: 'Prod', by: 'mallory', reason: holdReason({ id, number: 12 }, 'shop-prod') };
    expect(closedLines([way])).toEqual([
      `Closed: the way into shop / Prod by mallory: “Jack release 12 works on shop-prod (hold ${id})”. By its words Jack’s, for release 12: free it once the environment is Ready and runs what you want.`,
      'Whose that is was read from the words of the reason, which anybody can write: where the name behind “by” is not Jack’s, ask that one before you open anything.',
    ]);
    expect(closedLines([way, way])).toHaveLength(3);
    expect(closedLines([{ ...way, reason: 'audit' }])).toEqual(['Closed: the way into shop / Prod by mallory: “audit”. Not Jack’s: ask who closed it.']);
    expect(closedLines([])).toEqual([]);
  });

  it('has nothing that a terminal obeys', () => {
    expect(plain('a\u001b[2Jb\nc\u202Ed')).toBe('a [2Jb c d');
  });
});

function print(...args: readonly string[]): Promise<string> {
  return byHandText(args, process.env);
}

describe('jack by-hand without AWS', () => {
  let folder: string;
  const before = { ...process.env };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'by-hand-'));
    const people = 'people: { owners: [U0OLIVE001] }';
    writeFileSync(join(folder, 'jack.yml'), `apps:\n  - { name: shop, channel: C0SHOP0001, region: eu-west-1, role: "arn:aws:iam::123456789012:role/jack", application: the-shop, pipelines: [shop-main], ${people}, environments: { dev: {}, prod: { beanstalk: shop-live } } }\n  - { name: api, channel: C0API00001, region: us-east-1, ${people} }\n`);
    // Nobody listens there.
    Object.assign(process.env, { JACK_CONFIG: join(folder, 'jack.yml'), AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'not-to-be-printed' });
  });

  afterAll(() => {
    process.env = before;
    rmSync(folder, { recursive: true });
  });

  it('prints what jack.yml alone tells, and what nobody could look up', async () => {
    const text = await print('shop', 'prod');
    expect(text).toMatch(/The app could not be looked up, so this is what jack\.yml alone tells\. .*ECONNREFUSED/);
    expect(text).toContain('Not known: STAGE, DEPLOY, APPROVAL_STAGE, APPROVAL, SOURCE.');
    expect(text).toContain('The app is in account 123456789012');
    expect(text).toMatch(/aws elasticbeanstalk update-environment --region eu-west-1 --application-name the-shop \\\n +--environment-name shop-live --version-label "\$LABEL"/);
    expect(text).toMatch(/disable-stage-transition --region eu-west-1 --pipeline-name shop-main --stage-name "\$STAGE"/);
    expect(text).not.toContain('not-to-be-printed');
  });

  it('takes a Beanstalk name that is not written for unknown', async () => {
    expect(await print('shop', 'dev')).toContain('--environment-names "$ENVIRONMENT"');
    expect(await print('api', 'whatever')).toContain('Not known: ENVIRONMENT, PIPELINE, STAGE');
  });

  it('prints every environment of the file when none is named', async () => {
    const text = await print();
    expect([...text.matchAll(/^(\w+ → .+) \(/gm)].map(([, name]) => name)).toEqual(['shop → dev', 'shop → prod', 'api → an environment']);
  });

  it.each([
    [['shp'], 'There is no app "shp" (did you mean shop?). There are: shop, api.'],
    [['shop', 'prd'], 'There is no environment of shop "prd" (did you mean prod?). There are: dev, prod. AWS, which may know more, does not answer.'],
    [['shop', 'prod', 'now'], 'jack by-hand takes an app and an environment, and no more: jack by-hand [app] [environment].'],
    [['--help'], 'jack by-hand takes an app and an environment, and no more: jack by-hand [app] [environment].'],
  ])('refuses %j', async (args, words) => {
    await expect(print(...args)).rejects.toThrow(words);
  });
});
