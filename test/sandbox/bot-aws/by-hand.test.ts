import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { byHandText } from '../../../src/cli/by-hand.ts';
import { bash, shellWithStandIn, type Shell } from '../../support/command-line/shell.ts';
import { newestSdk, type Ask } from '../support/aws-clients.ts';
import { awsSandbox, eventually, type Answer, type AwsSandbox } from '../support/aws-sandbox.ts';

let aws: AwsSandbox;
let ask: Ask;
let standIn: Shell;
let folder: string;
const before = { ...process.env };

beforeAll(async () => {
  aws = await awsSandbox(200);
  ask = newestSdk(aws.config);
  standIn = await shellWithStandIn(ask);
  folder = mkdtempSync(join(tmpdir(), 'by-hand-'));
  const apps = ['shop', 'api'].map((name) => `  - { name: ${name}, channel: C0SHOP0001, region: us-east-1, people: { owners: [U0OLIVE001] } }\n`);
  writeFileSync(join(folder, 'jack.yml'), `apps:\n${apps.join('')}`);
  const { credentials, endpoint } = aws.config;
  Object.assign(process.env, { JACK_CONFIG: join(folder, 'jack.yml'), AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey });
});

afterAll(async () => {
  process.env = before;
  await standIn.stop();
  await aws.running.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => aws.door('POST', 'reset', { speed: 200 }));

/** The lines of each step under a heading, as somebody copies them. */
function blocks(text: string, heading: string): readonly string[] {
  const [, after = ''] = text.split(`\n${heading}\n`);
  const [section = ''] = after.split(/\n(?=[A-Z][A-Z ,:?]+\n)/);
  return section.split(/\n\n/).map((step) => step.split('\n').filter((line) => line.startsWith('    ')).map((line) => line.slice(4)).join('\n')).filter((block) => block !== '');
}

async function printed(...words: readonly string[]): Promise<string> {
  return byHandText(words, process.env);
}

const pipelineState = async (name: string): Promise<Answer> => ask('codepipeline', 'GetPipelineState', { name });
const stageOf = async (name: string, stage: string): Promise<Answer> => (await pipelineState(name)).stageStates.find((one: Answer) => one.stageName === stage);
const environment = async (name: string): Promise<Answer> => (await ask('elasticbeanstalk', 'DescribeEnvironments', { EnvironmentNames: [name] })).Environments[0];
const execution = async (pipelineName: string, pipelineExecutionId: string): Promise<Answer> => (await ask('codepipeline', 'GetPipelineExecution', { pipelineName, pipelineExecutionId })).pipelineExecution;

async function begin(name: string): Promise<string> {
  return (await ask('codepipeline', 'StartPipelineExecution', { name })).pipelineExecutionId;
}

function asks(name: string, stage: string): Promise<Answer> {
  return eventually(async () => {
    const { stageStates } = await pipelineState(name);
    return stageStates.find((one: Answer) => one.stageName === stage)?.actionStates.find((one: Answer) => one.latestExecution?.token);
  });
}

/** An execution of a PARALLEL pipeline asks where only its actions tell. */
function asksInParallel(name: string, id: string): Promise<Answer> {
  return eventually(async () => {
    const { actionExecutionDetails } = await ask('codepipeline', 'ListActionExecutions', { pipelineName: name, filter: { pipelineExecutionId: id } }).catch(() => ({ actionExecutionDetails: [] }));
    return actionExecutionDetails.find((one: Answer) => one.actionName === 'Approve' && one.status === 'InProgress');
  });
}

function hasCli(): boolean {
  try {
    return execFileSync('aws', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).startsWith('aws-cli');
  } catch (problem) {
    if (typeof problem === 'object' && problem !== null && 'code' in problem) return false;
    throw problem;
  }
}

/** The command line itself is one client more where this machine has it. It takes seconds, so it gets no waiters. */
const shells: readonly (readonly [string, () => Shell])[] = [
  ['the SDK behind a stand-in', () => standIn],
  ...(hasCli() ? [['the aws command line', () => ({ run: (script: string) => bash(script), stop: async () => undefined })] as const] : []),
];

describe.each(shells)('the lines of jack by-hand, through %s,', (_name, shell) => {
  it('approve the execution that asks', async () => {
    const id = await begin('shop');
    await asks('shop', 'Prod');
    const text = await printed('shop', 'prod');
    expect(text).toContain(`On its way in shop: ${id}`);
    const [which = '', token = '', yes = ''] = blocks(text, 'APPROVE OR REJECT');
    expect(which).toContain(`EXECUTION=${id}\n`);
    const ended = await shell().run([which, token, yes].join('\n'));
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect((await stageOf('shop', 'Prod')).actionStates[0].latestExecution).toMatchObject({ status: 'Succeeded', summary: 'Approved by hand while Jack was away' });
  }, 30_000);

  it('approve one of a PARALLEL pipeline by its own token', async () => {
    const one = await begin('api');
    await asksInParallel('api', one);
    const other = await begin('api');
    await asksInParallel('api', other);
    const [which = '', brings = '', token = '', yes = ''] = blocks(await printed('api', 'prod'), 'APPROVE OR REJECT');
    expect(which).toMatch(/\nEXECUTION=$/);
    const list = await shell().run(which);
    expect(list.out).toContain(one);
    expect(list.out).toContain(other);
    expect(await shell().run([`EXECUTION=${one}`, brings, token, yes].join('\n'))).toMatchObject({ code: 0, err: '' });
    expect((await asksInParallel('api', other)).status).toBe('InProgress');
    const { actionExecutionDetails } = await ask('codepipeline', 'ListActionExecutions', { pipelineName: 'api', filter: { pipelineExecutionId: one } });
    expect(actionExecutionDetails.find((action: Answer) => action.actionName === 'Approve').status).toBe('Succeeded');
  }, 60_000);

  it('hold the way in and free it again', async () => {
    const text = await printed('shop', 'prod');
    const [look = '', close = ''] = blocks(text, 'HOLD: LET NOTHING IN');
    expect(await shell().run(`${look}\n${close}`)).toMatchObject({ code: 0, err: '' });
    expect((await stageOf('shop', 'Prod')).inboundTransitionState).toMatchObject({ enabled: false, disabledReason: 'Held by hand while Jack is away' });
    expect(await printed('shop', 'prod')).toContain('“Held by hand while Jack is away”. Not Jack’s: ask who closed it.');
    const [whose = '', open = ''] = blocks(text, 'FREE: LET IT IN AGAIN');
    expect((await shell().run(whose)).out).toContain('Held by hand while Jack is away');
    expect(await shell().run(open)).toMatchObject({ code: 0, err: '' });
    expect((await stageOf('shop', 'Prod')).inboundTransitionState.enabled).toBe(true);
  }, 30_000);

  it('roll back to the version before, which jack has found', async () => {
    const running = (await environment('shop-prod')).VersionLabel;
    const steps = blocks(await printed('shop', 'prod'), 'ROLL BACK').filter((block) => !block.includes('abort-environment-update'));
    const label = /^LABEL=(\S+)$/m.exec(steps.join('\n'))?.[1];
    expect(label).toMatch(/^code-pipeline-/);
    expect(label).not.toBe(running);
    const upToUpdate = steps.slice(0, steps.findIndex((block) => block.includes('update-environment')) + 1);
    expect(await shell().run(upToUpdate.join('\n'))).toMatchObject({ code: 0, err: '' });
    await eventually(async () => {
      const { Status, VersionLabel } = await environment('shop-prod');
      return Status === 'Ready' && VersionLabel === label ? true : undefined;
    });
    const ended = await shell().run(steps.at(-1)?.split('\n').slice(2).join('\n') ?? '');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out.split(label ?? '-').length - 1).toBeGreaterThan(4);
    expect((await stageOf('shop', 'Prod')).inboundTransitionState.enabled).toBe(false);
  }, 60_000);
});

