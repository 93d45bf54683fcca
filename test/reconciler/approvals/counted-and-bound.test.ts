import { describe, expect, it } from '@jest/globals';
import type { App, ApprovalPolicy } from '../../../src/domain/app.ts';
import { Fault } from '../../../src/domain/faults.ts';
import type { CommitRange } from '../../../src/domain/release.ts';
import { decideApproval } from '../../../src/operations/decide-approval.ts';
import { ADA, anApp, anEnvironment, commit, GRACE, LINUS, MINUTE, OLIVE, VIC } from '../../support/world/builders.ts';
import { aWorld, clicks, fillsIn, pass, types, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, pushes, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const appWith = (approval: ApprovalPolicy, changes: Partial<App> = {}): App => anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { approval })], ...changes });
const answerTo = (world: FakeWorld, user: string): string => world.slack.replies.findLast((reply) => reply.to.user === user)?.text ?? '';
const thread = (world: FakeWorld): string => transcript(world).join('\n');
const messagesOf = (world: FakeWorld, key: string) => world.slack.messages.filter(({ identity }) => identity.key.startsWith(key));
const request = async (world: FakeWorld) => (await newestRelease(world)).approvals.at(-1);
const linus = { name: 'Linus', email: 'linus@example.com' };

/** What ships is this, or cannot be told just now. */
function shipping(app: App, range: CommitRange | Fault): FakeWorld {
  const world = aWorld({ app });
  return { ...world, aws: { ...world.aws, commitsBetween: async () => (range instanceof Fault ? Promise.reject(range) : range) } };
}

describe('of what nobody typed', () => {
  const all = { from: [GRACE, LINUS, OLIVE], count: 1 };

  it('its author alone is not enough: their yes is kept, and one more is asked for', async () => {
    const world = aWorld({ app: appWith(all) });
    await pushes(world);
    await approves(world, LINUS);
    await pass(world);
    expect(answerTo(world, LINUS)).toBe('Your approval of #1 is recorded. You wrote what it ships: one more is needed of somebody who did not.');
    expect(await request(world)).toMatchObject({ state: 'open', decisions: [{ by: LINUS, approves: true }] });
    expect(thread(world)).toContain(`approved by <@${LINUS}>, who wrote it: one more is needed who did not`);
    await approves(world, GRACE);
    expect((await untilOver(world)).status).toBe('live');
    expect(thread(world)).toContain(`Approved by <@${LINUS}>, <@${GRACE}>`);
  });

  it('authors are known by jack.yml first, whatever the case of their e-mail', async () => {
    const app = appWith(all, { people: { owners: [OLIVE], contributors: [ADA], authors: { 'linus@example.com': GRACE } } });
    const world = shipping(app, { count: 1, commits: [{ id: commit('a'), author: { ...linus, email: 'Linus@Example.com' } }], truncated: false });
    await pushes(world);
    await approves(world, GRACE);
    await pass(world);
    expect((await request(world))?.state).toBe('open');
  });

  it('an author whom Slack does not know is named on the card', async () => {
    const world = shipping(appWith(all), { count: 1, commits: [{ id: commit('a'), author: { name: 'Linus <T.>', email: 'lt@elsewhere.example' } }], truncated: false });
    await pushes(world);
    await openApproval(world);
    expect(thread(world)).toContain('Linus &lt;T.&gt; &lt;lt@elsewhere.example&gt; could not be matched to a Slack user');
  });

  it('what cannot be read for good is said, and a yes counts', async () => {
    const world = shipping(appWith(all), new Fault('no', { retryable: false }));
    await pushes(world);
    await openApproval(world);
    expect(thread(world)).toContain('I cannot read all of what ships');
    await approves(world, LINUS);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('nothing is let in while it cannot be told just now who wrote it', async () => {
    const world = shipping(appWith(all), new Fault('try again', { retryable: true }));
    await pushes(world);
    await approves(world, LINUS);
    await pass(world, 20);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await request(world))?.state).toBe('decided');
    const mended: FakeWorld = { ...world, aws: { ...world.aws, commitsBetween: async () => ({ count: 1, commits: [{ id: commit('a'), author: linus }], truncated: false }) } };
    await pass(mended, 10);
    expect(await request(mended)).toMatchObject({ state: 'open', decisions: [{ by: LINUS }] });
    await approves(mended, GRACE);
    expect((await untilOver(mended)).status).toBe('live');
  });

  it('nothing is let in while Slack cannot tell just now who wrote the newest commit, where what runs is not known', async () => {
    const world = aWorld({ app: appWith(all) });
    const silent = { ...world.slack.people, byEmail: async () => Promise.reject(new Fault('try again', { retryable: true })) };
    const unknown: FakeWorld = { ...world, aws: { ...world.aws, revisionOfLabel: async (_app, label) => ({ label }) } };
    const dark: FakeWorld = { ...unknown, slack: { ...world.slack, people: silent } };
    await pushes(dark);
    const [execution] = world.account.executions;
    if (execution) Object.assign(execution, { revision: { ...execution.revision, author: linus } });
    await approves(dark, LINUS);
    await pass(dark, 10);
    expect((await newestRelease(dark)).previous?.id).toBeUndefined();
    expect([effects(dark, 'answer-approval'), (await request(dark))?.state]).toEqual([0, 'decided']);
    await pass(unknown, 10);
    expect(await request(unknown)).toMatchObject({ state: 'open', decisions: [{ by: LINUS }] });
    await approves(unknown, GRACE);
    expect((await untilOver(unknown)).status).toBe('live');
  });

  it('all authors of a long range count, not only of what is shown', async () => {
    const shown = Array.from({ length: 20 }, (_one, at) => ({ id: `${at}`, author: { name: 'Vic', slackUser: VIC } }));
    const world = shipping(appWith(all), { count: 30, commits: shown, authors: [{ name: 'Vic', slackUser: VIC }, linus], truncated: false });
    await pushes(world);
    await approves(world, LINUS);
    await pass(world);
    expect((await request(world))?.state).toBe('open');
  });
});

