import { describe, expect, it, jest } from '@jest/globals';
import { ADA, actionStatus, type SeenPipeline } from './support/account.ts';
import { LIVE } from './support/cast.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

const PROD = { pipelineName: 'shop', stageName: 'Prod', transitionType: 'Inbound' };
/** Without an approval on the way: what crosses the transition goes straight in. */
const waitsBeforeProd = (pipeline: SeenPipeline): boolean => (pipeline.stages.find((stage) => stage.name === 'Prod')?.inbound.length ?? 0) > 0;

describe('a lock', () => {
  const scene = sceneForEach({ bundled: true });

  async function transition(): Promise<{ enabled: boolean; disabledReason?: string }> {
    const { aws } = scene();
    const state = await aws.look<{ stageStates: readonly { stageName: string; inboundTransitionState: { enabled: boolean; disabledReason?: string } }[] }>('codepipeline', 'GetPipelineState', { name: 'shop' });
    return state.stageStates.find((one) => one.stageName === 'Prod')?.inboundTransitionState ?? { enabled: false };
  }

  it('keeps a push and a console start in front of production, and lets in what was agreed to', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy lock prod Stock-taking until the count is done');
    await stage.headline('shop', /locked by/);
    await stage.headline('shop', /held/);
    expect(await transition()).toMatchObject({ enabled: false, disabledReason: expect.stringMatching(/^Jack lock of prod \(lock [0-9a-f-]{36}\)$/) });
    await aws.push('Fix the basket');
    await aws.pipelineIs('the push to wait in front of Prod', waitsBeforeProd);
    await aws.console('codepipeline', 'StartPipelineExecution', { name: 'shop' }, 'starts the pipeline');
    await aws.pipelineIs('the console’s execution to wait in the place of the push', (pipeline) => waitsBeforeProd(pipeline) && pipeline.executions.some((one) => one.status === 'Superseded'));
    await stage.person('grace').types('shop', '/deploy prod');
    await stage.person('grace').reads('shop', /Stock-taking.*nothing was started/);
    await stage.person('grace').clicks('shop', 'Tell me when it is free');
    await stage.person('grace').reads('shop', 'You are told');
    await tale.moment('while it is locked');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).not.toBe('InProgress');
    await stage.person('ada').types('shop', '/deploy unlock prod');
    await stage.person('ada').clicks('shop', 'Unlock and let it in');
    await stage.headline('shop', /may .*go on/);
    expect(await transition()).toMatchObject({ enabled: true });
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('locked-and-let-in');
    expect(found).toBe(wanted);
  });

  it('of somebody in the console is shown, and survives an unlock in Slack', async () => {
    const { stage, aws, tale } = scene();
    await aws.console('codepipeline', 'DisableStageTransition', { ...PROD, reason: 'Audit week' }, 'disables the transition into Prod with “Audit week”');
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('ada').reads('shop', /Audit week.*nothing was started/);
    await stage.person('ada').types('shop', '/deploy lock prod my own reasons');
    await stage.headline('shop', /locked by/);
    await stage.headline('shop', 'Audit week');
    await stage.person('ada').types('shop', '/deploy unlock prod');
    await stage.headline('shop', /unlocked/i);
    await stage.settle('shop');
    expect(await transition()).toMatchObject({ enabled: false, disabledReason: 'Audit week' });
    await stage.person('ada').types('shop', '/deploy why prod');
    await stage.person('ada').reads('shop', /❌.*Audit week/);
    const { wanted, found } = await tale.ends('foreign-lock');
    expect(found).toBe(wanted);
  });

  it('is stolen by an owner, and who held it is told', async () => {
    const { stage, tale } = scene();
    await stage.person('ada').types('shop', '/deploy lock prod Gone fishing for 2h');
    await stage.headline('shop', /locked by/);
    await stage.person('grace').clicks('shop', 'Steal');
    await stage.person('grace').reads('shop', 'Only owners steal');
    await stage.person('olive').clicks('shop', 'Steal');
    await stage.headline('shop', /over from/);
    await stage.person('ada').types('shop', '/deploy unlock prod');
    await stage.person('ada').reads('shop', 'Only they unlock it');
    await stage.person('olive').types('shop', '/deploy unlock prod');
    await stage.headline('shop', /unlocked/i);
    const { wanted, found } = await tale.ends('stolen-lock');
    expect(found).toBe(wanted);
  });

  it('is put back once when somebody opens the transition in the console, and then left with a warning', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy lock prod Migration');
    await stage.headline('shop', /held/);
    await aws.console('codepipeline', 'EnableStageTransition', PROD, 'enables the transition into Prod');
    await stage.headline('shop', /opened/);
    await stage.settle('shop');
    expect(await transition()).toMatchObject({ enabled: false });
    await aws.console('codepipeline', 'EnableStageTransition', PROD, 'enables the transition into Prod, again');
    await stage.headline('shop', /leave it|second time|opened .*again/);
    await stage.settle('shop');
    expect(await transition()).toMatchObject({ enabled: true });
    await stage.person('grace').types('shop', '/deploy prod');
    await stage.person('grace').reads('shop', /Migration.*nothing was started/);
    const { wanted, found } = await tale.ends('drifted-lock');
    expect(found).toBe(wanted);
  });

  it('runs out, and asks before what waits flows in', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy lock prod Short break for 14s');
    await stage.headline('shop', /held/);
    await aws.push('Fix the basket', ADA);
    await aws.pipelineIs('the push to wait in front of Prod', waitsBeforeProd);
    await stage.headline('shop', /flow in|Let it in/, 30_000);
    expect(await transition()).toMatchObject({ enabled: false });
    await tale.moment('when it has run out');
    await stage.person('ada').clicks('shop', 'Let it in');
    await stage.headline('shop', /may .*go on/);
    const { wanted, found } = await tale.ends('expired-lock');
    expect(found).toBe(wanted);
  });

  it('runs out, and asks before what was approved meanwhile goes on', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.person('olive').types('shop', '/deploy lock prod The database is being moved for 12s');
    await stage.headline('shop', /locked by/);
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', /May it go on to/, 30_000);
    await stage.settle('shop');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).toBe('InProgress');
    await tale.moment('when it has run out');
    await stage.person('grace').clicks('shop', 'Let it in');
    await stage.person('grace').reads('shop', 'over');
    await stage.person('olive').clicks('shop', 'Let it in');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('expired-lock-approved');
    expect(found).toBe(wanted);
  });

  it('names what is inside the stage already, and takes its reject', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', /may .*go on/);
    await stage.person('olive').types('shop', '/deploy lock prod The database is being moved');
    await stage.headline('shop', /locked by/);
    await stage.headline('shop', /inside/);
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.settle('shop');
    await tale.moment('approved while it is locked');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).toBe('InProgress');
    await stage.person('olive').types('shop', '/deploy unlock prod');
    await stage.person('olive').clicks('shop', 'Unlock and let it in');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('inside-when-locked');
    expect(found).toBe(wanted);
  });

  it('is told when AWS refuses to hold the transition, and holds in Slack all the same', async () => {
    const { stage, tale } = scene();
    await stage.door.post('/aws/denied', { actions: ['codepipeline:DisableStageTransition'] });
    await stage.person('ada').types('shop', '/deploy lock prod Stock-taking');
    await stage.headline('shop', /AWS/);
    await stage.person('grace').types('shop', '/deploy prod');
    await stage.person('grace').reads('shop', /Stock-taking.*nothing was started/);
    const { wanted, found } = await tale.ends('lock-refused-by-aws');
    expect(found).toBe(wanted);
  });
});
