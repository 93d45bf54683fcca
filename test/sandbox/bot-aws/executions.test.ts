import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barrierIn, barrierReason } from '../../../src/domain/barriers/barriers.ts';
import { holdReason } from '../../../src/domain/effect.ts';
import type { ObservedAction, ObservedExecution } from '../../../src/domain/observation.ts';
import { actionNamed, newCall, onlyPipeline, startBotAws, startedId, until } from './start.ts';
import type { BotAws } from './start.ts';

let bot: BotAws;
beforeAll(async () => { bot = await startBotAws(); }, 30_000);
afterAll(() => bot.stop());

async function startAndWait(application: string): Promise<{ readonly executionId: string; readonly approval: ObservedAction; readonly execution: ObservedExecution }> {
  const app = await bot.app(application);
  const pipeline = onlyPipeline(app);
  const executionId = startedId(await bot.aws.perform(app, { kind: 'start-execution', pipeline: pipeline.name }, newCall()));
  return until('the approval', async () => {
    const execution = await bot.aws.observeExecution(app, pipeline, executionId);
    const approval = execution?.stages.flatMap((stage) => stage.actions).find((action) => action.token !== undefined);
    return execution && approval && { executionId, approval, execution };
  });
}

async function untilOver(application: string, executionId: string): Promise<ObservedExecution> {
  const app = await bot.app(application);
  return until('the end', async () => {
    const execution = await bot.aws.observeExecution(app, onlyPipeline(app), executionId);
    return execution?.status === 'InProgress' || execution?.status === 'Stopping' ? undefined : execution;
  });
}

async function stop(application: string, executionId: string): Promise<void> {
  const app = await bot.app(application);
  await bot.aws.perform(app, { kind: 'stop-execution', pipeline: onlyPipeline(app).name, executionId, abandon: true, reason: 'tidy' }, newCall());
}

