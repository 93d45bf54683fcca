import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ADA, AwsAccount, LINUS, actionStatus } from './support/account.ts';
import { LIVE, QUICK } from './support/cast.ts';
import { Stage } from './support/stage.ts';
import { Tale } from './support/tale.ts';

jest.setTimeout(60_000);

describe('an approval', () => {
  let stage: Stage;
  let aws: AwsAccount;
  let tale: Tale;
  beforeAll(async () => {
    stage = await Stage.open();
    aws = new AwsAccount(stage);
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    await stage.begin(QUICK);
    tale = new Tale(stage);
  });

  it('is found out when it was given in the console behind Jack’s back, and the buttons go', async () => {
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.person('ada').reads('shop', /may .*go on/);
    await tale.moment('while it waits');
    const pipeline = await aws.pipeline();
    const token = pipeline.stages.flatMap((one) => one.actions).find((action) => action.name === 'ApproveProd')?.token;
    await aws.console('codepipeline', 'PutApprovalResult', { pipelineName: 'shop', stageName: 'Prod', actionName: 'ApproveProd', token, result: { status: 'Approved', summary: 'Looks <good> to me' } }, 'approves with “Looks <good> to me”');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('approved-in-the-console');
    expect(found).toBe(wanted);
  });

  it('is refused with a reason, in a form, and who asked is told', async () => {
    const grace = stage.person('grace');
    await stage.person('ada').types('shop', '/deploy prod');
    await grace.clicks('shop', 'Reject');
    const form = await grace.form('reject');
    expect(await grace.submits(form, { reason: { 'reject.reason': ' ' } })).toMatchObject({ errors: { reason: expect.stringContaining('Say why') } });
    tale.shows('the form', form as never);
    await grace.submits(form, { reason: { 'reject.reason': 'Not before the sale, <!channel>' } });
    await stage.headline('shop', 'rejected');
    const { wanted, found } = await tale.ends('rejected');
    expect(found).toBe(wanted);
  });

  it('is not for who asked, not for who is no approver, and not for guests', async () => {
    await stage.person('olive').types('shop', '/deploy prod the basket fix');
    await stage.person('olive').clicks('shop', 'Approve');
    await stage.person('olive').reads('shop', 'yourself');
    await stage.person('linus').clicks('shop', 'Approve');
    await stage.person('linus').reads('shop', 'not among the approvers');
    await stage.person('gus').clicks('shop', 'Approve');
    await stage.person('gus').reads('shop', 'never approve');
    expect(actionStatus(await aws.pipeline(), 'ApproveProd')).toBe('InProgress');
    await stage.person('min').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('who-may-approve');
    expect(found).toBe(wanted);
  });

  it('is nobody’s where the list of approvers is empty', async () => {
    await stage.begin(QUICK.replace('from: [S0APPROVE1, U0OLIVE001]', 'from: []'));
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', 'nobody can give');
    const { wanted, found } = await tale.ends('nobody-may-approve');
    expect(found).toBe(wanted);
  });

  it('is answered in AWS where the environment has no policy', async () => {
    await stage.begin(QUICK.replace(/approval: \{ from: \[S0APPROVE1[^}]*\}, /, ''));
    await stage.person('ada').types('shop', '/deploy prod');
    await stage.headline('shop', 'nobody can give');
    await tale.moment('while it waits');
    const token = (await aws.pipeline()).stages.flatMap((one) => one.actions).find((action) => action.name === 'ApproveProd')?.token;
    await aws.console('codepipeline', 'PutApprovalResult', { pipelineName: 'shop', stageName: 'Prod', actionName: 'ApproveProd', token, result: { status: 'Rejected', summary: 'Not on a Friday' } }, 'rejects with “Not on a Friday”');
    await stage.headline('shop', 'rejected');
    const { wanted, found } = await tale.ends('no-policy');
    expect(found).toBe(wanted);
  });

  it('is the first that is heard of a push that nobody typed', async () => {
    await aws.push('Fix <!channel> & <@U0ADA00001> in the basket\n\nlong story', LINUS);
    await aws.pipelineIs('the build to run', (pipeline) => actionStatus(pipeline, 'Build') === 'InProgress');
    expect(await stage.person('olive').readsChannel('shop')).toEqual([]);
    await stage.headline('shop', 'waiting for approval');
    await tale.moment('while it waits');
    await stage.person('grace').clicks('shop', 'Approve');
    await stage.headline('shop', LIVE);
    const { wanted, found } = await tale.ends('a-push-nobody-typed');
    expect(found).toBe(wanted);
  });

  it('shows the newer execution that waits behind it, and a newer one takes over after a no', async () => {
    await aws.push('Fix the basket', LINUS);
    await stage.headline('shop', 'waiting for approval');
    await aws.push('Fix it better', ADA);
    await stage.headline('shop', 'newer');
    await tale.moment('while one waits behind it');
    const grace = stage.person('grace');
    await grace.clicks('shop', 'Reject');
    await grace.submits(await grace.form('reject'), { reason: { 'reject.reason': 'Take the better one' } });
    await stage.headline('shop', /waiting for approval[^]*Fix it better/);
    const { wanted, found } = await tale.ends('newer-behind');
    expect(found).toBe(wanted);
  });
});
