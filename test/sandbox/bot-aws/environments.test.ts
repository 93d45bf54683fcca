import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { App } from '../../../src/domain/app.ts';
import type { ObservedOperation } from '../../../src/domain/observation.ts';
import type { Release } from '../../../src/domain/release.ts';
import type { EffectResult } from '../../../src/ports.ts';
import { newCall, onlyPipeline, startBotAws, startedId, until } from './start.ts';
import type { BotAws } from './start.ts';

let bot: BotAws;
let app: App;
beforeAll(async () => {
  bot = await startBotAws();
  app = await bot.app('shop');
}, 30_000);
afterAll(() => bot.stop());

async function otherLabel(environment: string): Promise<string> {
  const { label } = await bot.aws.observeEnvironment(app, environment);
  const other = (await bot.aws.versions(app)).find((version) => version.usable && version.label !== label);
  if (!other) throw new Error('there is only one version');
  return other.label;
}

function requestOf(result: EffectResult | undefined): string {
  if (result?.kind !== 'updating') throw new Error(`not updating: ${JSON.stringify(result)}`);
  return result.requestId;
}

function untilEnded(environment: string, requestId: string, since: number): Promise<ObservedOperation> {
  return until('the operation', async () => {
    const operation = await bot.aws.observeOperation(app, environment, { requestId, since });
    return operation?.outcome === 'running' ? undefined : operation;
  });
}

async function untilReady(environment: string): Promise<void> {
  await until('Ready', async () => ((await bot.aws.observeEnvironment(app, environment)).status === 'Ready' ? true : undefined));
}

const release = { environment: 'prod' } as Release;

describe('an update over the wire', () => {
  it('is followed by its request id from the first event to the last', async () => {
    const label = await otherLabel('shop-prod');
    const effect = { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label } as const;
    const call = newCall();
    expect(await bot.aws.findEffect(app, effect, call)).toBeUndefined();
    const requestId = requestOf(await bot.aws.perform(app, effect, call));
    expect(await bot.aws.findEffect(app, effect, call)).toMatchObject({ kind: 'updating', requestId });
    expect(await bot.aws.perform(app, { ...effect, label: 'another' }, newCall())).toMatchObject({ kind: expect.stringMatching(/busy|refused/) });
    const ended = await untilEnded('shop-prod', requestId, call.t0);
    expect(ended).toMatchObject({ requestId, kind: 'application', label, outcome: 'succeeded', aborted: false, revertedByBeanstalk: false });
    expect(ended.events[0]?.message).toBe('Environment update is starting.');
    expect(await bot.aws.observeOperation(app, 'shop-prod', { since: call.t0, label })).toMatchObject({ requestId });
    await untilReady('shop-prod');
    expect((await bot.aws.observeEnvironment(app, 'shop-prod')).label).toBe(label);
  }, 30_000);

  it('whose answer was lost is found by its label, and a repeat does not start a second', async () => {
    const effect = { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: await otherLabel('shop-prod') } as const;
    const call = newCall();
    await bot.door('/faults', { service: 'elasticbeanstalk', operation: 'UpdateEnvironment', when: 'after', fault: { kind: 'drop' }, times: 1 });
    await expect(bot.aws.perform(app, effect, call)).rejects.toMatchObject({ unknownOutcome: true });
    const requestId = requestOf(await bot.aws.perform(app, effect, call));
    expect(requestOf(await bot.aws.findEffect(app, effect, call))).toBe(requestId);
    await untilEnded('shop-prod', requestId, call.t0);
    await untilReady('shop-prod');
  }, 30_000);

  it('that somebody else began is not the one that a lost abort was for', async () => {
    const first = { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: await otherLabel('shop-prod') } as const;
    const requestId = requestOf(await bot.aws.perform(app, first, newCall()));
    const abort = { kind: 'abort-update', beanstalkEnvironment: 'shop-prod', requestId } as const;
    const call = newCall();
    expect(await bot.aws.findEffect(app, abort, call)).toBeUndefined();
    await untilEnded('shop-prod', requestId, call.t0);
    await untilReady('shop-prod');
    const next = newCall();
    const another = requestOf(await bot.aws.perform(app, { ...first, label: await otherLabel('shop-prod') }, next));
    expect(await bot.aws.findEffect(app, abort, call)).toMatchObject({ kind: 'overtaken', text: 'another update of the environment has begun since' });
    await untilEnded('shop-prod', another, next.t0);
    await untilReady('shop-prod');
  }, 30_000);

  it('that was aborted says so', async () => {
    const effect = { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: await otherLabel('shop-prod') } as const;
    const call = newCall();
    const requestId = requestOf(await bot.aws.perform(app, effect, call));
    const abort = { kind: 'abort-update', beanstalkEnvironment: 'shop-prod' } as const;
    await until('abortable', async () => ((await bot.aws.observeEnvironment(app, 'shop-prod')).abortable ? true : undefined));
    expect(await bot.aws.perform(app, abort, call)).toEqual({ kind: 'done', awsRequestId: expect.any(String) });
    expect(await bot.aws.findEffect(app, abort, call)).toEqual({ kind: 'done' });
    expect(await untilEnded('shop-prod', requestId, call.t0)).toMatchObject({ outcome: 'failed', aborted: true });
    await untilReady('shop-prod');
    expect(await bot.aws.perform(app, abort, newCall())).toMatchObject({ kind: 'overtaken' });
  }, 30_000);

  it('to a version that does not exist is refused in Beanstalk\'s words', async () => {
    const effect = { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'no-such-version' } as const;
    expect(await bot.aws.perform(app, effect, newCall())).toMatchObject({ kind: 'refused', text: expect.stringContaining('no-such-version') });
  });

  it('of an environment that is gone is told as terminated, and keeps nothing else from being read', async () => {
    expect(await bot.aws.observeEnvironment(app, 'shop-qa')).toMatchObject({ beanstalkEnvironment: 'shop-qa', status: 'Terminated', abortable: false });
  });

  it('of an environment with basic health is followed without its instances', async () => {
    await bot.door('/faults', { service: 'elasticbeanstalk', operation: 'DescribeInstancesHealth', when: 'before', fault: { kind: 'error', code: 'InvalidRequestException', message: 'DescribeInstancesHealth is not supported.', status: 400 }, times: 1 });
    const environment = await bot.aws.observeEnvironment(app, 'shop-dev');
    expect(environment).not.toHaveProperty('instances');
    expect(environment.label).toBeDefined();
  });

  it('that is denied names the permission', async () => {
    await bot.door('/faults', { service: 'elasticbeanstalk', operation: 'UpdateEnvironment', when: 'before', fault: { kind: 'error', code: 'AccessDenied', message: 'User: arn:aws:iam::123456789012:user/jack is not authorized to perform: elasticbeanstalk:UpdateEnvironment', status: 403 }, times: 1 });
    const effect = { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: await otherLabel('shop-prod') } as const;
    expect(await bot.aws.perform(app, effect, newCall())).toMatchObject({ kind: 'refused', text: expect.stringContaining('Allow elasticbeanstalk:UpdateEnvironment') });
  });
});