describe('an execution over the wire', () => {
  it('is seen from its start over the approval to the deploy, with labels and authors', async () => {
    const app = await bot.app('shop');
    const { executionId, approval, execution } = await startAndWait('shop');
    expect(approval.name).toBe('ApproveProd');
    expect(execution.trigger).toEqual({ type: 'StartPipelineExecution', detail: expect.stringContaining('user/jack') });
    expect(execution.revisions[0]).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{40}$/), author: { name: expect.any(String) }, sourceAction: 'Source' });
    const effect = { kind: 'answer-approval', approvalId: 'a', pipeline: 'shop', stage: 'Prod', action: 'ApproveProd', token: approval.token ?? '', approved: true, summary: 'Approved by grace (Jack release 7, approval a)' } as const;
    const call = newCall();
    expect(await bot.aws.findEffect(app, effect, call)).toBeUndefined();
    expect(await bot.aws.perform(app, effect, call)).toEqual({ kind: 'done', awsRequestId: expect.any(String) });
    expect(await bot.aws.perform(app, effect, call)).toEqual({ kind: 'done', awsRequestId: expect.any(String) });
    expect(await bot.aws.perform(app, { ...effect, summary: 'Approved by linus' }, call)).toMatchObject({ kind: 'overtaken' });
    const over = await untilOver('shop', executionId);
    expect(over.status).toBe('Succeeded');
    expect(actionNamed(over, 'ApproveProd')).toMatchObject({ summary: 'Approved by grace (Jack release 7, approval a)', updatedBy: expect.stringContaining('user/jack') });
    const { label } = actionNamed(over, 'DeployProd') ?? {};
    expect(label).toMatch(/^code-pipeline-\d{13}-/);
    expect(label).not.toBe(actionNamed(over, 'DeployDev')?.label);
    const environment = await bot.aws.observeEnvironment(app, 'shop-prod');
    expect(environment).toMatchObject({ label, status: 'Ready' });
    expect(new Set(environment.instances?.map((instance) => instance.label))).toEqual(new Set([label]));
    expect(await bot.aws.revisionOfLabel(app, label ?? '')).toMatchObject({ id: over.revisions[0]?.id, label });
    expect((await bot.aws.pastDeploys(app, 'shop-prod'))[0]).toMatchObject({ label, revision: { id: over.revisions[0]?.id } });
  }, 40_000);

  it('of a PARALLEL pipeline is answered by the external execution id', async () => {
    const app = await bot.app('api');
    const { executionId, approval, execution } = await startAndWait('api');
    expect(execution.revisions[0]?.url).toMatch(/^https:\/\/github\.com\/acme\/api\/commit\//);
    const effect = { kind: 'answer-approval', approvalId: 'a', pipeline: 'api', stage: 'Approve', action: approval.name, token: approval.token ?? '', approved: false, summary: 'Rejected by grace (Jack release 8, approval a)' } as const;
    expect(await bot.aws.perform(app, effect, newCall())).toEqual({ kind: 'done', awsRequestId: expect.any(String) });
    const over = await untilOver('api', executionId);
    expect(over.status).toBe('Failed');
    expect(actionNamed(over, approval.name)).toMatchObject({ status: 'Failed' });
    expect(await bot.aws.findEffect(app, effect, newCall())).toEqual({ kind: 'done' });
  }, 40_000);

  it('is found again when the answer to its start was lost, and never started twice', async () => {
    const app = await bot.app('shop');
    const effect = { kind: 'start-execution', pipeline: 'shop' } as const;
    const call = newCall();
    await bot.door('/faults', { service: 'codepipeline', operation: 'StartPipelineExecution', when: 'after', fault: { kind: 'drop' }, times: 1 });
    await expect(bot.aws.perform(app, effect, call)).rejects.toMatchObject({ unknownOutcome: true, retryable: true });
    const repeated = await bot.aws.perform(app, effect, call);
    const found = await until('the execution', async () => {
      const effectFound = await bot.aws.findEffect(app, effect, call);
      return effectFound?.kind === 'started' && effectFound.executionId === startedId(repeated) ? effectFound : undefined;
    });
    expect((await bot.aws.recentExecutions(app, onlyPipeline(app))).filter((execution) => execution.startedAt >= call.t0)).toHaveLength(1);
    await stop('shop', startedId(found));
  }, 30_000);

  it('that somebody else started is not taken for Jack\'s own', async () => {
    const app = await bot.app('api');
    const call = newCall({ t0: Date.now() + 5_000, releaseNumber: 9 });
    await bot.door('/aws/console', { service: 'codepipeline', operation: 'StartPipelineExecution', input: { name: 'api' } });
    const foreign = await until('the execution', async () => (await bot.aws.recentExecutions(app, onlyPipeline(app), 5)).find((execution) => execution.trigger?.detail?.endsWith('user/olive')));
    expect(await bot.aws.findEffect(app, { kind: 'start-execution', pipeline: 'api' }, call)).toBeUndefined();
    await stop('api', foreign.id);
    await untilOver('api', foreign.id);
  }, 30_000);

  it('is stopped once, and a second wish finds it stopped', async () => {
    const app = await bot.app('api');
    const { executionId } = await startAndWait('api');
    const effect = { kind: 'stop-execution', pipeline: 'api', executionId, abandon: true, reason: 'Cancelled by ada' } as const;
    expect(await bot.aws.findEffect(app, effect, newCall())).toBeUndefined();
    expect(await bot.aws.perform(app, effect, newCall())).toEqual({ kind: 'done', awsRequestId: expect.any(String) });
    const over = await untilOver('api', executionId);
    expect(over).toMatchObject({ status: 'Stopped', stopReason: 'Cancelled by ada' });
    expect(await bot.aws.findEffect(app, effect, newCall())).toEqual({ kind: 'done' });
    expect(await bot.aws.perform(app, effect, newCall())).toMatchObject({ kind: 'overtaken' });
    const who = await until('CloudTrail', async () => (await bot.aws.observeExecution(app, onlyPipeline(app), executionId))?.stoppedBy);
    expect(who).toContain('user/jack');
  }, 30_000);

  it('that AWS does not know is undefined', async () => {
    const app = await bot.app('shop');
    expect(await bot.aws.observeExecution(app, onlyPipeline(app), '00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });
});

describe('a transition over the wire', () => {
  it('is held once and freed only by whom it was held', async () => {
    const app = await bot.app('shop');
    const hold = { kind: 'hold-transition', pipeline: 'shop', stage: 'Prod', reason: "Jack's lock #412: migration <now>" } as const;
    const free = { ...hold, kind: 'free-transition' } as const;
    expect(await bot.aws.findEffect(app, hold, newCall())).toBeUndefined();
    expect(await bot.aws.perform(app, hold, newCall())).toEqual({ kind: 'done', awsRequestId: expect.any(String) });
    expect(await bot.aws.findEffect(app, hold, newCall())).toEqual({ kind: 'done' });
    expect(await bot.aws.perform(app, { ...hold, reason: 'another' }, newCall())).toMatchObject({ kind: 'overtaken', text: 'Jack s lock 412 migration now' });
    expect(await bot.aws.perform(app, { ...free, reason: 'another' }, newCall())).toMatchObject({ kind: 'overtaken' });
    expect(await bot.aws.findEffect(app, free, newCall())).toBeUndefined();
    expect(await bot.aws.perform(app, free, newCall())).toEqual({ kind: 'done', awsRequestId: expect.any(String) });
    expect(await bot.aws.findEffect(app, free, newCall())).toEqual({ kind: 'done' });
  });
});

describe('a transition that a lock holds, over the wire', () => {
  it('is taken over from a release, by nobody from the lock, and says who changed it last', async () => {
    const app = await bot.app('shop');
    const at = { pipeline: 'shop', stage: 'Prod' } as const;
    const id = '00000000-0000-4000-8000-000000000412';
    const ofRelease = { ...at, reason: holdReason({ id, number: 412 }, 'shop_prod') };
    const ofLock = { ...at, reason: barrierReason({ id, kind: 'lock' }, 'pre_prod') };
    await bot.aws.perform(app, { kind: 'hold-transition', ...ofRelease }, newCall());
    expect(await bot.aws.perform(app, { kind: 'hold-transition', ...ofLock }, newCall())).toMatchObject({ kind: 'done' });
    const [held] = await bot.aws.disabledTransitions(app, onlyPipeline(app));
    expect(barrierIn(held?.reason ?? '')).toBe(id);
    expect(await bot.aws.lastChangedBy(app, onlyPipeline(app), 'Prod')).toBe(held?.by);
    for (const effect of [{ kind: 'hold-transition', ...ofRelease }, { kind: 'free-transition', ...ofRelease }] as const) {
      expect(await bot.aws.perform(app, effect, newCall())).toMatchObject({ kind: 'overtaken' });
    }
    expect(await bot.aws.perform(app, { kind: 'free-transition', ...ofLock }, newCall())).toMatchObject({ kind: 'done' });
    expect(await bot.aws.disabledTransitions(app, onlyPipeline(app))).toEqual([]);
  });
});

describe('a held transition of a PARALLEL pipeline', () => {
  it('shows in front of which stage the execution stands', async () => {
    const app = await bot.app('api');
    const pipeline = onlyPipeline(app);
    const [second] = pipeline.stages.slice(1);
    const hold = { kind: 'hold-transition', pipeline: 'api', stage: second?.name ?? '', reason: 'held by a test' } as const;
    await bot.aws.perform(app, hold, newCall());
    const executionId = startedId(await bot.aws.perform(app, { kind: 'start-execution', pipeline: 'api' }, newCall()));
    const held = await until('the hold', async () => (await bot.aws.observeExecution(app, pipeline, executionId))?.before);
    expect(held).toMatchObject({ stage: second?.name, disabled: { reason: 'held by a test' } });
    await stop('api', executionId);
    await bot.aws.perform(app, { ...hold, kind: 'free-transition' }, newCall());
  }, 30_000);
});

describe('a role to assume', () => {
  it('names the session after the person and the release, and by that alone an execution is Jack\'s own', async () => {
    const app = await bot.app('shop', { roleArn: 'arn:aws:iam::123456789012:role/jack' });
    const effect = { kind: 'start-execution', pipeline: 'shop' } as const;
    const call = newCall({ by: 'U0GRACE001', releaseNumber: 31 });
    const started = await bot.aws.perform(app, effect, call);
    const found = await until('the execution', () => bot.aws.findEffect(app, effect, call));
    expect(found).toEqual({ kind: 'started', executionId: startedId(started) });
    expect(await bot.aws.findEffect(app, effect, { ...call, releaseNumber: 32 })).toBeUndefined();
    expect((await bot.aws.observeExecution(app, onlyPipeline(app), startedId(started)))?.trigger?.detail).toBe('arn:aws:sts::123456789012:assumed-role/jack/U0GRACE001-r31');
    await stop('shop', startedId(started));
  }, 30_000);
});

describe('what ships, over the wire', () => {
  it('are CodeCommit\'s commits along first parents', async () => {
    const app = await bot.app('shop');
    const pipeline = onlyPipeline(app);
    const head = await bot.aws.sourceHead(app, pipeline);
    const [newest, older] = (await bot.aws.recentExecutions(app, pipeline)).flatMap((execution) => execution.revisions[0]?.id ?? []).filter((id, at, all) => all.indexOf(id) === at);
    expect(head).toMatchObject({ id: newest, author: { name: expect.any(String) } });
    const range = await bot.aws.commitsBetween(app, pipeline, older ?? '', newest ?? '');
    expect(range).toMatchObject({ truncated: false });
    expect(range?.commits[0]?.id).toBe(newest);
    expect(range?.count).toBe(range?.commits.length);
    expect(await bot.aws.commitsBetween(app, pipeline, newest ?? '', older ?? '')).toMatchObject({ count: 0, truncated: false });
  });

  it('of a connection are those that came through the pipeline, with a link to compare', async () => {
    const app = await bot.app('api');
    const pipeline = onlyPipeline(app);
    const ids = [...new Set((await bot.aws.recentExecutions(app, pipeline)).flatMap((execution) => execution.revisions[0]?.id ?? []))];
    expect(await bot.aws.sourceHead(app, pipeline)).toBeUndefined();
    const range = await bot.aws.commitsBetween(app, pipeline, ids[1] ?? '', ids[0] ?? '');
    expect(range).toMatchObject({ truncated: true, compareUrl: `https://github.com/acme/api/compare/${ids[1]}...${ids[0]}` });
    expect(range?.commits.map(({ id }) => id)).toEqual([ids[0]]);
  });
});
