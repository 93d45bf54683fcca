import { describe, expect, it } from '@jest/globals';
import type { App, Environment } from '../../../src/domain/app.ts';
import type { Decision } from '../../../src/domain/approvals/approval.ts';
import { decideApproval } from '../../../src/operations/decide-approval.ts';
import { anApp, anEnvironment, aPipeline, GRACE } from '../../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, work, type FakeWorld } from '../../support/world/fake-world.ts';
import { openApproval, untilOver } from '../../support/world/people.ts';
import { effects, newestRelease, transcript } from '../../support/world/transcript.ts';

const PROD: Environment = { ...anEnvironment('prod', { verifyMs: 0, approval: { from: [GRACE], count: 1 }, alarms: ['5xx'] }) };
const named = (name: string, changes: Partial<App> = {}): App => anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), { ...PROD, name }], ...changes });
const UNLISTED = { status: 'waiting', waiting: { for: 'gate', because: { because: 'unlisted' } } };

/** jack.yml, which somebody may change meanwhile. */
function changing(app: App): { readonly world: FakeWorld; say: (app: App) => void } {
  let present = app;
  const world = aWorld({ app });
  world.account.alarms.set('5xx', 'OK');
  return { world: { ...world, apps: { ...world.apps, all: () => [present] } }, say: (next) => (present = next) };
}

/** The yes was recorded while jack.yml still had the environment. Answers with the question. */
async function recorded(world: FakeWorld, id: string): Promise<string> {
  const release = await newestRelease(world);
  const said: Decision = { by: GRACE, at: world.clock.now(), name: 'grace', approves: true };
  await world.store.saveRelease({ ...release, approvals: release.approvals.map((one) => (one.id === id ? { ...one, state: 'decided', verdict: 'approved', decisions: [said] } : one)) });
  return id;
}

/** While the store writes this down, jack.yml loses the environment. */
function losesIt(world: FakeWorld, on: 'addRelease' | 'intent', say: () => void): void {
  const [addRelease, saveRelease] = [world.store.addRelease.bind(world.store), world.store.saveRelease.bind(world.store)];
  if (on === 'addRelease') world.store.addRelease = async (...given) => addRelease(...given).finally(say);
  else world.store.saveRelease = async (release, ...more) => saveRelease(release, ...more).finally(() => (release.intent?.effect.kind === 'answer-approval' ? say() : undefined));
}

describe('an environment that jack.yml names no more', () => {
  it('takes no yes: a decision that was held is not told to AWS, and goes on when it is named again', async () => {
    const { world, say } = changing(named('prod'));
    world.account.alarms.set('5xx', 'ALARM');
    await types(world, '/deploy prod');
    await clicks(world, 'approval.approve', await openApproval(world), GRACE);
    await pass(world, 3);
    expect((await newestRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'alarms' });
    say(named('production'));
    await pass(world, 12);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(await newestRelease(world)).toMatchObject(UNLISTED);
    expect(transcript(world).filter((line) => line.includes('Held in front of *prod*: it is not in jack.yml any more, so nothing tells me what keeps it closed. It goes on when jack.yml names it again.'))).toHaveLength(1);
    say(named('prod'));
    world.account.alarms.set('5xx', 'OK');
    expect((await untilOver(world)).status).toBe('live');
  });

  it('takes no yes either when it is lost between the decision and the call', async () => {
    const { world, say } = changing(named('prod'));
    await types(world, '/deploy prod');
    const id = await openApproval(world);
    losesIt(world, 'intent', () => say(named('production')));
    await clicks(world, 'approval.approve', id, GRACE);
    await pass(world, 3);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(await newestRelease(world)).toMatchObject(UNLISTED);
  });

  it('takes no yes through the name that it has now, and says why', async () => {
    const { world, say } = changing(named('prod'));
    await types(world, '/deploy prod');
    await pass(world, 1);
    say(named('production'));
    const id = await openApproval(world);
    await clicks(world, 'approval.approve', id, GRACE);
    await pass(world, 3);
    expect(world.slack.replies.at(-1)?.text).toBe('*prod* of shop is not in jack.yml any more, so nobody can answer from Slack. Ask whoever keeps jack.yml to put it back, or answer in the AWS console.');
    expect(effects(world, 'answer-approval')).toBe(0);
    await clicks(world, 'approval.approve', await recorded(world, id), GRACE);
    await pass(world, 3);
    expect([effects(world, 'answer-approval'), await newestRelease(world)]).toMatchObject([0, UNLISTED]);
  });

  it('says so at the card that was drawn before, and of an app that is gone', async () => {
    const { world, say } = changing(named('prod'));
    await types(world, '/deploy prod');
    const id = await openApproval(world);
    for (const next of [named('production'), { ...named('prod'), name: 'store' }]) {
      say(next);
      await clicks(world, 'approval.approve', id, GRACE);
      await pass(world, 1);
      expect(world.slack.replies.at(-1)?.text).toContain('*prod* of shop is not in jack.yml any more');
    }
    const away = { ...world, apps: { ...world.apps, problems: () => [{ app: 'shop', channel: '', problem: 'AWS is away.' }] } };
    expect(await decideApproval({ approvalId: id, user: GRACE, approves: true }, away)).toMatchObject({ refusal: { kind: 'undiscovered-app', problem: 'AWS is away.' } });
  });

  it('keeps an execution from being started', async () => {
    const { world, say } = changing(named('prod'));
    losesIt(world, 'addRelease', () => say(named('production')));
    await types(world, '/deploy prod');
    await pass(world, 3);
    expect(effects(world, 'start-execution')).toBe(0);
    expect(await newestRelease(world)).toMatchObject(UNLISTED);
  });

  it('is followed to its end where the deployment is under way, by the name that it had', async () => {
    const { world, say } = changing(named('prod'));
    await types(world, '/deploy prod');
    await clicks(world, 'approval.approve', await openApproval(world), GRACE);
    await until(world, () => effects(world, 'answer-approval') === 1);
    say(named('production'));
    expect((await untilOver(world)).status).toBe('live');
  });

  it('is not said to be untouched where nobody looked', async () => {
    const stages = aPipeline().stages.map((stage) => ({ ...stage, actions: stage.actions.filter(({ kind }) => kind !== 'approval') }));
    const { approval: _nobody, ...open } = PROD;
    const pipelines = [aPipeline({ stages })];
    const { world, say } = changing(named('prod', { pipelines, environments: [anEnvironment('dev', { verifyMs: 0 }), open] }));
    world.account.mishaps.hiddenMs = 60_000;
    await types(world, '/deploy prod');
    await until(world, () => effects(world, 'start-execution') === 1);
    say(anApp({ pipelines, environments: [anEnvironment('dev', { verifyMs: 0 }), { ...open, name: 'production' }] }));
    expect(await untilOver(world)).toMatchObject({ status: 'lost', outcome: 'The execution has ended, and jack.yml does not name this environment any more.' });
    expect(world.account.environments.get('shop-prod')?.observe().label).not.toBe('v1');
    expect(transcript(world).join('\n')).not.toContain('was not touched');
    await work(world);
  });
});
