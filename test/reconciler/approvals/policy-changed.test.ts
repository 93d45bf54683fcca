import { describe, expect, it } from '@jest/globals';
import type { App, ApprovalPolicy } from '../../../src/domain/app.ts';
import { decideApproval } from '../../../src/operations/decide-approval.ts';
import { anApp, anEnvironment, aPipeline, GRACE, LEADS, LINUS, MINUTE, OLIVE, VIC } from '../../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

/** One that asks in front of prod, or one in which Jack has to. */
type Asking = 'CodePipeline' | 'Jack';

function appWith(asking: Asking, approval: ApprovalPolicy | undefined): App {
  const stages = aPipeline().stages.map((stage) => ({ ...stage, actions: stage.actions.filter((action) => action.kind !== 'approval' || asking === 'CodePipeline') }));
  return anApp({ pipelines: [aPipeline({ stages })], environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', approval && { approval })] });
}

/** A world that asks, and jack.yml as it is changed later. */
async function asked(asking: Asking, approval: ApprovalPolicy | undefined): Promise<{ readonly world: FakeWorld; readonly id: string; readonly says: (policy: ApprovalPolicy | undefined) => void }> {
  let app = appWith(asking, approval);
  const made = aWorld({ app });
  const world: FakeWorld = { ...made, apps: { ...made.apps, all: () => [app] } };
  await types(world, '/deploy prod');
  const id = await openApproval(world);
  return { world, id, says: (policy) => (app = appWith(asking, policy)) };
}

const answerTo = (world: FakeWorld, user: string): string => world.slack.replies.findLast((reply) => reply.to.user === user)?.text ?? '';
const thread = (world: FakeWorld): string => transcript(world).join('\n');
const questions = async (world: FakeWorld) => (await newestRelease(world)).approvals.map(({ state, decisions }) => [state, decisions.length]);
const letIn = (world: FakeWorld): number => effects(world, 'start-execution') + effects(world, 'answer-approval');

describe('jack.yml that asks nobody any more', () => {
  const two = { from: [GRACE, LINUS], count: 2 };

  it('opens no question of Jack’s own that stands: it is answered under its card’s policy', async () => {
    const { world, id, says } = await asked('Jack', two);
    await approves(world, GRACE);
    await work(world);
    says(undefined);
    await pass(world, 10);
    expect([letIn(world), await questions(world)]).toEqual([0, [['open', 1]]]);
    await clicks(world, 'approval.approve', id, VIC);
    await work(world);
    expect(answerTo(world, VIC)).toContain('not among the approvers');
    await approves(world, LINUS);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('opens nothing over a no that was recorded a moment before', async () => {
    const { world, id, says } = await asked('Jack', two);
    expect(await decideApproval({ approvalId: id, user: GRACE, approves: false, comment: 'never' }, world)).toMatchObject({ ok: true });
    says(undefined);
    const release = await untilOver(world);
    expect([release.status, release.outcome, letIn(world)]).toEqual(['rejected', 'never', 0]);
  });

  it('asks nobody about what is asked for from then on', async () => {
    const { world, says } = await asked('Jack', two);
    await clicks(world, 'release.cancel', (await newestRelease(world)).id);
    await untilOver(world);
    says(undefined);
    await types(world, '/deploy prod');
    await until(world, async () => (await newestRelease(world)).status === 'live');
    expect((await newestRelease(world)).approvals).toEqual([]);
  });
});

describe.each<Asking>(['CodePipeline', 'Jack'])('a question of %s whose approvers jack.yml does not name any more', (asking) => {
  it('is asked anew of those whom it names now, and takes nothing over', async () => {
    const { world, id, says } = await asked(asking, { from: [GRACE, OLIVE], count: 2 });
    await approves(world, GRACE);
    await work(world);
    says({ from: [LINUS], count: 1 });
    await pass(world, 8);
    expect(await questions(world)).toEqual([['withdrawn', 1], ['open', 0]]);
    expect(thread(world)).toContain(`jack.yml names other approvers, so it is asked anew, after <@${GRACE}> had said yes`);
    expect(thread(world)).toContain(`<@${LINUS}>: may *shop → prod* go on?`);
    expect(thread(world)).toContain('It is asked anew, as jack.yml names other approvers by now. What was said before does not count for it.');
    await clicks(world, 'approval.approve', id, LINUS);
    await work(world);
    expect(answerTo(world, LINUS)).toContain('needs no answer any more');
    await approves(world, LINUS);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('says so at the click, and that nothing is empty in jack.yml', async () => {
    const { world, id, says } = await asked(asking, { from: [GRACE], count: 1 });
    says({ from: [LINUS], count: 1 });
    await clicks(world, 'approval.approve', id, LINUS);
    await work(world);
    expect(answerTo(world, LINUS)).toBe('#1 changed under your click: jack.yml names other approvers by now than the card. Nothing was decided; look at the new card in its thread.');
    expect(await questions(world)).toEqual([['withdrawn', 0], ['open', 0]]);
  });

  it('is asked anew where those whom both name are too few, and not where they are enough', async () => {
    const { world, says } = await asked(asking, { from: [GRACE, OLIVE], count: 2 });
    says({ from: [OLIVE, LINUS], count: 2 });
    await pass(world, 8);
    expect((await newestRelease(world)).approvals.at(-1)).toMatchObject({ state: 'open', policy: { from: [OLIVE, LINUS] }, since: { kind: 'policy' } });
    says({ from: [OLIVE, LINUS, VIC], count: 2 });
    await pass(world, 8);
    expect(await questions(world)).toEqual([['withdrawn', 0], ['open', 0]]);
  });

  it('is not asked anew where both name a group, which may be of any size', async () => {
    const { world, id, says } = await asked(asking, { from: [GRACE, LEADS], count: 2 });
    says({ from: [LEADS, OLIVE], count: 2 });
    await pass(world, 8);
    expect((await newestRelease(world)).approvals).toMatchObject([{ id, state: 'open' }]);
  });

  it('keeps a no that was recorded', async () => {
    const { world, id, says } = await asked(asking, { from: [GRACE], count: 1 });
    await decideApproval({ approvalId: id, user: GRACE, approves: false, comment: 'never' }, world);
    says({ from: [LINUS], count: 1 });
    expect((await untilOver(world)).status).toBe('rejected');
  });

  it('loses a yes that is held, and not an owner’s broken glass', async () => {
    const { world, id, says } = await asked(asking, { from: [GRACE], count: 1 });
    await types(world, '/deploy freeze prod sale for 2d', OLIVE);
    await work(world);
    await clicks(world, 'approval.approve', id, GRACE);
    await pass(world, 8);
    says({ from: [LINUS], count: 1 });
    await pass(world, 8);
    expect(await questions(world)).toEqual([['withdrawn', 1], ['open', 0]]);
    await fillsIn(world, 'glass', { reason: 'the shop is really down' }, { release: (await newestRelease(world)).id, gate: 'approval' }, OLIVE);
    await pass(world, 8);
    says({ from: [VIC], count: 1 });
    await pass(world, 8);
    expect((await newestRelease(world)).approvals.map(({ state }) => state)).toEqual(['withdrawn', asking === 'Jack' ? 'confirmed' : 'decided']);
  });
});

describe('a card that had no policy', () => {
  it('is drawn anew with the one that jack.yml has by now, and its time begins there', async () => {
    const { world, says } = await asked('CodePipeline', undefined);
    await pass(world, 1);
    expect(thread(world)).toContain('has no approval policy');
    world.account.now += 90 * MINUTE;
    says({ from: [GRACE], count: 1, expiresMs: 60 * MINUTE });
    await pass(world, 8);
    expect(await questions(world)).toEqual([['withdrawn', 0], ['open', 0]]);
    await approves(world, GRACE);
    expect((await untilOver(world)).status).toBe('live');
  });
});

describe('an approver who is none any more when the others have said yes', () => {
  it.each<[string, (world: FakeWorld, says: (policy: ApprovalPolicy) => void) => void]>([
    ['was taken out of jack.yml', (_world, says) => says({ from: [LINUS, VIC, OLIVE], count: 2 })],
    ['is deactivated', (world) => world.slack.standings.set(GRACE, 'deactivated')],
  ])('%s: the yes counts no more, which the card says', async (_how, leaves) => {
    const { world, says } = await asked('CodePipeline', { from: [GRACE, LINUS, VIC], count: 2 });
    await approves(world, GRACE);
    await work(world);
    leaves(world, says);
    await approves(world, LINUS);
    await pass(world, 8);
    expect(answerTo(world, LINUS)).toBe('Your approval of #1 is recorded. 1 more is needed.');
    expect([letIn(world), await questions(world)]).toEqual([1, [['open', 2]]]);
    expect(thread(world)).toContain(`1 of 2: approved by <@${LINUS}>; what <@${GRACE}> said counts no more: no approver by now`);
    await approves(world, VIC);
    expect((await untilOver(world)).status).toBe('live');
    expect(thread(world)).toContain(`Approved by <@${LINUS}>, <@${VIC}>`);
    expect(world.aws.calls.find(({ effect }) => effect.kind === 'answer-approval')?.effect).not.toMatchObject({ summary: expect.stringContaining(GRACE) });
  });

  it('says yes once more when they may again', async () => {
    const { world } = await asked('CodePipeline', { from: [GRACE, LINUS, VIC], count: 3 });
    await approves(world, GRACE);
    await work(world);
    world.slack.standings.set(GRACE, 'guest');
    await approves(world, LINUS);
    await work(world);
    world.slack.standings.delete(GRACE);
    await approves(world, VIC);
    await work(world);
    expect(await questions(world)).toEqual([['open', 3]]);
    await approves(world, GRACE);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('lets nothing be recorded while that cannot be looked up', async () => {
    const { world, id } = await asked('CodePipeline', { from: [GRACE, LINUS], count: 2 });
    await approves(world, GRACE);
    await work(world);
    const { people } = world.slack;
    const dark: FakeWorld = { ...world, slack: { ...world.slack, people: { ...people, standing: async (user, fresh) => (user === GRACE ? Promise.reject(new Error('Slack does not say')) : people.standing(user, fresh)) } } };
    await expect(decideApproval({ approvalId: id, user: LINUS, approves: true }, dark)).rejects.toThrow('does not say');
    expect(await questions(world)).toEqual([['open', 1]]);
  });
});
