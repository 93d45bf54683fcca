import { describe, expect, it } from '@jest/globals';
import type { Effect } from '../../src/domain/effect.ts';
import { Fault } from '../../src/domain/faults.ts';
import type { App } from '../../src/domain/app.ts';
import { PROD_DOOR } from '../support/world/barriers.ts';
import { ADA, anApp, anEnvironment, anOpenApp, GRACE } from '../support/world/builders.ts';
import { aWorld, clicks, pass, types, until, type FakeWorld } from '../support/world/fake-world.ts';
import type { FakeEnvironment } from '../support/world/fake-environment.ts';
import { approves, openApproval, rollsBack, untilOver } from '../support/world/people.ts';
import { effects, newestRelease, onlyRelease } from '../support/world/transcript.ts';

interface Throttled {
  readonly world: FakeWorld;
  readonly prod: FakeEnvironment;
  /** AWS takes the call from now on. */
  readonly comesBack: () => void;
  readonly tried: () => number;
}

/** AWS does not take calls of this kind, and has not made them, until it comes back. */
function throttling(kind: Effect['kind'], app: App): Throttled {
  const world = aWorld({ app });
  world.account.addVersion('v2', '2'.repeat(40));
  world.account.alarms.set('5xx', 'OK');
  const prod = world.account.environments.get('shop-prod');
  if (!prod) throw new Error('shop has a prod');
  const real = world.aws.perform.bind(world.aws);
  let isDown = true;
  let tried = 0;
  world.aws.perform = async (of, effect, call) => {
    if (effect.kind !== kind) return real(of, effect, call);
    tried += 1;
    if (isDown) throw new Fault('Rate exceeded', { retryable: true });
    return real(of, effect, call);
  };
  return { world, prod, tried: () => tried, comesBack: () => void (isDown = false) };
}

const CALLS = [
  ['start-execution', '/deploy prod', false],
  ['update-environment', '/deploy prod@v2', false],
  ['answer-approval', '/deploy prod', true],
] as const;

/** As far as the call that AWS does not take. */
async function stuckAt([kind, words, isAnswer]: (typeof CALLS)[number], app: App = kind === 'update-environment' ? anOpenApp() : anApp()): Promise<Throttled> {
  const throttled = throttling(kind, app);
  await types(throttled.world, words, ADA);
  if (isAnswer) await approves(throttled.world);
  await until(throttled.world, () => throttled.tried() > 0);
  await pass(throttled.world, 2);
  return throttled;
}

const [START, UPDATE, ANSWER] = CALLS;

/** An alarm keeps watch over prod. */
function watched(): App {
  return anApp({ environments: [anEnvironment('dev', { verifyMs: 0 }), anEnvironment('prod', { approval: { from: [GRACE], count: 1 }, alarms: ['5xx'] })] });
}

/** A deployment that hangs, and a rollback that is to abort it. */
async function aborting(): Promise<Throttled> {
  const throttled = throttling('abort-update', anOpenApp());
  const { world, prod, tried } = throttled;
  prod.fate = 'hangs';
  await types(world, '/deploy prod@v2', ADA);
  await until(world, () => prod.running !== undefined);
  await rollsBack(world, '/rollback prod @v0');
  await until(world, () => tried() > 0);
  return throttled;
}

describe('what AWS has not taken yet', () => {
  it.each([START, UPDATE, ANSWER])('is not carried out after the release was cancelled: %s', async (...call) => {
    const { world, prod, comesBack } = await stuckAt(call);
    await clicks(world, 'release.cancel', (await onlyRelease(world)).id, ADA);
    await pass(world, 2);
    comesBack();
    expect(await untilOver(world)).toMatchObject({ status: 'cancelled' });
    await pass(world, 6);
    expect(effects(world, call[0])).toBe(0);
    expect(prod.operations).toEqual([]);
  });

  it.each([START, UPDATE, ANSWER])('is carried out once where nothing changed: %s', async (...call) => {
    const { world, comesBack } = await stuckAt(call);
    comesBack();
    if (call[0] === 'start-execution') await approves(world);
    expect(await untilOver(world)).toMatchObject({ status: 'live' });
    expect(effects(world, call[0])).toBe(1);
  });

  it('is told as a trouble since its first try, for as long as AWS does not take it', async () => {
    const { world, comesBack, tried } = await stuckAt(UPDATE);
    await until(world, async () => (await onlyRelease(world)).trouble !== undefined);
    const { trouble, intent } = await onlyRelease(world);
    const before = tried();
    await until(world, () => tried() > before + 2);
    expect(await onlyRelease(world)).toMatchObject({ trouble, intent: { t0: intent?.t0 } });
    comesBack();
    await until(world, async () => (await onlyRelease(world)).trouble === undefined);
  });
});

