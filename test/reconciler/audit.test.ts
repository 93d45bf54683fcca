import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { verifyAudit } from '../../src/domain/auditing/verify.ts';
import type { EffectResult } from '../../src/ports.ts';
import { settleIntent } from '../../src/reconciler/apply.ts';
import { ADA, aRelease, GRACE, LINUS, OLIVE, SHOP, T0 } from '../support/world/builders.ts';
import { aWorld, quiet, RHYTHM, types, work, type FakeWorld } from '../support/world/fake-world.ts';
import { approves, untilOver } from '../support/world/people.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const linesOf = (world: FakeWorld) => world.store.auditLines({ limit: 999 });

describe('the audit of a release', () => {
  it('has each call that changed something, for whom it was made, and the end', async () => {
    const world = aWorld();
    await types(world, '/deploy prod because it is time');
    await approves(world);
    await untilOver(world);
    const lines = await linesOf(world);
    const on = { app: 'shop', environment: 'prod', release: 1 };
    const told = lines.filter(({ what }) => what.startsWith('aws.') || what === 'release.end');
    expect(told).toMatchObject([
      { what: 'aws.start-execution', who: ADA, on, outcome: 'done', detail: expect.stringMatching(/^shop-pipeline.*execution execution-1$/) },
      { what: 'aws.answer-approval', who: GRACE, on: { ...on, approval: expect.any(String) }, outcome: 'done', detail: 'shop-pipeline/Prod/Approve approved' },
      { what: 'release.end', who: 'jack', on, outcome: 'done', detail: expect.stringMatching(/^live/) },
    ]);
    expect(verifyAudit(lines, sha256)).toMatchObject({ ok: true });
  });

  it('has who asked at the transition too that it holds and frees: the same person as the session in AWS', async () => {
    const world = aWorld();
    world.account.addVersion('v2', '2'.repeat(40));
    await types(world, '/deploy prod@v2');
    await approves(world);
    await untilOver(world);
    const who = (await linesOf(world)).filter(({ what }) => what.endsWith('-transition') || what === 'aws.update-environment').map((line) => [line.what, line.who]);
    expect(who).toEqual([['aws.hold-transition', ADA], ['aws.update-environment', ADA], ['aws.free-transition', ADA]]);
    expect(world.aws.calls.map(({ effect, call }) => [`aws.${effect.kind}`, call.by])).toEqual(who);
  });

  it('has who asked for it, who joined, and who wished it to stop', async () => {
    const world = aWorld();
    await types(world, '/deploy prod because it is time');
    await work(world);
    await types(world, '/deploy prod because I want it too', LINUS);
    await types(world, '/deploy prod because I want it too', LINUS);
    await work(world);
    await types(world, '/deploy cancel #1', GRACE);
    await untilOver(world);
    const on = { app: 'shop', environment: 'prod', release: 1 };
    expect((await linesOf(world)).filter(({ what }) => what.startsWith('release.'))).toMatchObject([
      { what: 'release.request', who: ADA, on, rule: 'role:contributor', detail: expect.stringMatching(/^deploy of .+ through shop-pipeline: because it is time$/) },
      { what: 'release.adopt', who: LINUS, on, detail: 'because I want it too' },
      { what: 'release.cancel', who: GRACE, on },
      { what: 'release.end', who: 'jack', on, detail: expect.stringMatching(/^cancelled/) },
    ]);
  });

  it('names the role by which they might', async () => {
    const world = aWorld();
    await types(world, '/deploy prod', OLIVE);
    await work(world);
    await types(world, '/deploy prod', ADA);
    await types(world, '/deploy cancel #1', OLIVE);
    await work(world);
    expect((await linesOf(world)).filter(({ what }) => /^release\.(request|adopt|cancel)$/.test(what)).map(({ what, who, rule }) => [what, who, rule])).toEqual([
      ['release.request', OLIVE, 'role:owner'],
      ['release.adopt', ADA, 'role:contributor'],
      ['release.cancel', OLIVE, 'role:owner'],
    ]);
  });

  it('that nobody typed has where it came from', async () => {
    const world = aWorld();
    await world.store.setNote('pipeline-seen:shop/shop-pipeline', String(T0 - 1));
    const [pipeline] = world.app.pipelines;
    if (!pipeline) throw new Error('shop has a pipeline');
    world.account.start(pipeline, { type: 'Webhook' });
    await world.store.nudge('pipeline:shop/shop-pipeline', T0);
    await work(world);
    expect((await linesOf(world)).filter(({ what }) => what === 'release.found')).toMatchObject([
      { who: 'jack', on: { app: 'shop', environment: 'prod', release: 1 }, detail: 'push: shop-pipeline execution execution-1' },
    ]);
  });

  it('tells of an attempt once that ends without AWS', async () => {
    const world = aWorld();
    world.account.mishaps.failing.add('Build/Build');
    await types(world, '/deploy dev');
    await untilOver(world);
    expect((await linesOf(world)).filter(({ what }) => what === 'release.end')).toMatchObject([{ detail: expect.stringMatching(/^failed/) }]);
  });
});

/** What is audited of an update to which AWS answers so; `found`: it had happened before. */
async function settled(result: EffectResult, found?: EffectResult) {
  const world = aWorld();
  const intent = { effect: { kind: 'update-environment', beanstalkEnvironment: 'shop-prod', label: 'v2' }, t0: T0, by: ADA } as const;
  const { number: _number, version: _version, ...wanted } = aRelease({ channel: SHOP, route: { kind: 'version', label: 'v2' }, intent });
  const { release } = await world.store.addRelease(wanted);
  const answer = await world.store.claim('test', world.clock.now(), 60_000);
  if (!('claim' in answer)) throw new Error('nothing is due');
  const answering = { ...world, aws: { ...world.aws, perform: async () => result, findEffect: async () => found } };
  const run = { world: answering, log: quiet, claim: answer.claim, rhythm: RHYTHM, recovering: found !== undefined };
  await settleIntent(release, world.app, run);
  return (await linesOf(world)).filter(({ what }) => what === 'aws.update-environment');
}

describe('a call that changes something', () => {
  it.each<readonly [string, EffectResult, object]>([
    ['that AWS took', { kind: 'updating', requestId: 'r-1', at: T0, awsRequestId: 'r-1' }, { outcome: 'done', detail: 'shop-prod to v2', awsRequestId: 'r-1', who: ADA }],
    ['that AWS refused', { kind: 'refused', text: 'User: <jack> is not authorized', awsRequestId: 'r-2' }, { outcome: 'refused', detail: 'shop-prod to v2: User: <jack> is not authorized', awsRequestId: 'r-2' }],
    ['that came too late', { kind: 'overtaken', text: 'nothing to update' }, { outcome: 'refused', detail: 'shop-prod to v2: nothing to update' }],
  ])('%s is one line, with its words and its request', async (_what, result, line) => {
    expect(await settled(result)).toMatchObject([line]);
  });

  it('that had happened before a crash is told as that', async () => {
    const found = { kind: 'updating', requestId: 'r-1', at: T0 } as const;
    expect(await settled({ kind: 'refused', text: 'never asked' }, found)).toMatchObject([{ outcome: 'done', detail: 'shop-prod to v2: had happened already' }]);
  });

  it('to which AWS says that it is busy is no line: it is made again', async () => {
    expect(await settled({ kind: 'busy', text: 'Must be Ready.' })).toEqual([]);
  });
});