describe('the lines of jack by-hand', () => {
  it('reject it', async () => {
    const id = await begin('shop');
    await asks('shop', 'Prod');
    const [which = '', token = '', , no = ''] = blocks(await printed('shop', 'prod'), 'APPROVE OR REJECT');
    expect(await standIn.run([which, token, no].join('\n'))).toMatchObject({ code: 0, err: '' });
    await eventually(async () => ((await execution('shop', id)).status === 'Failed' ? true : undefined));
  }, 30_000);

  it('approve nothing when another execution asks by then', async () => {
    await begin('shop');
    await asks('shop', 'Prod');
    const [, token = '', yes = ''] = blocks(await printed('shop', 'prod'), 'APPROVE OR REJECT');
    const ended = await standIn.run(['EXECUTION=00000000-0000-4000-8000-000000000000', token, 'echo "token: $TOKEN"', yes].join('\n'));
    expect(ended.code).not.toBe(0);
    expect(ended.out).toContain('token: None');
    expect((await asks('shop', 'Prod')).latestExecution.status).toBe('InProgress');
  }, 30_000);

  it('start the pipeline for a commit, and stop that execution', async () => {
    const { commitId } = (await ask('codecommit', 'GetBranch', { repositoryName: 'shop', branchName: 'main' })).branch;
    const text = await printed('shop', 'prod');
    const [, , forCommit = ''] = blocks(text, 'START THE PIPELINE');
    const started = await standIn.run(`COMMIT=${commitId}\n${forCommit}`);
    expect(started).toMatchObject({ code: 0, err: '' });
    const id = started.out.trim();
    const [, , abandon = ''] = blocks(text, 'STOP AN EXECUTION');
    expect(await standIn.run(`EXECUTION=${id}\n${abandon}`)).toMatchObject({ code: 0, err: '' });
    const ended = await eventually(async () => {
      const found = await execution('shop', id).catch(() => undefined);
      return found?.status === 'Stopped' ? found : undefined;
    });
    expect(ended.trigger.triggerType).toBe('StartPipelineExecution');
  }, 30_000);

  it('deploy a version that was chosen, and nothing while none is', async () => {
    const [, update = ''] = blocks(await printed('shop', 'dev'), 'DEPLOY A VERSION THAT EXISTS');
    expect((await standIn.run(`LABEL=\n${update}`)).code).not.toBe(0);
    const { ApplicationVersions } = await ask('elasticbeanstalk', 'DescribeApplicationVersions', { ApplicationName: 'shop' });
    const running = (await environment('shop-dev')).VersionLabel;
    const label = ApplicationVersions.find((one: Answer) => one.VersionLabel !== running).VersionLabel;
    expect(await standIn.run(`LABEL=${label}\n${update}`)).toMatchObject({ code: 0, err: '' });
    await eventually(async () => ((await environment('shop-dev')).VersionLabel === label ? true : undefined));
  }, 30_000);

  it('abort an update that runs', async () => {
    await aws.door('POST', 'reset', { speed: 20 });
    const { ApplicationVersions } = await ask('elasticbeanstalk', 'DescribeApplicationVersions', { ApplicationName: 'shop' });
    const running = (await environment('shop-prod')).VersionLabel;
    await ask('elasticbeanstalk', 'UpdateEnvironment', { EnvironmentName: 'shop-prod', VersionLabel: ApplicationVersions.find((one: Answer) => one.VersionLabel !== running).VersionLabel });
    await eventually(async () => ((await environment('shop-prod')).AbortableOperationInProgress ? true : undefined));
    const text = await printed('shop', 'prod');
    expect(text).toContain('what is at work can be aborted');
    const [look = '', abort = ''] = blocks(text, 'ABORT AN UPDATE');
    expect((await standIn.run(look)).out).toContain('"CanBeAborted": true');
    expect(await standIn.run(abort)).toMatchObject({ code: 0, err: '' });
    const { Events } = await ask('elasticbeanstalk', 'DescribeEvents', { EnvironmentName: 'shop-prod', MaxRecords: 50 });
    expect(Events.map((one: Answer) => one.Message)).toContainEqual(expect.stringMatching(/abort/i));
    expect((await environment('shop-prod')).Status).toBe('Ready');
  }, 30_000);

  it('say why a build failed, with the end of its log', async () => {
    await aws.door('POST', 'mishaps', { id: 'tests-failed', place: 'shop-build' });
    const id = await begin('shop');
    await eventually(async () => ((await execution('shop', id).catch(() => undefined))?.status === 'Failed' ? true : undefined));
    const [, , failed = '', build = ''] = blocks(await printed('shop', 'prod'), 'WHY DID IT FAIL?');
    const ended = await standIn.run(`EXECUTION=${id}\n${failed}\n${build}`);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('npm test');
    expect(ended.out).toMatch(/Tests:|FAIL/);
  }, 60_000);
});

describe('jack by-hand', () => {
  it('prints a part for each app and environment, with everything looked up', async () => {
    const text = await printed();
    expect([...text.matchAll(/^(\w+ → \w+) \(Beanstalk/gm)].map(([, name]) => name)).toEqual(['shop → dev', 'shop → prod', 'api → staging', 'api → prod']);
    expect(text).not.toContain('Could not be looked up');
  }, 30_000);

  it('leaves out what AWS denies, and says so', async () => {
    await aws.door('POST', 'aws/denied', { actions: ['codepipeline:ListPipelineExecutions'] });
    const text = await printed('shop', 'prod');
    expect(text).toMatch(/- Could not be looked up: executions of shop: .*codepipeline:ListPipelineExecutions/);
    expect(text).toContain('aws elasticbeanstalk update-environment --region us-east-1 --application-name shop');
  }, 30_000);

  it('prints no token and no secret', async () => {
    await begin('shop');
    const { latestExecution } = await asks('shop', 'Prod');
    const text = await printed('shop', 'prod');
    expect(text).not.toContain(latestExecution.token);
    expect(text).not.toContain('sandbox-secret');
  }, 30_000);
});
