import { describe, expect, it } from '@jest/globals';
import { Fault } from '../../../src/domain/faults.ts';
import type { Revision } from '../../../src/domain/revision.ts';
import { ADA, anApp, anEnvironment, aPipeline, commit, GRACE, LINUS, OLIVE } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, pushes, rollsBack, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const grace = { name: 'grace', email: 'grace@example.com' };
const linus = { name: 'linus', email: 'linus@example.com' };
const MANY = { from: [GRACE, LINUS, OLIVE], count: 1 };
/** The branch, oldest first: v0, v1 (which runs), and what comes. */
const BRANCH = ['0', '1', 'b', 'c'];

/** Who wrote which commit of the branch, read as CodeCommit would tell it. */
function writtenBy(who: Readonly<Record<string, typeof grace>>, pipelines = [aPipeline()]): FakeWorld {
  const world = aWorld({ app: anApp({ pipelines, environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 0, approval: MANY })] }) });
  world.slack.people.byEmail = async (email) => ({ 'grace@example.com': GRACE, 'linus@example.com': LINUS })[email];
  const revision = (digit: string): Revision => ({ id: commit(digit), ...(who[digit] && { author: who[digit] }) });
  const between = (from: string, to: string): readonly Revision[] => BRANCH.slice(BRANCH.indexOf(from[0] ?? '') + 1, BRANCH.indexOf(to[0] ?? '') + 1).map(revision).toReversed();
  return { ...world, aws: { ...world.aws, commitsBetween: async (_app, _pipeline, from, to) => ({ count: between(from, to).length, commits: between(from, to), truncated: false }) } };
}

const request = async (world: FakeWorld) => (await releaseOf(world, 'deploy')).approvals.at(-1);
const releaseOf = async (world: FakeWorld, purpose: string) => {
  const found = (await world.store.recentReleases({ limit: 5 })).find((release) => release.purpose === purpose);
  if (!found) throw new Error(`there is no ${purpose}`);
  return found;
};