describe('a failure over the wire', () => {
  it('of a deploy quotes Beanstalk\'s errors', async () => {
    await bot.door('/mishaps', { id: 'deploy-hook-failed', place: 'shop-prod', times: 1 });
    const call = newCall();
    const requestId = requestOf(await bot.aws.perform(app, { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: await otherLabel('shop-prod') }, call));
    const operation = await untilEnded('shop-prod', requestId, call.t0);
    expect(operation.outcome).toBe('failed');
    await untilReady('shop-prod');
    const environment = await bot.aws.observeEnvironment(app, 'shop-prod');
    const failure = await bot.aws.gatherFailure(app, release, { operation, environment });
    expect(failure.cause).not.toBe('Failed to deploy application.');
    expect(failure.events?.some((event) => event.severity === 'ERROR')).toBe(true);
    expect(failure.links.map(({ label }) => label)).toEqual(['Events of prod']);
  }, 30_000);

  it('of a build quotes the phase, the command and the lines before it', async () => {
    await bot.door('/mishaps', { id: 'build-command-failed', place: 'shop-build', times: 1 });
    const pipeline = onlyPipeline(app);
    const executionId = startedId(await bot.aws.perform(app, { kind: 'start-execution', pipeline: pipeline.name }, newCall()));
    const execution = await until('the failure', async () => {
      const seen = await bot.aws.observeExecution(app, pipeline, executionId);
      return seen?.status === 'Failed' ? seen : undefined;
    });
    const failure = await bot.aws.gatherFailure(app, release, { execution });
    expect(failure).toMatchObject({ stage: 'Build', action: 'Build' });
    expect(failure.cause).toContain('npm run build');
    expect(failure.logTail?.at(-1)).toContain('Command did not exit successfully npm run build');
    expect(failure.logTail?.length).toBeLessThanOrEqual(15);
    expect(failure.links.map(({ label }) => label)).toEqual(['Build log', 'CloudWatch log', 'Execution']);
  }, 30_000);
});

describe('alarms over the wire', () => {
  it('are as they are now, in the order asked and without those that nobody knows', async () => {
    const many = Array.from({ length: 130 }, (_, index) => `nobody-${index}`);
    const names = ['shop-prod-latency', ...many, 'shop-prod-5xx'];
    expect(await bot.aws.alarms(app, names)).toEqual([{ name: 'shop-prod-latency', state: 'OK' }, { name: 'shop-prod-5xx', state: 'OK' }]);
    expect(await bot.aws.alarms(app, [])).toEqual([]);
  });
});