describe('a card that AWS has left behind', () => {
  it('approves nothing: the click is refused, the card is drawn anew, and says what changed', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    const old = await openApproval(world);
    const action = world.account.executions[0]?.stages[3]?.actions[0];
    if (action) action.token = 'token-of-the-retry';
    await clicks(world, 'approval.approve', old, GRACE);
    await work(world);
    expect(answerTo(world, GRACE)).toMatch(/changed under your click: CodePipeline asks anew/);
    expect((await newestRelease(world)).approvals.map(({ state, decisions }) => [state, decisions.length])).toEqual([['withdrawn', 0], ['open', 0]]);
    expect(thread(world)).toMatch(/it is asked anew[^]*CodePipeline asks again for the same revision: the stage was retried\. What was said before does not count/);
    await clicks(world, 'approval.approve', old, LINUS);
    await work(world);
    expect(answerTo(world, LINUS)).toContain('needs no answer any more');
    expect(effects(world, 'answer-approval')).toBe(0);
    await approves(world);
    expect((await untilOver(world)).status).toBe('live');
  });

  it('takes back a yes that was given and not yet told, and says from what to what', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    const id = await openApproval(world);
    const execution = world.account.executions[0];
    const release = await newestRelease(world);
    const decided = release.approvals.map((one) => ({ ...one, state: 'decided' as const, verdict: 'approved' as const, decisions: [{ by: GRACE, at: 1, approves: true }] }));
    await world.store.saveRelease({ ...release, approvals: decided });
    Object.assign(execution ?? {}, { revision: { id: commit('c'), sourceAction: 'Source' } });
    await world.store.nudge(`release:${release.id}`, world.clock.now());
    await work(world);
    expect((await newestRelease(world)).approvals.map((one) => [one.id === id, one.state])).toEqual([[true, 'withdrawn'], [false, 'open']]);
    expect(thread(world)).toContain(`it is asked anew after <@${GRACE}> had said yes`);
    expect(thread(world)).toContain('It would ship something else now: `aaaaaaa` → `ccccccc`');
    expect(effects(world, 'answer-approval')).toBe(0);
  });
});