describe('when something else would ship than when it was asked first', () => {
  it('its authors count, and not those of what was there before', async () => {
    const world = writtenBy({ b: linus, c: grace });
    await pushes(world, 'b');
    await openApproval(world);
    expect((await newestRelease(world)).revision.author?.slackUser).toBe(LINUS);
    Object.assign(world.account.executions[0] ?? {}, { revision: { id: commit('c'), summary: 'Push c', sourceAction: 'Source', author: grace } });
    world.account.head = { id: commit('c'), sourceAction: 'Source' };
    await pass(world, 10);
    await approves(world, GRACE);
    await pass(world, 10);
    expect(await newestRelease(world)).toMatchObject({ revision: { id: commit('c'), author: { slackUser: GRACE } }, commits: { count: 2 } });
    expect(await request(world)).toMatchObject({ state: 'open', decisions: [{ by: GRACE }] });
    await approves(world, OLIVE);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('nothing that was known of the revision before is told of it', async () => {
    const world = writtenBy({ b: linus });
    await pushes(world, 'b');
    await openApproval(world);
    Object.assign(world.account.executions[0] ?? {}, { revision: { id: commit('c'), sourceAction: 'Source' } });
    await pass(world, 10);
    expect((await newestRelease(world)).revision).toEqual({ id: commit('c'), sourceAction: 'Source' });
  });
});

/** Grace's b is live, Linus's c waits for a yes, and then b is rolled back. */
async function rolledBackMeanwhile(): Promise<{ readonly world: FakeWorld; readonly id: string }> {
  const world = writtenBy({ b: grace, c: linus });
  await pushes(world, 'b');
  await approves(world, LINUS);
  await untilOver(world);
  await pushes(world, 'c');
  const id = await openApproval(world);
  expect((await newestRelease(world)).commits?.count).toBe(1);
  await rollsBack(world, '/rollback prod @v1', ADA);
  await until(world, async () => (await releaseOf(world, 'rollback')).status === 'live');
  await types(world, '/deploy unlock prod', ADA);
  await work(world);
  return { world, id };
}

describe('when something else came to run while people are asked', () => {
  it('what ships is read again: the yes of who wrote what comes back in is not enough', async () => {
    const { world, id } = await rolledBackMeanwhile();
    await pass(world, 10);
    expect(await releaseOf(world, 'deploy')).toMatchObject({ previous: { label: 'v1' }, commits: { count: 2 } });
    await clicks(world, 'approval.approve', id, GRACE);
    await pass(world, 20);
    expect(await request(world)).toMatchObject({ state: 'open', decisions: [{ by: GRACE }] });
    expect(transcript(world).join('\n')).toContain(`approved by <@${GRACE}>, who wrote it: one more is needed who did not`);
  });

  it('a yes that was recorded before is counted once more', async () => {
    const { world, id } = await rolledBackMeanwhile();
    const answers = effects(world, 'answer-approval');
    await clicks(world, 'approval.approve', id, GRACE);
    await pass(world, 20);
    expect(effects(world, 'answer-approval')).toBe(answers);
    expect((await request(world))?.state).toBe('open');
  });

  it('a decision waits while what runs cannot be read, and an open question stands', async () => {
    const world = writtenBy({ b: grace });
    await pushes(world, 'b');
    const id = await openApproval(world);
    const real = world.aws.observeEnvironment.bind(world.aws);
    world.aws.observeEnvironment = async (app, name) => (name === 'shop-prod' ? Promise.reject(new Fault('throttled', { retryable: true })) : real(app, name));
    await pass(world, 10);
    expect((await newestRelease(world)).trouble).toBeUndefined();
    await clicks(world, 'approval.approve', id, LINUS);
    await pass(world, 10);
    expect(effects(world, 'answer-approval')).toBe(0);
    world.aws.observeEnvironment = real;
    expect((await untilOver(world)).status).toBe('live');
  });
});

describe('of a pipeline with several sources', () => {
  const stages = aPipeline().stages.map((stage) => (stage.name === 'Source' ? { ...stage, actions: [...stage.actions, { name: 'Config', runOrder: 1, kind: 'source', provider: 'CodeCommit', source: { repository: 'config', branch: 'main' } } as const] } : stage));

  /** The code is what runs already; Grace changed the other source. */
  function twoSources(byEmail?: FakeWorld['slack']['people']['byEmail']): FakeWorld {
    const base = writtenBy({}, [aPipeline({ stages })]);
    if (byEmail) base.slack.people.byEmail = byEmail;
    const two: readonly Revision[] = [{ id: commit('1'), summary: 'Old code', sourceAction: 'Source', author: linus }, { id: commit('f'), summary: 'New settings', sourceAction: 'Config', author: grace }];
    return { ...base, aws: { ...base.aws, observeExecution: async (...given) => {
      const seen = await base.aws.observeExecution(...given);
      return seen && { ...seen, revisions: seen.revisions.length === 0 ? [] : two };
    } } };
  }

  it('all of them stand on the card, and the authors of each count', async () => {
    const world = twoSources();
    await pushes(world, '1');
    await approves(world, GRACE);
    await pass(world, 10);
    const card = transcript(world).find((line) => line.includes('may *shop → prod* go on?'));
    expect(card).toContain('Old code');
    expect(card).toContain('New settings');
    expect(card).toContain('written by linus and grace: at least one yes has to be of somebody else');
    expect(card).toContain('I cannot read all of what ships');
    expect(effects(world, 'answer-approval')).toBe(0);
    await approves(world, OLIVE);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('a yes waits while Slack cannot tell who wrote the other one', async () => {
    const world = twoSources(async (email) => (email === grace.email ? Promise.reject(new Fault('try again', { retryable: true })) : LINUS));
    await pushes(world, '1');
    await approves(world, OLIVE);
    await pass(world, 10);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await request(world))?.state).toBe('decided');
    world.slack.people.byEmail = async () => undefined;
    expect((await untilOver(world)).status).toBe('live');
  });
});
