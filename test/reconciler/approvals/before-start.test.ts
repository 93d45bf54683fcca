import { describe, expect, it } from '@jest/globals';
import type { App, Environment } from '../../../src/domain/app.ts';
import type { Pass, Release } from '../../../src/domain/release.ts';
import { decideApproval } from '../../../src/operations/decide-approval.ts';
import { ADA, anApp, anEnvironment, aPipeline, commit, GRACE, LINUS, OLIVE } from '../../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, pushes, rollsBack, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const policy = { from: [GRACE, LINUS], count: 1 };

/** A pipeline without any manual approval. */
function ungated(dev: Partial<Environment> = {}, prod: Partial<Environment> = { approval: policy }): App {
  const stages = aPipeline().stages.map((stage) => ({ ...stage, actions: stage.actions.filter((action) => action.kind !== 'approval') }));
  return anApp({ pipelines: [aPipeline({ stages })], environments: [anEnvironment('dev', { verifyMs: 0, ...dev }), anEnvironment('prod', prod)] });
}

const thread = (world: FakeWorld): string => transcript(world).join('\n');

describe('an environment whose pipeline has no approval before it', () => {
  it('is asked about before anything starts, and what was approved is what starts', async () => {
    const world = aWorld({ app: ungated() });
    await types(world, '/deploy prod');
    await openApproval(world);
    await pass(world, 3);
    expect(world.account.executions).toEqual([]);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'approval' });
    world.account.head = { id: commit('f'), summary: 'Came later', sourceAction: 'Source' };
    await approves(world);
    expect((await untilOver(world)).status).toBe('live');
    expect(world.account.executions.map(({ revision }) => revision.id)).toEqual([commit('a')]);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(thread(world)).toContain(`Approved by <@${GRACE}>`);
  });

  it.each(['GitHub', 'S3'])('is stopped where %s, which cannot be told what to start with, has something newer by then', async (provider) => {
    const app = ungated();
    const pipelines = app.pipelines.map((pipeline) => ({ ...pipeline, stages: pipeline.stages.map((stage) => ({ ...stage, actions: stage.actions.map((action) => (action.kind === 'source' ? { ...action, provider } : action)) })) }));
    const world = aWorld({ app: { ...app, pipelines } });
    await types(world, '/deploy prod');
    await openApproval(world);
    world.account.head = { id: commit('f'), summary: 'Came later', sourceAction: 'Source' };
    await approves(world);
    expect((await untilOver(world)).status).toBe('cancelled');
    expect(thread(world)).toContain('Asked for `aaaaaaa`, but CodePipeline is running `fffffff`');
    expect(world.account.entered.filter(({ door }) => door.endsWith('/Prod'))).toEqual([]);
  });

  it('says on the card that no commit is named, where the source does not tell its newest', async () => {
    const whole = aWorld({ app: ungated() });
    const world: FakeWorld = { ...whole, aws: { ...whole.aws, sourceHead: async () => undefined } };
    await types(world, '/deploy prod');
    await openApproval(world);
    expect(thread(world)).toContain('this names no commit: whatever is the newest there at the start ships');
    await approves(world);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('starts nothing after a no, and says who and why', async () => {
    const world = aWorld({ app: ungated() });
    await types(world, '/deploy prod');
    await fillsIn(world, 'reject', { reason: 'not before the sale' }, { approval: await openApproval(world) }, GRACE);
    const release = await untilOver(world);
    expect([release.status, release.outcome, world.account.executions]).toEqual(['rejected', 'not before the sale', []]);
  });

  it('asks for each environment on the way that wants it, one after the other', async () => {
    const world = aWorld({ app: ungated({ approval: { from: [OLIVE], count: 1 } }) });
    await types(world, '/deploy prod');
    await approves(world, OLIVE);
    await approves(world, GRACE);
    expect((await untilOver(world)).approvals.map(({ environment, state }) => [environment, state])).toEqual([['dev', 'confirmed'], ['prod', 'confirmed']]);
  });

  it('cannot hold a push: the thread says so, once', async () => {
    const world = aWorld({ app: ungated() });
    await pushes(world);
    await untilOver(world);
    expect(world.slack.messages.filter(({ message }) => message.text.includes('nothing holds it'))).toHaveLength(1);
  });

  it('hides nothing that somebody starts in the console while people think', async () => {
    const world = aWorld({ app: ungated() });
    await world.store.setNote('pipeline-seen:shop/shop-pipeline', '0');
    await types(world, '/deploy prod');
    await openApproval(world);
    const [pipeline] = world.app.pipelines;
    if (pipeline) world.account.start(pipeline, { type: 'StartPipelineExecution', detail: 'arn:aws:iam::123456789012:user/olive' });
    await world.store.nudge('pipeline:shop/shop-pipeline', world.clock.now());
    await pass(world, 2);
    expect(await newestRelease(world)).toMatchObject({ number: 2, origin: { kind: 'console', who: 'olive' } });
    expect((await world.store.releaseByNumber(1))?.waiting).toMatchObject({ for: 'approval' });
  });

  it('is asked for as many as jack.yml names now, also where the card asked for fewer', async () => {
    const world = aWorld({ app: ungated() });
    await types(world, '/deploy prod');
    const id = await openApproval(world);
    await decideApproval({ approvalId: id, user: GRACE, approves: true }, world);
    const app = ungated({}, { approval: { ...policy, count: 2 } });
    const stricter: FakeWorld = { ...world, app, apps: { ...world.apps, all: () => [app] } };
    await pass(stricter, 5);
    expect(world.account.executions).toEqual([]);
    expect((await newestRelease(world)).approvals).toMatchObject([{ id, state: 'open', policy: { count: 2 } }]);
    await approves(stricter, LINUS);
    expect((await untilOver(stricter)).status).toBe('live');
  });

  it('is asked again when its approver comes to ask for it before it starts', async () => {
    const world = aWorld({ app: ungated({}, { approval: { from: [GRACE, LINUS], count: 2 } }) });
    await types(world, '/deploy prod');
    await approves(world, GRACE);
    await work(world);
    await types(world, '/deploy prod', GRACE);
    await work(world);
    await approves(world, LINUS);
    await pass(world, 3);
    expect(world.account.executions).toEqual([]);
  });
});

