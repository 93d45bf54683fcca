import { describe, expect, it, jest } from '@jest/globals';
import type { SeedPipeline } from '../../sandbox/aws/seed.ts';
import { defaultSeed } from '../../sandbox/aws/seeds/default.ts';
import { ADA, LINUS } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { sceneForEach } from './support/scene.ts';

jest.setTimeout(60_000);

const byLinusToo = QUICK.replace('from: [S0APPROVE1, U0OLIVE001]', 'from: [S0APPROVE1, U0LINUS001]');

describe('an approval', () => {
  const scene = sceneForEach();

  it('of a push is not its author’s alone', async () => {
    const { stage, aws, tale } = scene();
    await stage.begin(byLinusToo);
    await aws.push('Fix the basket', LINUS);
    await stage.headline('shop', 'waiting for approval');
    await stage.person('linus').clicks('shop', 'Approve');
    await stage.person('linus').reads('shop', 'one more is needed');
    await stage.headline('shop', 'who wrote it');
    await tale.moment('while it waits for somebody else');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('pushed-by-an-approver');
    expect(found).toBe(wanted);
  });

  it('may come with a comment', async () => {
    const { stage, tale } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Approve with a comment…');
    const form = await grace.form('approve');
    tale.shows('the form', form as never);
    await grace.submits(form, { comment: { 'approve.comment': 'Looked at the <!channel> migration' } });
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('approved-with-a-comment');
    expect(found).toBe(wanted);
  });

  it('is taken from nobody any more once the stage was retried, and is asked anew', async () => {
    const { stage, aws, tale } = scene();
    await stage.person('ada').types('shop', '/deploy prod');
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Reject');
    await grace.submits(await grace.form('reject'), { reason: { 'reject.reason': 'Not yet' } });
    await stage.headline('shop', 'rejected');
    const [execution] = (await aws.pipeline()).executions;
    await aws.console('codepipeline', 'RetryStageExecution', { pipelineName: 'shop', stageName: 'Prod', pipelineExecutionId: execution?.id, retryMode: 'FAILED_ACTIONS' }, 'retries the stage Prod');
    await stage.headline('shop', 'the stage was retried');
    await tale.moment('while it is asked anew');
    await grace.clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('asked-anew-after-a-retry');
    expect(found).toBe(wanted);
  });

  it('is rejected for what waits behind it, which comes in by itself', async () => {
    const { stage, aws, tale } = scene();
    await aws.push('Fix the basket', LINUS);
    await stage.headline('shop', 'waiting for approval');
    await aws.push('Fix it better', ADA);
    await stage.headline('shop', 'the newest: #2');
    await stage.person('grace').clicks('shop', 'Reject and take the newest');
    await stage.headline('shop', /waiting for approval[^]*Fix it better/);
    const { wanted, found } = await tale.ends('took-the-newest');
    expect(found).toBe(wanted);
  });

  it('is asked for before anything starts where the pipeline has none, and what was approved is what starts', async () => {
    const { stage, aws, tale } = scene();
    await stage.begin(QUICK, { pipelines: defaultSeed(Date.now()).pipelines.map(withoutApprovals) });
    const before = (await aws.pipeline()).executions.length;
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', 'waiting for approval');
    await tale.moment('while it waits');
    expect((await aws.pipeline()).executions).toHaveLength(before);
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('asked-before-it-starts');
    expect(found).toBe(wanted);
  });
});

/** The same pipeline, in which nobody is asked. */
function withoutApprovals(pipeline: SeedPipeline): SeedPipeline {
  const { declaration } = pipeline;
  const stages = (declaration.stages ?? [])
    .map((stage) => ({ ...stage, actions: (stage.actions ?? []).filter((action) => action.actionTypeId?.category !== 'Approval') }))
    .filter((stage) => stage.actions.length > 0);
  const past = pipeline.past.map((execution) => ({ ...execution, actions: execution.actions.filter(({ action }) => !action.startsWith('Approve')) }));
  return { ...pipeline, declaration: { ...declaration, stages }, past };
}