describe('a yes that CodePipeline has not taken yet', () => {
  it('waits for an alarm that rings by then', async () => {
    const { world, comesBack } = await stuckAt(ANSWER, watched());
    world.account.alarms.set('5xx', 'ALARM');
    comesBack();
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await onlyRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'alarms' });
    world.account.alarms.set('5xx', 'OK');
    await until(world, () => effects(world, 'answer-approval') === 1);
  });

  it('waits for the update that a colleague has begun by then', async () => {
    const { world, prod, comesBack } = await stuckAt(ANSWER);
    prod.fate = 'hangs';
    prod.start('v1', 'of-a-colleague', world.account.now);
    comesBack();
    await pass(world, 8);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect((await onlyRelease(world)).waiting).toMatchObject({ for: 'environment' });
  });

  it('is counted anew: who said it asks for the release by then', async () => {
    const { world, comesBack } = await stuckAt(ANSWER);
    await types(world, '/deploy prod', GRACE);
    comesBack();
    await pass(world, 4);
    expect(effects(world, 'answer-approval')).toBe(0);
    expect(await openApproval(world)).toBe((await onlyRelease(world)).approvals[0]?.id);
  });
});

describe('a version that Beanstalk has not taken yet', () => {
  it('waits at a transition that somebody closed by then', async () => {
    const { world, comesBack } = await stuckAt(UPDATE);
    world.account.close(PROD_DOOR, 'INCIDENT hands off', 'arn:aws:iam::1:user/bob');
    comesBack();
    await pass(world, 8);
    expect(effects(world, 'update-environment')).toBe(0);
    expect((await onlyRelease(world)).waiting).toMatchObject({ for: 'gate', gate: 'foreign-lock' });
  });
});

describe('an abort that Beanstalk has not taken yet', () => {
  it('hits no deployment of a colleague, begun after the one that was meant had ended', async () => {
    const { world, prod, comesBack } = await aborting();
    prod.fate = 'works';
    while (prod.running) prod.tick(world.account.now);
    world.account.now += 10_000;
    prod.fate = 'hangs';
    prod.start('v0', 'of-a-colleague', world.account.now);
    comesBack();
    await pass(world, 8);
    expect(effects(world, 'abort-update')).toBe(0);
    expect(prod.operations.at(-1)).toMatchObject({ requestId: 'of-a-colleague', outcome: 'running' });
    expect(await newestRelease(world)).toMatchObject({ abortedFirst: { state: 'overtaken' }, waiting: { for: 'environment' } });
  });

  it('is not made for a rollback that was cancelled meanwhile', async () => {
    const { world, prod, comesBack } = await aborting();
    await pass(world, 2);
    await clicks(world, 'release.cancel', (await newestRelease(world)).id, ADA);
    comesBack();
    await until(world, async () => (await newestRelease(world)).status === 'cancelled');
    expect(effects(world, 'abort-update')).toBe(0);
    expect(prod.running).toBeDefined();
  });

  it('is made once where nothing changed', async () => {
    const { world, prod, comesBack } = await aborting();
    comesBack();
    await until(world, () => prod.operations[0]?.aborted === true);
    expect((await untilOver(world, 2)).status).toBe('live');
    expect(effects(world, 'abort-update')).toBe(1);
  });
});
