import { describe, expect, it } from '@jest/globals';
import type { Pipeline } from '../../../src/domain/app.ts';
import { Fault } from '../../../src/domain/faults.ts';
import { ADA, anApp, anEnvironment, aPipeline, GRACE, LEADS, LINUS, VIC } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { approves, openApproval, pushes, untilOver } from '../../support/world/people.ts';
import { transcript } from '../../support/world/transcript.ts';

const answerTo = (world: FakeWorld, user: string): string => world.slack.replies.findLast((reply) => reply.to.user === user)?.text ?? '';
const thread = (world: FakeWorld): string => transcript(world).join('\n');
const messagesOf = (world: FakeWorld, key: string) => world.slack.messages.filter(({ identity }) => identity.key.startsWith(key));
const worldWith = (from: readonly string[], count = 1): FakeWorld => aWorld({ app: anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { approval: { from, count } })] }) });

describe('an approver who is not in the channel', () => {
  it('is told directly, with the buttons and the way to the thread, and later how it came out', async () => {
    const world = aWorld();
    world.slack.inChannel.delete(LINUS);
    await types(world, '/deploy prod');
    const id = await openApproval(world);
    const [direct, ...more] = messagesOf(world, 'dm:');
    expect([direct?.channel, direct?.threadTs, more]).toEqual([LINUS, undefined, []]);
    expect(direct?.identity.key).toBe(`dm:approval:${id}:${LINUS}`);
    expect(JSON.stringify(direct?.message.blocks)).toMatch(/https:\/\/slack\.example\/C0SHOP0001\/1000[^]*approval\.approve[^]*approval\.comment[^]*approval\.reject/);
    await clicks(world, 'approval.approve', id, LINUS);
    await untilOver(world);
    expect(direct?.message.text).toContain(`Approved by <@${LINUS}>`);
    expect(JSON.stringify(direct?.message.blocks)).not.toContain('approval.');
  });

  it('is not told when they asked for it, are a guest, or it was decided before', async () => {
    const world = worldWith([GRACE, ADA, VIC]);
    world.slack.inChannel.clear();
    world.slack.standings.set(VIC, 'guest');
    await types(world, '/deploy prod');
    await openApproval(world);
    expect(messagesOf(world, 'dm:').map(({ channel }) => channel)).toEqual([GRACE]);
  });

  it('keeps nobody from being asked when Slack does not take the message', async () => {
    const world = worldWith([GRACE, LINUS]);
    world.slack.inChannel.clear();
    const post = world.slack.post.bind(world.slack);
    let tried = 0;
    world.slack.post = async (message, identity, threadTs) => {
      if (message.channel !== GRACE) return post(message, identity, threadTs);
      tried += 1;
      throw new Fault('cannot_dm_user', { retryable: false });
    };
    await types(world, '/deploy prod');
    await openApproval(world);
    await pass(world, 5);
    expect([tried, messagesOf(world, 'dm:').map(({ channel }) => channel)]).toEqual([1, [LINUS]]);
    await approves(world, LINUS);
    expect((await untilOver(world)).status).toBe('live');
  });
});

const inMode = (mode: Pipeline['mode']): FakeWorld => aWorld({ app: anApp({ pipelines: [aPipeline({ mode })] }) });

async function queued(world: FakeWorld): Promise<void> {
  await pushes(world, 'a');
  await openApproval(world);
  for (const digit of ['b', 'c']) {
    await pass(world);
    await pushes(world, digit);
    await pass(world, 8);
  }
}

describe('what waits behind', () => {
  it.each<readonly [Pipeline['mode'], string, RegExp]>([
    ['SUPERSEDED', '[Reject and take the newest]', /^Taking the newest instead: #3 `ccccccc`$/],
    ['QUEUED', '[Reject and take the next (#2)]', /^Taking the next instead: #2 `bbbbbbb`$/],
  ])('comes in when a %s pipeline’s approval is rejected for it', async (mode, label, why) => {
    const world = inMode(mode);
    await queued(world);
    const first = await world.store.releaseByNumber(1);
    expect(thread(world)).toContain(label);
    await clicks(world, 'approval.next', first?.approvals[0]?.id ?? '', GRACE);
    await pass(world, 6);
    expect(await world.store.releaseByNumber(1)).toMatchObject({ status: 'rejected', outcome: expect.stringMatching(why) });
    expect((await world.store.releaseByNumber(mode === 'QUEUED' ? 2 : 3))?.approvals[0]?.state).toBe('open');
  });

  it('is not there in a PARALLEL pipeline', async () => {
    const world = inMode('PARALLEL');
    await queued(world);
    expect(thread(world)).not.toContain('Reject and take');
    await clicks(world, 'approval.next', (await world.store.releaseByNumber(1))?.approvals[0]?.id ?? '', GRACE);
    await work(world);
    expect(answerTo(world, GRACE)).toContain('what waited behind it does not wait there any more');
  });

  it('is not taken when it does not wait any more', async () => {
    const world = inMode('QUEUED');
    await queued(world);
    const id = (await world.store.releaseByNumber(1))?.approvals[0]?.id ?? '';
    for (const execution of world.account.executions.slice(1)) Object.assign(execution, { status: 'Stopped' });
    await clicks(world, 'approval.next', id, GRACE);
    await work(world);
    expect(answerTo(world, GRACE)).toContain('Nothing was decided');
    expect((await world.store.releaseByNumber(1))?.approvals[0]).toMatchObject({ state: 'open', decisions: [] });
  });
});

describe('an answer given outside Slack', () => {
  it('is told with who and when, audited, and whoever decided here too late reads so', async () => {
    const world = worldWith([GRACE, LEADS], 2);
    await types(world, '/deploy prod');
    await approves(world, GRACE);
    await work(world);
    const action = world.account.executions[0]?.stages[3]?.actions[0];
    world.account.answer({ stage: 'Prod', action: 'Approve', token: action?.token ?? '' }, { approved: false, summary: 'Not <now>', by: 'arn:aws:iam::123456789012:user/olive' });
    await untilOver(world);
    expect(thread(world)).toContain('Rejected outside Slack by olive: “Not &lt;now&gt;”');
    expect(thread(world)).toMatch(new RegExp(`<@${GRACE}>: your answer came too late\\. olive had rejected it in AWS at TIME, outside Slack`));
    expect((await world.store.auditLines({ limit: 100 })).filter(({ what }) => what.startsWith('approval.')).map(({ what, who }) => [what, who])).toEqual([['approval.approve', GRACE], ['approval.elsewhere', 'arn:aws:iam::123456789012:user/olive']]);
  });
});
