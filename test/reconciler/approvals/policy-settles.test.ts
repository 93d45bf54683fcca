import { describe, expect, it } from '@jest/globals';
import type { App, ApprovalPolicy } from '../../../src/domain/app.ts';
import type { ApprovalRequest } from '../../../src/domain/approvals/approval.ts';
import { Fault } from '../../../src/domain/faults.ts';
import type { Release } from '../../../src/domain/release.ts';
import { decideApproval } from '../../../src/operations/decide-approval.ts';
import { anApp, anEnvironment, aPipeline, GRACE, LINUS, MINUTE, OLIVE } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, pushes, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

/** One that asks in front of prod, or one in which Jack has to. */
type Asking = 'CodePipeline' | 'Jack';

function appWith(approval: ApprovalPolicy, asking: Asking = 'CodePipeline'): App {
  const stages = aPipeline().stages.map((stage) => ({ ...stage, actions: stage.actions.filter((action) => action.kind !== 'approval' || asking === 'CodePipeline') }));
  return anApp({ pipelines: [aPipeline({ stages })], environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 0, approval })] });
}

interface Asked {
  readonly world: FakeWorld;
  readonly id: string;
  /** jack.yml is changed. */
  readonly says: (policy: ApprovalPolicy) => void;
}

async function asked(approval: ApprovalPolicy, asking: Asking = 'CodePipeline', begins: (world: FakeWorld) => Promise<unknown> = async (world) => types(world, '/deploy prod')): Promise<Asked> {
  let app = appWith(approval, asking);
  const made = aWorld({ app });
  const world: FakeWorld = { ...made, apps: { ...made.apps, all: () => [app] } };
  await begins(world);
  const id = await openApproval(world);
  return { world, id, says: (policy) => (app = appWith(policy, asking)) };
}

const pushed = async (approval: ApprovalPolicy): Promise<Asked> => asked(approval, 'CodePipeline', pushes);
const questions = async (world: FakeWorld) => (await newestRelease(world)).approvals.map(({ state, decisions }) => [state, decisions.length]);
const looks = async (world: FakeWorld): Promise<void> => {
  await world.store.nudge(`release:${(await newestRelease(world)).id}`, world.clock.now());
  await pass(world);
};
const thread = (world: FakeWorld): string => transcript(world).join('\n');
const denied = async (): Promise<never> => Promise.reject(new Fault('not authorized to read it', { retryable: false }));

describe.each<Asking>(['CodePipeline', 'Jack'])('a question of %s', (asking) => {
  const ofGrace = { from: [GRACE], count: 1 };
  const ofLinus = { from: [LINUS], count: 1 };

  it('is asked anew once where two replicas read different jack.yml, and again only after ten minutes', async () => {
    const { world, says } = await asked(ofGrace, asking);
    for (let look = 0; look < 10; look += 1) {
      says(look % 2 === 0 ? ofLinus : ofGrace);
      await looks(world);
    }
    expect(await questions(world)).toEqual([['withdrawn', 0], ['open', 0]]);
    expect((await newestRelease(world)).approvals.at(-1)).toMatchObject({ policy: ofLinus });
    world.account.now += 9 * MINUTE;
    await looks(world);
    expect((await newestRelease(world)).approvals).toHaveLength(2);
    world.account.now += MINUTE;
    await looks(world);
    expect((await newestRelease(world)).approvals.at(-1)).toMatchObject({ state: 'open', policy: ofGrace });
    expect((await newestRelease(world)).approvals).toHaveLength(3);
  });

  it('expires when its time is over, though jack.yml names others meanwhile', async () => {
    const { world, says } = await asked({ ...ofGrace, expiresMs: 60 * MINUTE }, asking);
    world.account.now += 61 * MINUTE;
    says({ ...ofLinus, expiresMs: 60 * MINUTE });
    await pass(world, 8);
    expect((await newestRelease(world)).approvals).toMatchObject([{ state: 'expired' }]);
    expect((await untilOver(world)).status).toBe('expired');
  });

  it('is asked anew where one of those whom both name is gone since their yes', async () => {
    const { world, says } = await asked({ from: [GRACE, LINUS], count: 2 }, asking);
    await approves(world, GRACE);
    await work(world);
    world.slack.standings.set(GRACE, 'deactivated');
    await approves(world, LINUS);
    await pass(world, 4);
    expect(await questions(world)).toEqual([['open', 2]]);
    says({ from: [GRACE, LINUS, OLIVE], count: 2 });
    await pass(world, 8);
    expect(await questions(world)).toEqual([['withdrawn', 2], ['open', 0]]);
    await approves(world, LINUS);
    await work(world);
    await approves(world, OLIVE);
    expect((await untilOver(world)).status).toBe('live');
  });
});