describe('a rollback', () => {
  it('asks whom its own setting names, and nobody without one', async () => {
    const world = aWorld({ app: ungated({}, { approval: policy, rollbackApproval: { from: [OLIVE], count: 1 } }) });
    await rollsBack(world, '/rollback prod @v0');
    const id = await openApproval(world);
    await clicks(world, 'approval.approve', id, GRACE);
    await work(world);
    expect(world.slack.replies.findLast((reply) => reply.to.user === GRACE)?.text).toContain('not among the approvers');
    await approves(world, OLIVE);
    await until(world, () => effects(world, 'update-environment') === 1);
  });
});

async function breaksGlass(world: FakeWorld, more: Partial<Pass> = {}): Promise<Release> {
  const release = await newestRelease(world);
  const saved = await world.store.saveRelease({ ...release, passes: [{ gate: 'approval', by: OLIVE, at: world.clock.now(), reason: 'customers <cannot> pay', approvalId: release.approvals.at(-1)?.id ?? '', ...more }] });
  await world.store.nudge(`release:${release.id}`, world.clock.now());
  return saved;
}

describe('a broken glass', () => {
  it('answers CodePipeline’s approval in the owner’s name, says so loudly, and is in the audit', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await openApproval(world);
    await breaksGlass(world);
    expect((await untilOver(world)).status).toBe('live');
    const answer = world.aws.calls.find(({ effect }) => effect.kind === 'answer-approval');
    expect(answer).toMatchObject({ effect: { approved: true, summary: `Break glass by Slack ${OLIVE}: customers <cannot> pay (Jack release 1, approval 00000000)` }, call: { by: OLIVE } });
    expect((await newestRelease(world)).approvals).toMatchObject([{ state: 'confirmed', verdict: 'approved', brokenGlass: { by: OLIVE }, decisions: [] }]);
    expect(thread(world)).toMatch(new RegExp(`rotating_light: \\*Break glass\\* by <@${OLIVE}> · TIME: let through without its approval\\n> customers &lt;cannot&gt; pay`));
    expect((await world.store.auditLines({ limit: 100 })).filter(({ rule }) => rule === 'break-glass').map(({ what, who, detail }) => [what, who, detail])).toEqual([['approval.approve', OLIVE, 'customers <cannot> pay']]);
  });

  it('opens Jack’s own gate', async () => {
    const world = aWorld({ app: ungated() });
    await types(world, '/deploy prod');
    await openApproval(world);
    await breaksGlass(world);
    expect((await untilOver(world)).status).toBe('live');
    expect((await newestRelease(world)).approvals).toMatchObject([{ state: 'confirmed', brokenGlass: { by: OLIVE } }]);
  });

  it('of another gate opens no approval, and one from before a change none of the new', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await openApproval(world);
    await breaksGlass(world, { gate: 'lock' });
    await pass(world, 3);
    expect(effects(world, 'answer-approval')).toBe(0);
    const release = await newestRelease(world);
    const action = world.account.executions[0]?.stages[3]?.actions[0];
    Object.assign(action ?? {}, { token: 'token-of-the-retry', startedAt: world.clock.now() + 1 });
    await world.store.saveRelease({ ...release, passes: [{ gate: 'approval', by: OLIVE, at: release.requestedAt, reason: 'before the retry', approvalId: release.approvals[0]?.id ?? '' }] });
    await world.store.nudge(`release:${release.id}`, world.clock.now());
    await pass(world, 3);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await newestRelease(world)).approvals.at(-1)?.state).toBe('open');
  });

  it('never rejects, and changes nothing that was rejected', async () => {
    const world = aWorld();
    await types(world, '/deploy prod', ADA);
    const id = await openApproval(world);
    await decideApproval({ approvalId: id, user: GRACE, approves: false, comment: 'no' }, world);
    await breaksGlass(world);
    expect((await untilOver(world)).status).toBe('rejected');
  });
});