describe('a question that ends unanswered', () => {
  it('names who had answered, and says later too that it was asked anew', async () => {
    const world = aWorld({ app: appWith({ from: [GRACE, LINUS], count: 2 }) });
    await types(world, '/deploy prod');
    await approves(world, GRACE);
    await work(world);
    const action = world.account.executions[0]?.stages[3]?.actions[0];
    if (action) action.token = 'token-of-the-retry';
    await pass(world, 8);
    await approves(world, LINUS);
    await work(world);
    await clicks(world, 'release.cancel', (await newestRelease(world)).id);
    await untilOver(world);
    const closed = [...new Set([...thread(world).matchAll(/This question is closed: (.*?)(?: · TIME)?\./g)].map(([, words]) => words))];
    expect(closed).toEqual([`it is asked anew after <@${GRACE}> had said yes`, `the release was cancelled after <@${LINUS}> had said yes`]);
  });
});

async function later(world: FakeWorld, minutes: number): Promise<void> {
  world.account.now += minutes * MINUTE;
  await work(world);
}

describe('the time to answer', () => {
  const hour = { from: [GRACE, LINUS], count: 2, expiresMs: 60 * MINUTE };
  async function waiting(): Promise<FakeWorld> {
    const world = aWorld({ app: appWith(hour) });
    await types(world, '/deploy prod');
    await approves(world, GRACE);
    await work(world);
    return world;
  }

  it('is half over: those who have not answered are asked once more, once', async () => {
    const world = await waiting();
    await later(world, 25);
    expect(messagesOf(world, 'reminder:')).toEqual([]);
    await later(world, 6);
    await later(world, 5);
    await later(world, 5);
    expect(messagesOf(world, 'reminder:').map(({ message }) => message.text)).toEqual([expect.stringMatching(new RegExp(`^:bell: <@${LINUS}>: #1 .* still waits`))]);
    await approves(world, LINUS);
    await untilOver(world);
    expect(messagesOf(world, 'reminder:').map(({ message }) => message.text)).toEqual([expect.stringContaining('is settled above')]);
  });

  it('brings no reminder after the decision, even if it was due before', async () => {
    const world = await waiting();
    const release = await newestRelease(world);
    world.account.now += 31 * MINUTE;
    await world.store.saveRelease({ ...release, notes: [...release.notes, { key: 'reminder:late', at: world.clock.now(), what: { kind: 'reminder', approvalId: release.approvals[0]?.id ?? '' } }] });
    await decideApproval({ approvalId: release.approvals[0]?.id ?? '', user: LINUS, approves: true }, world);
    await untilOver(world);
    expect(messagesOf(world, 'reminder:late')).toEqual([]);
  });

  it('is over: nobody’s no, told to who asked, with one line in the audit', async () => {
    const world = await waiting();
    await later(world, 61);
    const release = await untilOver(world);
    expect([release.status, release.approvals[0]?.state]).toEqual(['expired', 'expired']);
    expect(thread(world)).toMatch(new RegExp(`Not approved in time, so nothing was deployed[^]*<@${ADA}>`));
    expect((await world.store.auditLines({ limit: 100 })).filter(({ what }) => what === 'approval.expire')).toHaveLength(1);
  });
});

describe('a yes with a comment', () => {
  it('stands in the thread and in CodePipeline’s history', async () => {
    const world = aWorld();
    await types(world, '/deploy prod');
    await fillsIn(world, 'approve', { comment: 'looked at the <migration>' }, { approval: await openApproval(world) }, GRACE);
    await untilOver(world);
    expect(thread(world)).toContain(`Approved by <@${GRACE}> · TIME\n> looked at the &lt;migration&gt;`);
    expect(world.aws.calls.find(({ effect }) => effect.kind === 'answer-approval')?.effect).toMatchObject({ summary: expect.stringContaining('looked at the <migration>') });
  });
});