describe('a question about what nobody typed', () => {
  it('is asked anew where only its author stands both on the card and in jack.yml', async () => {
    const { world, says } = await pushed({ from: [GRACE, LINUS], count: 1 });
    await pass(world, 4);
    says({ from: [OLIVE, LINUS], count: 1 });
    await pass(world, 8);
    expect(await questions(world)).toEqual([['withdrawn', 0], ['open', 0]]);
    await approves(world, OLIVE);
    expect((await untilOver(world)).status).toBe('live');
  });
});

describe('a recorded no', () => {
  it.each<[string, (world: FakeWorld) => void]>([
    ['of what runs it cannot be read what it was built from', ({ aws }) => {
      const observe = aws.observeEnvironment.bind(aws);
      aws.observeEnvironment = async (app, name) => ({ ...(await observe(app, name)), label: 'v9' });
      aws.revisionOfLabel = denied;
    }],
    ['the environment cannot be read', ({ aws }) => (aws.observeEnvironment = denied)],
  ])('is told to AWS although %s', async (_what, darkens) => {
    const { world, id } = await pushed({ from: [GRACE], count: 1 });
    await pass(world, 4);
    darkens(world);
    await decideApproval({ approvalId: id, user: GRACE, approves: false, comment: 'never' }, world);
    await pass(world, 10);
    expect(world.aws.calls.filter(({ effect }) => effect.kind === 'answer-approval')).toMatchObject([{ effect: { approved: false }, result: { kind: 'done' } }]);
    expect((await untilOver(world)).status).toBe('rejected');
  });
});

/** It is recorded already that an owner broke the glass; the pass may be of before passes named their question. */
async function brokenAlready(world: FakeWorld): Promise<Release> {
  const release = await newestRelease(world);
  const glass = { gate: 'approval', by: OLIVE, at: world.clock.now(), reason: 'the shop is down' } as const;
  const approvals = release.approvals.map((one): ApprovalRequest => ({ ...one, state: 'decided', verdict: 'approved', brokenGlass: glass }));
  const saved = await world.store.saveRelease({ ...release, approvals, passes: [glass] });
  await world.store.nudge(`release:${release.id}`, world.clock.now());
  return saved;
}

describe('a broken glass whose pass names no question', () => {
  it('is told to AWS while it cannot be told who wrote what ships', async () => {
    const world = aWorld({ app: appWith({ from: [GRACE], count: 1 }) });
    const dark: FakeWorld = { ...world, aws: { ...world.aws, commitsBetween: async () => Promise.reject(new Fault('try again', { retryable: true })) } };
    await pushes(dark);
    await openApproval(dark);
    await brokenAlready(dark);
    await pass(dark, 10);
    expect(effects(dark, 'answer-approval')).toBe(1);
    expect((await newestRelease(dark)).approvals).toMatchObject([{ state: 'confirmed', brokenGlass: { by: OLIVE } }]);
  });
});

describe('an answer in the console after it was asked anew', () => {
  it('is told to who had said yes on the new card', async () => {
    const { world, says } = await asked({ from: [GRACE, OLIVE], count: 2 });
    await approves(world, GRACE);
    await work(world);
    says({ from: [LINUS, OLIVE], count: 2 });
    await pass(world, 8);
    await clicks(world, 'approval.approve', await openApproval(world), LINUS);
    await work(world);
    expect(await questions(world)).toEqual([['withdrawn', 1], ['open', 1]]);
    const action = world.account.executions[0]?.stages[3]?.actions[0];
    world.account.answer({ stage: 'Prod', action: 'Approve', token: action?.token ?? '' }, { approved: false, summary: 'Not now', by: 'arn:aws:iam::123456789012:user/olive' });
    await untilOver(world);
    expect(thread(world)).toMatch(new RegExp(`<@${LINUS}>: your answer came too late\\. olive had rejected it in AWS at TIME, outside Slack`));
    expect(thread(world)).not.toContain(`<@${GRACE}>: your answer came too late`);
  });
});
