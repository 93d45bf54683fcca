import { describe, expect, it } from '@jest/globals';
import { anApp, anEnvironment, GRACE, LINUS, MINUTE } from '../support/world/builders.ts';
import { aWorld, pass, types, until, type FakeWorld } from '../support/world/fake-world.ts';
import { approves, openApproval, rollsBack, untilOver } from '../support/world/people.ts';
import { wordsOf } from '../support/world/transcript.ts';

const threadOf = (world: FakeWorld, owner: string): string =>
  world.slack.messages.filter(({ identity }) => identity.owner === owner).map(({ message }) => [message.text, ...message.blocks.map(wordsOf)].join('\n')).join('\n');

/** Deployed to prod, and being checked for ten minutes. */
async function verifying() {
  const environments = [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { verifyMs: 10 * MINUTE, approval: { from: [GRACE], count: 1 } })];
  const world = aWorld({ app: anApp({ environments }) });
  await types(world, '/deploy prod');
  await approves(world);
  const first = async () => (await world.store.releaseByNumber(1)) ?? (() => { throw new Error('no release'); })();
  await until(world, async () => (await first()).status === 'verifying');
  const prod = world.account.environments.get('shop-prod');
  if (!prod) throw new Error('no environment');
  return { world, first, prod };
}

describe('a deployment that is replaced while it is being checked', () => {
  it('is told as rolled back by the release that did it, is no target any more, and offers nothing', async () => {
    const { world, first } = await verifying();
    await rollsBack(world, '/rollback prod @v1');
    await until(world, async () => (await first()).status === 'live-not-verified');
    const release = await first();
    expect(release.outcome).toBe('It was deployed, but #2 rolled it back before the check had ended.');
    const told = threadOf(world, release.id);
    expect(told).not.toMatch(/Beanstalk rolled|Live on|\[Roll back\]/);
    const label = release.deploys.find(({ environment }) => environment === 'prod')?.label;
    expect((await world.store.runningVersions('shop', 'prod', 20)).filter((entry) => entry.label === label).map((entry) => entry.standing)).toEqual(['bad']);
  });

  it('is told as replaced outside Slack when nobody here did it', async () => {
    const { world, first, prod } = await verifying();
    prod.start('v0', 'request-by-hand', world.account.now);
    await until(world, async () => (await first()).status === 'live-not-verified');
    const told = threadOf(world, (await first()).id);
    expect(told).toContain('another deployment outside Slack replaced it');
    expect(told).not.toMatch(/Live on|live, not verified|\[Roll back\]/);
  });
});

/** One yes of two, and the policy's time is over. */
async function late(denied: boolean) {
  const approval = { from: [GRACE, LINUS], count: 2, expiresMs: 2 * MINUTE };
  const world = aWorld({ app: anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { approval })] }) });
  const perform = world.aws.perform.bind(world.aws);
  const answers: number[] = [];
  world.aws.perform = async (app, effect, call) => {
    if (effect.kind === 'answer-approval') answers.push(world.account.now);
    return denied && effect.kind === 'answer-approval' ? { kind: 'refused', text: 'Not authorized.' } : perform(app, effect, call);
  };
  await types(world, '/deploy prod');
  await openApproval(world);
  await approves(world);
  return { world, answers };
}

describe('an approval whose time is over', () => {
  it('ends the release as expired, with who had said yes', async () => {
    const { world } = await late(false);
    const release = await untilOver(world);
    expect(release).toMatchObject({ status: 'expired', approvals: [{ state: 'expired' }] });
    const told = threadOf(world, release.id);
    expect(told).toContain(`Not approved in time: 1 of 2, by <@${GRACE}>`);
    expect(told).not.toMatch(/[Rr]ejected|Nobody/);
  });

  it('is told to AWS once a minute where AWS refuses to hear it, and to people once', async () => {
    const { world, answers } = await late(true);
    await pass(world, 60);
    const [from = 0, ...more] = answers;
    expect(more.length).toBeGreaterThan(0);
    for (const [index, at] of more.entries()) expect(at - (answers[index] ?? from)).toBeGreaterThanOrEqual(MINUTE);
    const [release] = await world.store.recentReleases({ limit: 1 });
    expect(release?.approvals[0]).toMatchObject({ state: 'open', decisions: [{ by: GRACE }] });
    expect(release?.notes.filter((note) => note.what.kind === 'refused-by-aws')).toHaveLength(1);
  });
});
